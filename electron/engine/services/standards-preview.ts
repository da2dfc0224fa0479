import { setImmediate as breathe } from 'node:timers/promises'
import type { StandardPreview } from '@shared/contract/views/standard-views'
import { refuse } from '@shared/kernel/failure'
import type { Issue } from '@shared/standard/issue'
import { packDifference } from '@shared/standard/pack-difference'
import type { FieldValues } from '@shared/standard/pack'
import type { CompiledStandard } from '@shared/standard/standard'
import { changeSentence, differenceSentence } from '@shared/texts/zh-CN/standards'
import type { RecordLookup } from '@engine/repos/record-lookup'
import type { RecordRepo } from '@engine/repos/repo-types'
import { isChecked } from './checking-service'
import type { TaskHandle } from './tasks-service'

/** Records between two breaths: few enough that a page never waits for them. */
export const SLICE = 200
const SENTENCES = 200

/** Ends the task at this safe point when the user has asked for it. */
export function stopWhenAsked(task: TaskHandle): void {
  if (task.signal.aborted) refuse('task.cancelled', {}, { kind: 'never' })
}

/** What two versions say of a record; hints are no reason to look at it again. */
const verdictOf = (issues: readonly Issue[]): string =>
  issues
    .filter((issue) => issue.severity !== 'hint')
    .map(({ code, severity, field }) => `${severity} ${code} ${field ?? ''}`)
    .sort()
    .join('\n')

const hasError = (issues: readonly Issue[]): boolean => issues.some((issue) => issue.severity === 'error')

/** A type that a version does not have refuses every record. */
const GONE: readonly Issue[] = [
  { code: 'standard.type-withdrawn', severity: 'error', field: null, value: null, params: {} },
]

const judge = (standard: CompiledStandard, type: string, values: FieldValues, today: string) =>
  standard.types.get(type)?.check(values, { today }) ?? GONE

/**
 * The dry run of a version: every draft is judged by both versions, and nothing is changed. Works in slices, so that
 * the desk goes on meanwhile; refuses `task.cancelled`.
 */
export async function previewStandard(
  deps: { readonly records: RecordRepo; readonly lookup: RecordLookup },
  versions: { readonly now: CompiledStandard; readonly next: CompiledStandard },
  today: string,
  task: TaskHandle,
): Promise<StandardPreview> {
  const { now, next } = versions
  const ids = deps.lookup.waitingIds(null, '', Number.MAX_SAFE_INTEGER)
  // Judged as on its first day: "not in the future" would else depend on when one looks.
  const day = next.pack.from > today ? next.pack.from : today
  let affected = 0
  let newlyBlocked = 0
  for (const [index, id] of ids.entries()) {
    if (index % SLICE === 0) {
      task.progress('previewing', index, ids.length)
      await breathe()
      stopWhenAsked(task)
    }
    const record = deps.records.find(id)
    const revision = record === null ? null : deps.records.revision(id, record.headRevision)
    if (record === null || revision === null || !isChecked(record.op)) continue
    const before = judge(now, record.recordType, revision.values, day)
    const after = judge(next, record.recordType, revision.values, day)
    if (verdictOf(before) === verdictOf(after)) continue
    affected++
    if (!hasError(before) && hasError(after)) newlyBlocked++
  }
  const changes = packDifference(now.pack, next.pack)
  return {
    version: next.pack.version,
    summary: differenceSentence(changes, affected),
    details: changes.slice(0, SENTENCES).map(changeSentence),
    changes: changes.length,
    drafts: ids.length,
    affected,
    newlyBlocked,
  }
}
