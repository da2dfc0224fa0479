import type { Database } from './database'

/** A verdict or a notice of the platform that the bureau does not accept. */
export interface DisputeEntity {
  readonly disputeId: string
  readonly recordId: string
  /** The revision whose verdict, or whose notice, is disputed. */
  readonly revision: number
  readonly noticeId: string | null
  readonly reason: string
  /** Names of the documents that stand behind it. */
  readonly evidence: readonly string[]
  readonly state: 'open' | 'upheld' | 'dropped'
  readonly openedBy: string
  readonly openedAt: string
  readonly closedAt: string | null
  readonly outcome: string | null
}

type Line = Omit<DisputeEntity, 'evidence'> & { readonly evidenceJson: string }

/** Disputes; a revision has one open at most. */
export interface DisputeRepo {
  insert(dispute: DisputeEntity): void
  find(disputeId: string): DisputeEntity | null
  /** The open one about a revision. */
  openAbout(recordId: string, revision: number): DisputeEntity | null
  /** Open ones, oldest first. */
  open(limit: number): readonly DisputeEntity[]
  countOpen(): number
  close(disputeId: string, state: 'upheld' | 'dropped', at: string, outcome: string): void
}

const COLUMNS = `dispute_id AS disputeId, record_id AS recordId, revision, notice_id AS noticeId, reason,
  evidence_json AS evidenceJson, state, opened_by AS openedBy, opened_at AS openedAt, closed_at AS closedAt, outcome`

const entityOf = ({ evidenceJson, ...line }: Line): DisputeEntity => ({
  ...line,
  evidence: JSON.parse(evidenceJson) as readonly string[],
})

/** The disputes of one store. */
export function createDisputeRepo(database: Database): DisputeRepo {
  const insert = database.prepare(
    `INSERT INTO dispute (dispute_id, record_id, revision, notice_id, reason, evidence_json, state, opened_by,
       opened_at, closed_at, outcome)
     VALUES (@disputeId, @recordId, @revision, @noticeId, @reason, @evidenceJson, @state, @openedBy, @openedAt,
       @closedAt, @outcome)`,
  )
  const byId = database.prepare<[string], Line>(`SELECT ${COLUMNS} FROM dispute WHERE dispute_id = ?`)
  const about = database.prepare<[string, number], Line>(
    `SELECT ${COLUMNS} FROM dispute WHERE record_id = ? AND revision = ? AND state = 'open'`,
  )
  const open = database.prepare<[number], Line>(
    `SELECT ${COLUMNS} FROM dispute WHERE state = 'open' ORDER BY opened_at, dispute_id LIMIT ?`,
  )
  const count = database.prepare<[], number>("SELECT count(*) FROM dispute WHERE state = 'open'").pluck()
  const close = database.prepare<[string, string, string, string]>(
    'UPDATE dispute SET state = ?, closed_at = ?, outcome = ? WHERE dispute_id = ?',
  )
  const one = (line: Line | undefined): DisputeEntity | null => (line === undefined ? null : entityOf(line))
  return {
    insert({ evidence, ...dispute }) {
      insert.run({ ...dispute, evidenceJson: JSON.stringify(evidence) })
    },
    find: (disputeId) => one(byId.get(disputeId)),
    openAbout: (recordId, revision) => one(about.get(recordId, revision)),
    open: (limit) => open.all(limit).map(entityOf),
    countOpen: () => count.get() ?? 0,
    close(disputeId, state, at, outcome) {
      close.run(state, at, outcome, disputeId)
    },
  }
}
