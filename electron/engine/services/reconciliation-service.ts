/**
 * Reconciliation: once a day the desk asks the platform what it holds of every batch that was settled within the
 * platform's memory, so that what the platform lost after its receipt, or has beyond what we sent, is found by us and
 * not by an inspector. Nothing is sent on a finding alone: a person lets a lost record go again, and the platform is
 * asked once more before that.
 */
import type { FindingView, ReconciliationView } from '@shared/contract/views/reconciliation-views'
import type { RecordRow } from '@shared/contract/views/record-views'
import type { Capabilities } from '@shared/domain/exchange'
import { businessDate } from '@shared/kernel/clock'
import type { Clock } from '@shared/kernel/clock'
import { failure, FailureError, refuse } from '@shared/kernel/failure'
import type { Ids } from '@shared/kernel/ids'
import { withoutPersonalData } from '@shared/standard/personal-data'
import { reconciliationTexts } from '@shared/texts/zh-CN/exchange'
import type { EventBus } from '@engine/event-bus'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { OutboxRepo } from '@engine/repos/outbox-repo'
import type {
  FindingEntity,
  ReconciliationEntity,
  ReconciliationRepo,
} from '@engine/repos/reconciliation-repo'
import type { AuditRepo, RecordEntity, RecordRepo, SettingRepo, Store } from '@engine/repos/repo-types'
import { transportRegistry } from '@engine/transports/transport-registry'
import type { ConnectionService } from './connection-port'
import { announceRecords } from './editing-events'
import type { EditingService } from './editing-service'
import type { Comparison, Found } from './reconciliation-comparison'
import { headlineOf, ownIssue } from './submission-platform-issues'
import type { TaskHandle } from './tasks-service'

export interface ReconciliationService {
  /** Whether today's comparison is still to be made. */
  isDue(): boolean
  /**
   * Compares all that was settled within the platform's memory. A line that fails ends the run, which keeps what it
   * found and is made again; refuses `connection.missing` and `task.cancelled`.
   */
  run(task: TaskHandle): Promise<ReconciliationView>
  /** The newest run that came to its end, else the newest; null before the first. */
  latest(): ReconciliationView | null
  /**
   * Lets lost records be sent anew, after the platform has denied them once more; what it has after all is settled.
   * Refuses as the link does, and `reconciliation.nothing`.
   */
  resend(
    runId: string,
    findingNos: readonly number[],
    signal: AbortSignal,
  ): Promise<{ readonly resent: number; readonly found: number }>
  /** Notes what was done about a finding; it no longer waits. Refuses `reconciliation.nothing`. */
  note(runId: string, findingNo: number, resolution: string): ReconciliationView
}

const DAY_MS = 86_400_000
const USUAL_WINDOW_DAYS = 90
/** Findings that are kept of one run; its counts are true. */
const KEPT = 2_000
const SHOWN = 500

export function createReconciliationService(deps: {
  readonly store: Store
  readonly repo: ReconciliationRepo
  readonly comparison: Comparison
  readonly batches: Pick<BatchRepo, 'settledSince' | 'find'>
  readonly records: RecordRepo
  readonly settings: SettingRepo
  readonly audit: AuditRepo
  readonly connection: Pick<ConnectionService, 'transport' | 'traits'>
  readonly outbox: Pick<OutboxRepo, 'find'>
  readonly editing: Pick<EditingService, 'attemptAgain'>
  readonly clock: Clock
  readonly ids: Ids
  readonly bus: EventBus
  readonly actor: () => string
  readonly rowOf: (record: RecordEntity) => RecordRow
}): ReconciliationService {
  const { store, repo, records, clock } = deps

  const log = (act: string, ref: string | null, body: Readonly<Record<string, string | number>>): void =>
    deps.audit.append({ at: clock.now(), actor: deps.actor(), act, ref, body })

  const findingView = (finding: FindingEntity): FindingView => {
    const { kind, findingNo, batchId, itemNo, recordId, revision, ours, theirs } = finding
    const record = recordId === null ? null : records.find(recordId)
    const label = deps.batches.find(batchId)?.label ?? ''
    return {
      ...{ kind, findingNo, itemNo, revision, ours, theirs, batch: { batchId, label } },
      row: record === null ? null : deps.rowOf(record),
      mayResend: kind === 'lost' && finding.resolvedAt === null,
      resolvedAt: finding.resolvedAt,
      resolution: finding.resolution,
    }
  }

  const viewOf = ({ failure: code, ...run }: ReconciliationEntity): ReconciliationView => ({
    ...run,
    failure: code === null ? null : failure(code),
    open: repo.countOpen(run.runId),
    findings: repo.findings(run.runId, SHOWN).map(findingView),
  })

  /** Only the exchange protocol lists what a platform holds, whichever way it travels. */
  const isListed = (batchId: string): boolean =>
    transportRegistry[deps.outbox.find(batchId)?.carrier ?? 'http'].traits.hasReceipts

  const windowStart = (): string => {
    const days = deps.settings.get<Capabilities>('capabilities')?.idempotencyWindowDays ?? USUAL_WINDOW_DAYS
    const span = Math.min(365, Math.max(1, days)) * DAY_MS
    return new Date(Date.parse(clock.now()) - span).toISOString()
  }

  const tallyOf = (found: readonly Found[]) => ({
    lost: found.filter(({ kind }) => kind === 'lost').length,
    differing: found.filter(({ kind }) => kind === 'differs').length,
    surplus: found.filter(({ kind }) => kind === 'surplus').length,
  })

  const latest = (): ReconciliationView | null => {
    const run = repo.latest(true) ?? repo.latest(false)
    return run === null ? null : viewOf(run)
  }

  const openFinding = (runId: string, findingNo: number): FindingEntity => {
    const finding = repo.finding(runId, findingNo)
    if (finding?.resolvedAt !== null) refuse('reconciliation.nothing')
    return finding
  }

  /** The platform has lost what it had accepted: the revision counts as revoked, and the same content goes anew. */
  const reopen = (recordId: string, revision: number): boolean => {
    const record = records.find(recordId)
    if (record === null || record.acceptedRevision !== revision) return false
    const issue = ownIssue('platform.lost')
    records.moveDelivery(recordId, revision, 'revoked')
    records.addPlatformIssues(recordId, revision, [issue])
    records.update(recordId, { acceptedRevision: null })
    if (record.headRevision !== revision) return false
    records.update(recordId, { editorial: 'draft', ...headlineOf([issue]) })
    deps.editing.attemptAgain(recordId, reconciliationTexts.resent)
    return true
  }

  const settle = (runId: string, findingNo: number, resolution: string): void =>
    repo.resolve(runId, findingNo, clock.now(), resolution)

  return {
    isDue() {
      if (!deps.connection.traits().hasReceipts) return false
      const run = repo.latest(true)
      return run === null || businessDate(run.startedAt) !== businessDate(clock.now())
    },

    async run(task) {
      const transport = deps.connection.transport()
      const runId = deps.ids.next()
      store.write(() => repo.begin(runId, clock.now()))
      const settled = transport.traits.hasReceipts
        ? deps.batches.settledSince(windowStart()).filter(({ batchId }) => isListed(batchId))
        : []
      let done = { runId, batches: 0, items: 0, lost: 0, differing: 0, surplus: 0, failure: null }
      let findingNo = 0
      const keep = (found: readonly Found[], items: number): void =>
        store.write(() => {
          for (const one of found.slice(0, Math.max(0, KEPT - findingNo))) {
            findingNo++
            repo.addFinding({ ...one, runId, findingNo, resolvedAt: null, resolution: null })
          }
          const { lost, differing, surplus } = tallyOf(found)
          done = {
            ...done,
            batches: done.batches + 1,
            items: done.items + items,
            lost: done.lost + lost,
            differing: done.differing + differing,
            surplus: done.surplus + surplus,
          }
          repo.save({ ...done, finishedAt: null })
        })
      try {
        for (const batch of settled) {
          if (task.signal.aborted) refuse('task.cancelled', {}, { kind: 'never' })
          task.progress('reconciling', done.batches, settled.length)
          keep(await deps.comparison.compare(batch, transport, task.signal), batch.itemCount)
        }
      } catch (error) {
        if (!(error instanceof FailureError)) throw error
        store.write(() => repo.save({ ...done, finishedAt: null, failure: error.failure.code }))
        throw error
      }
      store.write(() => {
        repo.save({ ...done, finishedAt: clock.now() })
        const { batches, items, lost, differing, surplus } = done
        const isClean = lost + differing + surplus === 0
        const act = isClean ? 'reconciliation.clean' : 'reconciliation.found'
        log(act, null, { batches, items, lost, differing, surplus })
      })
      deps.bus.emit('reconciliation.changed', {})
      return viewOf(repo.find(runId)!)
    },

    latest,

    async resend(runId, findingNos, signal) {
      const transport = deps.connection.transport()
      const lost = findingNos.map((no) => openFinding(runId, no))
      const changed: string[] = []
      let found = 0
      for (const { kind, findingNo, recordId, revision, ours } of lost) {
        if (kind !== 'lost' || recordId === null || revision === null) refuse('reconciliation.nothing')
        const item = { recordId, revision, sha256: String(ours['sha256'] ?? '') }
        const isHeld = await deps.comparison.isHeld(item, transport, signal)
        store.write(() => {
          if (isHeld) {
            found++
            settle(runId, findingNo, reconciliationTexts.foundAgain)
            return
          }
          const isReopened = reopen(recordId, revision)
          if (isReopened) changed.push(recordId)
          settle(runId, findingNo, isReopened ? reconciliationTexts.resent : reconciliationTexts.superseded)
          log('reconciliation.resent', recordId, { revision })
        })
      }
      announceRecords(deps.bus, changed)
      deps.bus.emit('reconciliation.changed', {})
      return { resent: changed.length, found }
    },

    note(runId, findingNo, resolution) {
      store.write(() => {
        const { recordId, kind } = openFinding(runId, findingNo)
        settle(runId, findingNo, resolution)
        log('reconciliation.noted', recordId, { kind, resolution: withoutPersonalData(resolution) })
      })
      deps.bus.emit('reconciliation.changed', {})
      const run = repo.find(runId)
      if (run === null) throw new Error(`no run ${runId}`)
      return viewOf(run)
    },
  }
}
