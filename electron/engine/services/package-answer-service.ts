/**
 * Takes in the files that come back from a platform by hand. The bytes are kept first; then sender, signature, reader
 * and batches are checked; then receipts, outcomes and events go through the same steps as over a wire. A file that
 * does not stand up to this stays in quarantine with its problem, and nothing of it is used.
 */
import { readFile, stat } from 'node:fs/promises'
import * as v from 'valibot'
import type { AnswerApplied } from '@shared/contract/views/exchange-views'
import type { Clock } from '@shared/kernel/clock'
import { FailureError, refuse } from '@shared/kernel/failure'
import type { FailureCode } from '@shared/kernel/failure'
import { sha256Hex } from '@engine/crypto/digest'
import type { SmProvider } from '@engine/crypto/sm-provider'
import { openEnvelope } from '@engine/envelope/envelope-reader'
import type { EnvelopeProblem } from '@engine/envelope/envelope-reader'
import { answerHeadSchema } from '@engine/envelope/package-layout'
import type { AnswerHead } from '@engine/envelope/package-layout'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { FeedRepo } from '@engine/repos/feed-repo'
import type { PackageRepo } from '@engine/repos/package-repo'
import type { AuditRepo, Store } from '@engine/repos/repo-types'
import { createAnswerTransport } from '@engine/transports/package/answer-transport'
import type { Transport } from '@engine/transports/transport-port'
import type { BatchViewService } from './batch-view-service'
import type { ConnectionService } from './connection-port'
import type { FeedbackService } from './feedback-service'
import type { SubmissionService } from './submission-service'
import type { TaskHandle } from './tasks-service'

export interface PackageAnswerService {
  /**
   * Applies an answer file. The same file again changes nothing. Refuses `package.malformed`, `package.altered`,
   * `package.other-platform`, `package.other-desk`, `package.unknown-batch`, `package.given-back`, `package.old`, each
   * with the file kept in quarantine; and with the failure of a batch whose receipt did not hold.
   */
  apply(file: { readonly path: string; readonly name: string }, task: TaskHandle): Promise<AnswerApplied>
}

export interface PackageAnswerDeps {
  readonly store: Store
  readonly packages: PackageRepo
  readonly batches: BatchRepo
  readonly feed: FeedRepo
  readonly audit: AuditRepo
  readonly connection: ConnectionService
  readonly submission: Pick<SubmissionService, 'settleFrom'>
  readonly feedback: FeedbackService
  readonly views: BatchViewService
  readonly sm: SmProvider
  readonly clock: Clock
  readonly actor: () => string
}

/** An answer that has stood up to every check. */
interface Verified {
  readonly head: AnswerHead
  readonly transport: Transport
}

const PROBLEMS: Readonly<Record<EnvelopeProblem, FailureCode>> = {
  malformed: 'package.malformed',
  altered: 'package.altered',
  'other-sender': 'package.other-platform',
  'other-recipient': 'package.other-desk',
}

/** Outcomes of a hundred thousand items are about a tenth of this. */
const MAX_ANSWER_BYTES = 256 * 1_048_576

const nothing = { events: 0, rejected: 0, corrections: 0, takedowns: 0, standards: 0 }

export function createPackageAnswers(deps: PackageAnswerDeps): PackageAnswerService {
  const { store, packages, batches } = deps

  /** Every batch must be ours, given out as a package, and not given back since. */
  const checkBatches = (file: string, { answerNo, batches: named }: AnswerHead): void => {
    const found = named.map((batchId) => {
      const batch = packages.ofBatch(batchId) === null ? null : batches.find(batchId)
      return batch ?? refuse('package.unknown-batch', { file })
    })
    const back = found.find(({ state }) => state === 'unsealed')
    if (back !== undefined) refuse('package.given-back', { file, label: back.label })
    const isBehind = answerNo <= packages.lastAnswerNo()
    if (isBehind && found.every(({ state }) => state === 'settled')) refuse('package.old', { file })
  }

  const verify = async (file: string, raw: Uint8Array): Promise<Verified> => {
    const { clientId, bureau, key, platformPublicKey, spelling } = deps.connection.identity()
    if (platformPublicKey === null) refuse('package.no-key')
    const opened = await openEnvelope(raw, {
      format: 'xinbao-answer',
      recipient: key,
      senderKey: () => platformPublicKey,
      spelling,
      sm: deps.sm,
    })
    if (!opened.ok) return refuse(PROBLEMS[opened.problem], { file })
    const head = v.safeParse(answerHeadSchema, opened.manifest.head)
    if (!head.success) return refuse('package.malformed', { file })
    if (head.output.clientId !== clientId || head.output.bureau !== bureau) {
      refuse('package.other-desk', { file })
    }
    checkBatches(file, head.output)
    const transport = createAnswerTransport(opened.member, () => deps.feed.position())
    return { head: head.output, transport }
  }

  const log = (act: string, body: Readonly<Record<string, string | number>>): void =>
    deps.audit.append({ at: deps.clock.now(), actor: deps.actor(), act, ref: null, body })

  const quarantine = (sha256: string, { failure: { code } }: FailureError): void =>
    store.write(() => {
      packages.answerRefused(sha256, code)
      log('answer.quarantined', { problem: code, sha256 })
    })

  const settleAll = async ({ head, transport }: Verified, task: TaskHandle): Promise<void> => {
    for (const batchId of head.batches) {
      if (batches.find(batchId)?.state === 'settled') continue
      const found = await deps.submission.settleFrom(batchId, transport, task)
      const isLeftOpen = found === null || found.code === 'platform.still-processing'
      if (!isLeftOpen && deps.batches.find(batchId)?.state !== 'stopped') throw new FailureError(found)
    }
  }

  const result = (head: AnswerHead, isRepeat: boolean, pull: AnswerApplied['pull']): AnswerApplied => ({
    answerNo: head.answerNo,
    isRepeat,
    batches: head.batches.map((batchId) => deps.views.view(batchId)),
    pull,
  })

  return {
    async apply({ path, name }, task) {
      const raw = await readAnswerFile(path, name)
      const sha256 = sha256Hex(raw)
      const kept = store.write(() => packages.keepAnswer(sha256, raw, deps.clock.now()))
      if (kept.appliedAt !== null) return repeated(kept.answerNo ?? 0)
      try {
        const verified = await verify(name, raw)
        await settleAll(verified, task)
        const pull = await deps.feedback.pull(task, verified.transport)
        store.write(() => {
          packages.answerApplied(sha256, verified.head.answerNo, deps.clock.now())
          const { answerNo, batches: named } = verified.head
          log('answer.applied', { answerNo, batches: named.length, events: pull.events })
        })
        return result(verified.head, false, pull)
      } catch (error) {
        const isAboutFile = error instanceof FailureError && !isPassing(error.failure.code)
        if (isAboutFile) quarantine(sha256, error)
        throw error
      }
    },
  }

  function repeated(answerNo: number): AnswerApplied {
    return { answerNo, isRepeat: true, batches: [], pull: nothing }
  }
}

async function readAnswerFile(path: string, file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path)
    if (size > MAX_ANSWER_BYTES)
      refuse('input.file-too-large', { file, limitMb: MAX_ANSWER_BYTES / 1_048_576 })
    return await readFile(path)
  } catch (error) {
    if (error instanceof FailureError) throw error
    return refuse('input.missing-file', { file })
  }
}

/** Failures that say nothing about the file: it can be taken in again. */
const isPassing = (code: FailureCode): boolean =>
  code.startsWith('task.') || code.startsWith('storage.') || code === 'package.no-key'
