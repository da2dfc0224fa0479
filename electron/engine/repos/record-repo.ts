import { canMoveDelivery } from '@shared/domain/record-status'
import type { Delivery } from '@shared/domain/record-status'
import type { Clock } from '@shared/kernel/clock'
import { confirmationKey } from '@shared/standard/issue'
import type { Issue, Quality } from '@shared/standard/issue'
import { createBulkInsert } from './bulk-insert'
import type { Database } from './database'
import {
  issueOf,
  recordColumns,
  recordMembers,
  recordOf,
  recordSelection,
  recordValues,
  revisionColumns,
  revisionOf,
  revisionValues,
  stored,
} from './record-rows'
import type { IssueLine, RecordLine, RevisionLine } from './record-rows'
import type { IssueChoice, RecordEntity, RecordRepo } from './repo-types'

/** Lane 'ready' (see the schema): a clean, unsent head that is neither held nor excluded and owns its key. */
const isReady = "r.lane = 'ready'"
/** Lanes of live records whose head is not accepted and may not be sealed now. */
const isWaiting =
  "r.lane IN ('blocked', 'unconfirmed', 'rejected', 'in_review', 'held', 'excluded', 'in_flight')"

type Line = RecordLine

interface ConfirmationRow {
  readonly recordId: string
  readonly revision: number
  readonly code: string
  readonly field: string | null
  readonly isAnyField: number
  readonly by: string | null
  readonly reason: string | null
}

const choiceRow = (recordId: string, revision: number, { code, field }: IssueChoice) => ({
  recordId,
  revision,
  code,
  field: field ?? null,
  isAnyField: Number(field === undefined),
})

/** Records, their revisions and issues. `clock` gives `updatedAt` where the caller does not. */
export function createRecordRepo(database: Database, clock: Clock): RecordRepo {
  const selectBy = (condition: string) =>
    database.prepare<[string], Line>(`SELECT ${recordSelection} FROM record r WHERE ${condition}`)
  const byId = selectBy('r.record_id = ?')
  const byKey = selectBy("r.natural_key = ? AND r.is_duplicate = 0 AND r.editorial <> 'discarded'")
  const byRef = selectBy('r.platform_ref = ? LIMIT 2')

  const insertRecords = createBulkInsert(
    database,
    'record',
    recordMembers.map((member) => recordColumns[member]),
  )
  const insertRevisions = createBulkInsert(database, 'revision', revisionColumns)
  const selectRevision = database.prepare<[string, number], RevisionLine>(
    'SELECT * FROM revision WHERE record_id = ? AND revision = ?',
  )
  const lastRevision = database
    .prepare<[string], number>('SELECT coalesce(max(revision), 0) FROM revision WHERE record_id = ?')
    .pluck()
  const setRevisionQuality = database.prepare<[Quality, string, number]>(
    'UPDATE revision SET quality = ? WHERE record_id = ? AND revision = ?',
  )
  const setStandard = database.prepare<[string, string, string, number]>(
    'UPDATE revision SET standard_id = ?, standard_version = ? WHERE record_id = ? AND revision = ?',
  )
  const setHeadQuality = database.prepare<[Quality, string, string, number]>(
    'UPDATE record SET quality = ?, updated_at = ? WHERE record_id = ? AND head_revision = ?',
  )
  const selectDelivery = database
    .prepare<[string, number], Delivery>('SELECT delivery FROM revision WHERE record_id = ? AND revision = ?')
    .pluck()
  const setRevisionDelivery = database.prepare<[Delivery, string, number]>(
    'UPDATE revision SET delivery = ? WHERE record_id = ? AND revision = ?',
  )
  const setHeadDelivery = database.prepare<[Delivery, string, string, number]>(
    'UPDATE record SET delivery = ?, updated_at = ? WHERE record_id = ? AND head_revision = ?',
  )
  const acceptHead = database.prepare<[string | null, number, string, number, Delivery, string, string]>(
    `UPDATE record SET platform_ref = ?, accepted_revision = ?, first_received_at = coalesce(first_received_at, ?),
       delivery = CASE head_revision WHEN ? THEN ? ELSE delivery END, updated_at = ?
     WHERE record_id = ?`,
  )
  const selectIssues = database.prepare<[string, number], IssueLine>(
    'SELECT * FROM issue WHERE record_id = ? AND revision = ? ORDER BY issue_id',
  )
  const deleteLocalIssues = database.prepare<[string, number]>(
    "DELETE FROM issue WHERE record_id = ? AND revision = ? AND source = 'local'",
  )
  const insertIssue = database.prepare<(string | number | null)[]>(
    `INSERT INTO issue (record_id, revision, source, code, severity, field, value_at, params_json, fix_json,
       confirmed_by, confirmed_reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const setConfirmation = database.prepare<ConfirmationRow>(
    `UPDATE issue SET confirmed_by = @by, confirmed_reason = @reason
     WHERE record_id = @recordId AND revision = @revision AND code = @code AND source = 'local'
       AND severity = 'warning' AND (@isAnyField = 1 OR field IS @field)
       AND (confirmed_by IS NULL) = (@by IS NOT NULL)`,
  )

  const updates = new Map<string, ReturnType<Database['prepare']>>()
  const updateOf = (members: readonly (keyof RecordEntity)[]) => {
    const key = members.join()
    const known = updates.get(key)
    if (known !== undefined) return known
    const assignments = members.map((member) => `${recordColumns[member]} = @${member}`).join(', ')
    const statement = database.prepare(`UPDATE record SET ${assignments} WHERE record_id = @recordId`)
    updates.set(key, statement)
    return statement
  }

  const addIssue = (
    recordId: string,
    revision: number,
    source: string,
    issue: Issue,
    by: string | null,
    why: string | null,
  ) =>
    insertIssue.run(
      recordId,
      revision,
      source,
      issue.code,
      issue.severity,
      issue.field,
      issue.value,
      JSON.stringify(issue.params),
      issue.fix === undefined ? null : JSON.stringify(issue.fix),
      by,
      why,
    )

  const selectMany = <Row>(
    selection: string,
    condition: string,
    filter: { readonly type: string | null; readonly recordIds: readonly string[] | null },
  ) => {
    const conditions = [condition]
    const values: string[] = []
    if (filter.type !== null) {
      conditions.push('r.record_type = ?')
      values.push(filter.type)
    }
    if (filter.recordIds !== null) {
      conditions.push('r.record_id IN (SELECT value FROM json_each(?))')
      values.push(JSON.stringify(filter.recordIds))
    }
    const statement = database.prepare<string[], Row>(
      `SELECT ${selection} FROM record r WHERE ${conditions.join(' AND ')} ORDER BY r.danger, r.record_id`,
    )
    return { statement, values }
  }

  const recordsWhere = (condition: string, filter: Parameters<RecordRepo['sealable']>[0]) => {
    const { statement, values } = selectMany<Line>(recordSelection, condition, filter)
    return statement.all(...values).map(recordOf)
  }

  const moveRevision = (recordId: string, revision: number, to: Delivery): void => {
    const from = selectDelivery.get(recordId, revision)
    if (from === undefined) throw new Error(`no revision ${recordId}/${revision}`)
    if (!canMoveDelivery(from, to))
      throw new Error(`revision ${recordId}/${revision} cannot move ${from} -> ${to}`)
    setRevisionDelivery.run(to, recordId, revision)
  }

  const one = (line: Line | undefined): RecordEntity | null => (line === undefined ? null : recordOf(line))

  return {
    find: (recordId) => one(byId.get(recordId)),
    findByNaturalKey: (naturalKey) => one(byKey.get(naturalKey)),
    findByPlatformRef(platformRef) {
      const [line, other] = byRef.all(platformRef)
      return other === undefined ? one(line) : null
    },

    insert: (record) => insertRecords([recordValues(record)]),

    insertNew(made) {
      insertRecords(made.map(({ record }) => recordValues(record)))
      insertRevisions(made.map(({ revision }) => revisionValues(revision)))
      for (const { revision, issues } of made)
        for (const issue of issues) addIssue(revision.recordId, revision.revision, 'local', issue, null, null)
    },

    update(recordId, changes) {
      const values = { updatedAt: clock.now(), ...changes }
      const members = recordMembers.filter((member) => Object.hasOwn(values, member))
      const row: Record<string, string | number | null> = { recordId }
      for (const member of members) row[member] = stored(values[member as keyof typeof values] ?? null)
      const { changes: count } = updateOf(members).run(row)
      if (count !== 1) throw new Error(`no record ${recordId} to update`)
    },

    revision(recordId, revision) {
      const line = selectRevision.get(recordId, revision)
      return line === undefined ? null : revisionOf(line)
    },

    lastRevision: (recordId) => lastRevision.get(recordId) ?? 0,

    insertRevision: (revision) => insertRevisions([revisionValues(revision)]),

    setStandard(recordId, revision, { id, version }) {
      setStandard.run(id, version, recordId, revision)
    },

    setQuality(recordId, revision, quality) {
      setRevisionQuality.run(quality, recordId, revision)
      setHeadQuality.run(quality, clock.now(), recordId, revision)
    },

    moveDelivery(recordId, revision, to) {
      moveRevision(recordId, revision, to)
      setHeadDelivery.run(to, clock.now(), recordId, revision)
    },

    accept(recordId, revision, { delivery, platformRef, receivedAt }) {
      moveRevision(recordId, revision, delivery)
      acceptHead.run(platformRef, revision, receivedAt, revision, delivery, clock.now(), recordId)
    },

    issues: (recordId, revision) => selectIssues.all(recordId, revision).map(issueOf),

    replaceLocalIssues(recordId, revision, issues) {
      const confirmed = new Map<string, IssueLine>()
      const before = revision > 1 ? selectIssues.all(recordId, revision - 1) : []
      for (const line of [...before, ...selectIssues.all(recordId, revision)]) {
        if (line.source !== 'local') continue
        // The newer answer counts: a confirmation that was taken back does not return with the next check.
        if (line.confirmed_by === null) confirmed.delete(confirmationKey(issueOf(line)))
        else confirmed.set(confirmationKey(issueOf(line)), line)
      }
      deleteLocalIssues.run(recordId, revision)
      for (const issue of issues) {
        const line = confirmed.get(confirmationKey(issue))
        addIssue(
          recordId,
          revision,
          'local',
          issue,
          line?.confirmed_by ?? null,
          line?.confirmed_reason ?? null,
        )
      }
    },

    confirmIssues: (recordId, revision, { by, reason, ...choice }) =>
      setConfirmation.run({ ...choiceRow(recordId, revision, choice), by, reason }).changes,
    unconfirmIssues: (recordId, revision, choice) =>
      setConfirmation.run({ ...choiceRow(recordId, revision, choice), by: null, reason: null }).changes,

    addPlatformIssues(recordId, revision, issues) {
      for (const issue of issues) addIssue(recordId, revision, 'platform', issue, null, null)
    },

    sealable: (filter) => recordsWhere(isReady, filter),
    sealableIds(filter) {
      const { statement, values } = selectMany('r.record_id', isReady, filter)
      return statement.pluck().all(...values) as string[]
    },
    unsealable: (filter) => recordsWhere(isWaiting, filter),
  }
}
