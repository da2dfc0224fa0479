import type { Operation } from '@shared/domain/record-status'
import type { Clock } from '@shared/kernel/clock'
import { qualityOf } from '@shared/standard/issue'
import type { Issue, Quality } from '@shared/standard/issue'
import type { CompiledStandard, CompiledType, CrossRecordFunction } from '@shared/standard/standard'
import type { RecordLookup } from '@engine/repos/record-lookup'
import type { AuditRepo, RecordEntity, RecordRepo, Store, StoredIssue } from '@engine/repos/repo-types'
import { typeOf } from '@engine/standards/installed-standard'
import { assessValues } from './checking-assessment'
import type { Assessment } from './checking-assessment'
import type { DeadlinesService } from './deadlines-service'

/** What a check found, in the terms of the record's columns. */
export interface Standing {
  readonly quality: Quality
  readonly openIssues: number
  readonly headlineCode: string | null
  readonly headline: string | null
}

/** A record judged together with its neighbours. */
export interface Judgement {
  readonly issues: readonly Issue[]
  readonly naturalKey: string | null
  readonly isDuplicate: boolean
}

export interface CheckCounts {
  readonly checked: number
  readonly clean: number
  readonly warned: number
  readonly blocked: number
  readonly issueCounts: Readonly<Record<string, number>>
}

export interface CheckingService {
  /** The compiled type of a code; refuses `pack.unknown-type`. */
  type(code: string): CompiledType
  /** Adds what only other records can tell. `self` is the record itself when it exists already. */
  judge(type: CompiledType, assessment: Assessment, self: string | null): Judgement
  /** Checks every unsent head again (a day has passed, a standard has changed), in chunks. */
  recheckDrafts(type: string | null): CheckCounts
  /** Checks one unsent record again, inside the caller's transaction: a neighbour or a confirmation has changed. */
  recheck(record: RecordEntity): Standing
}

type Weighed = Pick<StoredIssue, 'severity' | 'confirmedBy'>

/** Whether an issue still asks for something: hints never do, warnings until a person has confirmed them. */
export const isOpen = (issue: Weighed): boolean =>
  issue.severity === 'error' || (issue.severity === 'warning' && issue.confirmedBy === null)

/** What a set of issues amounts to; the headline is the first open error, else the first open warning. */
export function standingOf(type: CompiledType, issues: readonly (Issue & Weighed)[]): Standing {
  const open = issues.filter(isOpen)
  const first = open.find((issue) => issue.severity === 'error') ?? open[0]
  return {
    quality: qualityOf(open),
    openIssues: open.length,
    headlineCode: first?.code ?? null,
    headline: first === undefined ? null : type.message(first),
  }
}

/** Issues that nobody has confirmed yet. */
export const unconfirmed = (issues: readonly Issue[]): readonly (Issue & Weighed)[] =>
  issues.map((issue) => ({ ...issue, confirmedBy: null }))

/** The editorial state that a check leads to: held, reviewed and sealed records keep theirs. */
export function editorialAfterCheck(
  current: RecordEntity['editorial'],
  quality: Quality,
): RecordEntity['editorial'] {
  if (current === 'held' || current === 'sealed' || current === 'discarded' || current === 'in_review')
    return current
  if (current === 'approved' && quality === 'clean') return current
  return quality === 'clean' ? 'checked' : 'draft'
}

/** What leaves the platform again need not pass today's rules. */
export const isChecked = (op: Operation): boolean => op !== 'withdraw' && op !== 'takeDown'

/** Actor of what the program does by itself. */
export const SYSTEM = 'system'

const CHUNK = 1_000
const sameIssues = (left: readonly Issue[], right: readonly Issue[]): boolean => {
  const text = (issues: readonly Issue[]): string =>
    JSON.stringify(
      issues.map(({ code, severity, field, value, params }) => [code, severity, field, value, params]),
    )
  return text(left) === text(right)
}

/** Checks records against the standard in force and against each other. */
export function createCheckingService(deps: {
  readonly store: Store
  readonly records: RecordRepo
  readonly lookup: RecordLookup
  readonly audit: AuditRepo
  readonly clock: Clock
  readonly standard: () => CompiledStandard
  readonly deadlines: DeadlinesService
}): CheckingService {
  const { store, records, lookup, deadlines } = deps

  const type = (code: string): CompiledType => typeOf(deps.standard(), code)

  /** The issue of a cross-record rule; a pack without the rule still cannot have two owners of one key. */
  const crossIssue = (
    compiled: CompiledType,
    name: CrossRecordFunction,
    assessment: Assessment,
    other: RecordEntity,
  ): Issue | null => {
    const rule = compiled.crossRecordRules.find((candidate) => candidate.function === name)
    if (rule === undefined && name !== 'uniqueInDesk') return null
    const field = rule?.field ?? compiled.spec.search.docNo
    return {
      code: rule?.id ?? 'record.duplicate',
      severity: name === 'uniqueInDesk' ? 'error' : (rule?.severity ?? 'warning'),
      field,
      value: assessment.values[field] ?? null,
      params: {
        otherRecordId: other.recordId,
        otherDelivery: other.delivery,
        ...(other.originRow === null ? {} : { otherRow: other.originRow }),
        ...(other.originFileName === null ? {} : { otherFile: other.originFileName }),
      },
    }
  }

  const judge: CheckingService['judge'] = (compiled, assessment, self) => {
    const { naturalKey, columns } = assessment
    const issues = [...assessment.issues]
    const owner = naturalKey === null ? null : records.findByNaturalKey(naturalKey)
    const isDuplicate = owner !== null && owner.recordId !== self
    if (isDuplicate) {
      const issue = crossIssue(compiled, 'uniqueInDesk', assessment, owner)
      if (issue !== null) issues.push(issue)
    }
    if (compiled.crossRecordRules.some((rule) => rule.function === 'sameDocNoOtherSubject')) {
      const other = lookup.findOtherSubject({
        ...columns,
        recordType: compiled.spec.code,
        exceptRecordId: self,
      })
      const issue = other === null ? null : crossIssue(compiled, 'sameDocNoOtherSubject', assessment, other)
      if (issue !== null) issues.push(issue)
    }
    return { issues, naturalKey, isDuplicate }
  }

  const recheck = (record: RecordEntity): Standing => {
    const compiled = type(record.recordType)
    const revision = records.revision(record.recordId, record.headRevision)
    if (revision === null) throw new Error(`record ${record.recordId} has no head revision`)
    const before = records.issues(record.recordId, record.headRevision)
    const local = before.filter((issue) => issue.source === 'local')
    const assessment = assessValues(compiled, revision.values, local, revision.changes, deadlines.today())
    const judged = isChecked(record.op)
      ? judge(compiled, assessment, record.recordId)
      : { issues: [], naturalKey: assessment.naturalKey, isDuplicate: false }
    if (!sameIssues(local, judged.issues)) {
      records.replaceLocalIssues(record.recordId, record.headRevision, judged.issues)
    }
    const after = records
      .issues(record.recordId, record.headRevision)
      .filter((issue) => issue.source === 'local')
    const standing = standingOf(compiled, after)
    if (revision.quality !== standing.quality) {
      records.setQuality(record.recordId, record.headRevision, standing.quality)
    }
    const next = {
      ...standing,
      naturalKey: judged.naturalKey,
      isDuplicate: judged.isDuplicate,
      dueOn: deadlines.dueOn(record.legalDate, compiled.spec.deadline),
      editorial: editorialAfterCheck(record.editorial, standing.quality),
    }
    const isSame = (Object.keys(next) as (keyof typeof next)[]).every(
      (member) => next[member] === record[member],
    )
    if (!isSame) records.update(record.recordId, next)
    if (standing.quality !== record.quality || next.editorial !== record.editorial) {
      deps.audit.append({
        at: deps.clock.now(),
        actor: SYSTEM,
        act: 'record.rechecked',
        ref: record.recordId,
        body: { revision: record.headRevision, quality: standing.quality, editorial: next.editorial },
      })
    }
    return standing
  }

  return {
    type,
    judge,
    recheck,
    recheckDrafts(typeCode) {
      if (typeCode !== null) type(typeCode)
      const counts = { checked: 0, clean: 0, warned: 0, blocked: 0 }
      const issueCounts: Record<string, number> = {}
      for (let after = ''; ;) {
        const ids = lookup.waitingIds(typeCode, after, CHUNK)
        const last = ids.at(-1)
        if (last === undefined) return { ...counts, issueCounts }
        store.write(() => {
          for (const id of ids) {
            const record = records.find(id)
            if (record === null) continue
            counts.checked++
            counts[recheck(record).quality]++
            for (const { code } of records.issues(id, record.headRevision)) {
              issueCounts[code] = (issueCounts[code] ?? 0) + 1
            }
          }
        })
        after = last
      }
    },
  }
}
