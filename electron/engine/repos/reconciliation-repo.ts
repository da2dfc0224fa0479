import type { FailureCode } from '@shared/kernel/failure'
import type { Database } from './database'

/** What one side says of an item: codes, references and hashes, never content. */
export type Statement = Readonly<Record<string, string | number | null>>

/** One comparison of what the desk and the platform hold. */
export interface ReconciliationEntity {
  readonly runId: string
  readonly startedAt: string
  /** Null while it runs, and for ever when it was cut short. */
  readonly finishedAt: string | null
  readonly batches: number
  readonly items: number
  /** True counts; the findings that are kept may be fewer. */
  readonly lost: number
  readonly differing: number
  readonly surplus: number
  readonly failure: FailureCode | null
}

export interface FindingEntity {
  readonly runId: string
  readonly findingNo: number
  /** `lost`: accepted here, unknown there; `surplus`: held there, not accepted here. */
  readonly kind: 'lost' | 'differs' | 'surplus'
  readonly batchId: string
  readonly itemNo: number | null
  readonly recordId: string | null
  readonly revision: number | null
  readonly ours: Statement
  readonly theirs: Statement
  readonly resolvedAt: string | null
  readonly resolution: string | null
}

type FindingLine = Omit<FindingEntity, 'ours' | 'theirs'> & {
  readonly oursJson: string
  readonly theirsJson: string
}

/** Reconciliations with what they found, newest kept for ever. */
export interface ReconciliationRepo {
  begin(runId: string, at: string): void
  save(run: Omit<ReconciliationEntity, 'startedAt'>): void
  addFinding(finding: FindingEntity): void
  /** The newest run that was finished, or the newest of all. */
  latest(isFinished: boolean): ReconciliationEntity | null
  find(runId: string): ReconciliationEntity | null
  /** Findings of a run, those that wait for a person first. */
  findings(runId: string, limit: number): readonly FindingEntity[]
  finding(runId: string, findingNo: number): FindingEntity | null
  countOpen(runId: string): number
  resolve(runId: string, findingNo: number, at: string, resolution: string): void
}

const RUN = `run_id AS runId, started_at AS startedAt, finished_at AS finishedAt, batches, items, lost, differing,
  surplus, failure`
const FINDING = `run_id AS runId, finding_no AS findingNo, kind, batch_id AS batchId, item_no AS itemNo,
  record_id AS recordId, revision, ours_json AS oursJson, theirs_json AS theirsJson, resolved_at AS resolvedAt,
  resolution`

const findingOf = ({ oursJson, theirsJson, ...line }: FindingLine): FindingEntity => ({
  ...line,
  ours: JSON.parse(oursJson) as Statement,
  theirs: JSON.parse(theirsJson) as Statement,
})

/** The reconciliations of one store. */
export function createReconciliationRepo(database: Database): ReconciliationRepo {
  const begin = database.prepare<[string, string]>(
    `INSERT INTO reconciliation (run_id, started_at, batches, items, lost, differing, surplus)
     VALUES (?, ?, 0, 0, 0, 0, 0)`,
  )
  const save = database.prepare(
    `UPDATE reconciliation SET finished_at = @finishedAt, batches = @batches, items = @items, lost = @lost,
       differing = @differing, surplus = @surplus, failure = @failure WHERE run_id = @runId`,
  )
  const insert = database.prepare(
    `INSERT INTO reconciliation_finding (run_id, finding_no, kind, batch_id, item_no, record_id, revision, ours_json,
       theirs_json, resolved_at, resolution)
     VALUES (@runId, @findingNo, @kind, @batchId, @itemNo, @recordId, @revision, @oursJson, @theirsJson, @resolvedAt,
       @resolution)`,
  )
  const newest = (condition: string) =>
    database.prepare<[], ReconciliationEntity>(
      `SELECT ${RUN} FROM reconciliation ${condition} ORDER BY started_at DESC, run_id DESC LIMIT 1`,
    )
  const latest = newest('')
  const latestFinished = newest('WHERE finished_at IS NOT NULL')
  const byId = database.prepare<[string], ReconciliationEntity>(
    `SELECT ${RUN} FROM reconciliation WHERE run_id = ?`,
  )
  const findings = database.prepare<[string, number], FindingLine>(
    `SELECT ${FINDING} FROM reconciliation_finding WHERE run_id = ?
     ORDER BY resolved_at IS NOT NULL, finding_no LIMIT ?`,
  )
  const finding = database.prepare<[string, number], FindingLine>(
    `SELECT ${FINDING} FROM reconciliation_finding WHERE run_id = ? AND finding_no = ?`,
  )
  const countOpen = database
    .prepare<[string], number>(
      'SELECT count(*) FROM reconciliation_finding WHERE run_id = ? AND resolved_at IS NULL',
    )
    .pluck()
  const resolve = database.prepare<[string, string, string, number]>(
    'UPDATE reconciliation_finding SET resolved_at = ?, resolution = ? WHERE run_id = ? AND finding_no = ?',
  )
  return {
    begin(runId, at) {
      begin.run(runId, at)
    },
    save(run) {
      save.run(run)
    },
    addFinding({ ours, theirs, ...line }) {
      insert.run({ ...line, oursJson: JSON.stringify(ours), theirsJson: JSON.stringify(theirs) })
    },
    latest: (isFinished) => (isFinished ? latestFinished : latest).get() ?? null,
    find: (runId) => byId.get(runId) ?? null,
    findings: (runId, limit) => findings.all(runId, limit).map(findingOf),
    finding(runId, findingNo) {
      const line = finding.get(runId, findingNo)
      return line === undefined ? null : findingOf(line)
    },
    countOpen: (runId) => countOpen.get(runId) ?? 0,
    resolve(runId, findingNo, at, resolution) {
      resolve.run(at, resolution, runId, findingNo)
    },
  }
}
