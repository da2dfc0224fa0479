/**
 * Rehearsals: has the practice platform of this desk behave as it is told and write what a real platform might write one
 * day, so that clerks meet a notice before it counts.
 */
import * as v from 'valibot'
import type { PracticeSubject, PracticeView } from '@shared/contract/calls/practice-calls'
import { scenarioNames } from '@shared/domain/practice-scenario'
import type { PracticeMessage, ScenarioName } from '@shared/domain/practice-scenario'
import { refuse } from '@shared/kernel/failure'
import type { CompiledStandard } from '@shared/standard/standard'
import type { PracticeLink } from '@engine/ports'
import type { NoticeRepo } from '@engine/repos/notice-repo'
import type { RecordLookup } from '@engine/repos/record-lookup'
import type { RecordEntity } from '@engine/repos/repo-types'
import { askControl } from '@engine/transports/http/practice-control'
import type { FeedbackService } from './feedback-service'
import { askingKinds } from './notice-answers-service'
import { nameOf } from './record-naming'

export interface RehearsalService {
  view(): Promise<PracticeView>
  setScenario(scenario: ScenarioName): Promise<PracticeView>
  /**
   * Has the platform write about the record that it accepted last and of which nothing is open, and fetches that.
   * Refuses `practice.none-accepted`; as the other two do, `practice.not-here` without a practice platform.
   */
  send(message: PracticeMessage): Promise<PracticeSubject>
}

const PULL_LIMIT_MS = 15_000
/** Records that are looked at for one of which nothing is open. */
const LOOKED_AT = 200

const paths: Readonly<Record<PracticeMessage, string>> = {
  correction: '/practice/request-correction',
  'take-down': '/practice/order-take-down',
  'late-rejection': '/practice/late-reject',
}
const writtenSchema = v.object({ noticeId: v.optional(v.nullable(v.string()), null) })
const viewSchema = v.object({ scenario: v.picklist(scenarioNames) })

/** The rehearsals of one desk; `practice` is null where the host has started no practice platform. */
export function createRehearsalService(deps: {
  readonly practice: PracticeLink | null
  readonly lookup: Pick<RecordLookup, 'lastHeld'>
  readonly notices: Pick<NoticeRepo, 'openAbout'>
  readonly feedback: Pick<FeedbackService, 'pull'>
  readonly standard: () => CompiledStandard
}): RehearsalService {
  const ask = async (path: string, body?: Readonly<Record<string, string>>): Promise<unknown> => {
    const { origin } = deps.practice ?? refuse('practice.not-here')
    const answer = await askControl(new URL(path, origin), body)
    if (answer.kind === 'none' || answer.status >= 500) return refuse('practice.not-here')
    if (answer.status >= 300) return refuse('practice.none-accepted')
    return JSON.parse(answer.text ?? 'null') as unknown
  }

  const isAtRest = (record: RecordEntity): boolean =>
    record.headRevision === record.acceptedRevision &&
    (record.op === 'create' || record.op === 'correct') &&
    askingKinds.every((kind) => deps.notices.openAbout(record.recordId, kind).length === 0)

  return {
    view: async () => v.parse(viewSchema, await ask('/practice')),
    setScenario: async (scenario) => v.parse(viewSchema, await ask('/practice/scenario', { scenario })),
    async send(message) {
      if (deps.practice === null) refuse('practice.not-here')
      const record = deps.lookup.lastHeld(LOOKED_AT).find(isAtRest) ?? refuse('practice.none-accepted')
      const { noticeId } = v.parse(writtenSchema, await ask(paths[message], { recordId: record.recordId }))
      await deps.feedback.pull({ signal: AbortSignal.timeout(PULL_LIMIT_MS), progress: () => undefined })
      return { recordId: record.recordId, ...nameOf(deps.standard(), record), noticeId }
    },
  }
}
