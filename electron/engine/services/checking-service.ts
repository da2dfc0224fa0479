import { setImmediate as letOthersIn } from 'node:timers/promises'
import type { Operation } from '@shared/domain/record-status'
import type { Clock } from '@shared/kernel/clock'
import { headlineField } from '@shared/standard/headline-field'
import { qualityOf } from '@shared/standard/issue'
import type { Issue, Quality } from '@shared/standard/issue'
import type { CompiledStandard, CompiledType, CrossRecordFunction } from '@shared/standard/standard'
import { systemActor } from '@shared/texts/zh-CN/acts'
import type { RecordLookup } from '@engine/repos/record-lookup'
import type { AuditRepo, RecordEntity, RecordRepo, Store, StoredIssue } from '@engine/repos/repo-types'
import { typeOf } from '@engine/standards/installed-standard'
import { issuesOf } from '@engine/reading/assessment'
import type { Assessment, SearchColumns } from '@engine/reading/assessment'
import type { DeadlinesService } from './deadlines-service'

/** What a check found, in the terms of the record's columns. */
export interface Standing {
  readonly quality: Quality
  readonly openIssues: number
  readonly headlineCode: string | null
  readonly headline: string | null
  readonly headlineField: string | null
}

/** What of an assessment tells a record from its neighbours. */
export interface Judged extends Pick<Assessment, 'values' | 'issues' | 'naturalKey'> {
  readonly columns: Pick<SearchColumns, 'docKey' | 'subjectName' | 'subjectCode'>
}

/** The records that a record is judged beside. */
export type Neighbours = Pick<RecordRepo, 'findByNaturalKey'> & Pick<RecordLookup, 'findOtherSubject'>

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

/** How a check of every draft shares the desk with other calls. */
export interface CheckPace {
  /** Records of one slice. */
  readonly slice: number
  /** What comes between two slices. */
  rest(): Promise<unknown>
}

export interface CheckingService {
  /** The compiled type of a code; refuses `pack.unknown-type`. */
  type(code: string): CompiledType
  /**
   * Adds what only other records can tell. `self` is the record itself when it exists already; `neighbours` are those
   * of the desk unless somebody knows them by a shorter way.
   */
  judge(type: CompiledType, judged: Judged, self: string | null, neighbours?: Neighbours): Judgement
  /**
   * Checks every unsent head again (a day has passed, a standard has changed), in slices of one transaction each
   * between which other calls are served. `signal` ends it after the slice at hand.
   */
  recheckDrafts(type: string | null, signal?: AbortSignal, pace?: CheckPace): Promise<CheckCounts>
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
    headlineField: first?.field ?? null,
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

/** What leaves the platform again, or is only marked there, need not pass today's rules: its content does not change. */
export const isChecked = (op: Operation): boolean => op === 'create' || op === 'correct'

/** For whoever waits for the result: a few hundredths of a second, then the calls that have come. */
const atOnce: CheckPace = { slice: 200, rest: () => letOthersIn() }

const sameIssues = (left: readonly Issue[], right: readonly Issue[]): boolean => {
  if (left.length !== right.length) return false
  if (left.length === 0) return true
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
    assessment: Judged,
    other: RecordEntity,
  ): Issue | null => {
    const rule = compiled.crossRecordRules.find((candidate) => candidate.function === name)
    if (rule === undefined && name !== 'uniqueInDesk') return null
    const field = rule?.field ?? headlineField(compiled.spec)
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

  const ofDesk: Neighbours = {
    findByNaturalKey: (naturalKey) => records.findByNaturalKey(naturalKey),
    findOtherSubject: (record) => lookup.findOtherSubject(record),
  }

  const judge: CheckingService['judge'] = (compiled, assessment, self, neighbours = ofDesk) => {
    const { naturalKey, columns } = assessment
    const issues = [...assessment.issues]
    const owner = naturalKey === null ? null : neighbours.findByNaturalKey(naturalKey)
    const isDuplicate = owner !== null && owner.recordId !== self
    if (isDuplicate) {
      const issue = crossIssue(compiled, 'uniqueInDesk', assessment, owner)
      if (issue !== null) issues.push(issue)
    }
    if (compiled.crossRecordRules.some((rule) => rule.function === 'sameDocNoOtherSubject')) {
      const { docKey, subjectName, subjectCode } = columns
      const recordType = compiled.spec.code
      const other = neighbours.findOtherSubject({
        ...{ recordType, docKey, subjectName, subjectCode },
        exceptRecordId: self,
      })
      const issue = other === null ? null : crossIssue(compiled, 'sameDocNoOtherSubject', assessment, other)
      if (issue !== null) issues.push(issue)
    }
    return { issues, naturalKey, isDuplicate }
  }

  const recheckHead = (
    record: RecordEntity,
  ): { readonly standing: Standing; readonly issues: readonly Issue[] } => {
    const compiled = type(record.recordType)
    const revision = records.revision(record.recordId, record.headRevision)
    if (revision === null) throw new Error(`record ${record.recordId} has no head revision`)
    const localIssues = (): readonly StoredIssue[] =>
      records.issues(record.recordId, record.headRevision).filter((issue) => issue.source === 'local')
    const before = localIssues()
    const { values } = revision
    const naturalKey = compiled.naturalKey(values)
    const issues = issuesOf(compiled, values, before, deadlines.today())
    // The search columns of a record are those of its head.
    const judged = isChecked(record.op)
      ? judge(compiled, { values, issues, naturalKey, columns: record }, record.recordId)
      : { issues: [], naturalKey, isDuplicate: false }
    const isUnchanged = sameIssues(before, judged.issues)
    if (!isUnchanged) records.replaceLocalIssues(record.recordId, record.headRevision, judged.issues)
    const after = isUnchanged ? before : localIssues()
    const standing = standingOf(compiled, after)
    const { id, version } = deps.standard().pack
    if (revision.standardId !== id || revision.standardVersion !== version) {
      records.setStandard(record.recordId, record.headRevision, { id, version })
    }
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
        actor: systemActor,
        act: 'record.rechecked',
        ref: record.recordId,
        body: { revision: record.headRevision, quality: standing.quality, editorial: next.editorial },
      })
    }
    return { standing, issues: after }
  }

  return {
    type,
    judge,
    recheck: (record) => recheckHead(record).standing,
    async recheckDrafts(typeCode, signal, pace = atOnce) {
      if (typeCode !== null) type(typeCode)
      const counts = { checked: 0, clean: 0, warned: 0, blocked: 0 }
      const issueCounts: Record<string, number> = {}
      for (let after = ''; ;) {
        const ids = lookup.waitingIds(typeCode, after, pace.slice)
        const last = ids.at(-1)
        if (last === undefined || signal?.aborted === true) return { ...counts, issueCounts }
        store.write(() => {
          for (const id of ids) {
            const record = records.find(id)
            if (record === null) continue
            const { standing, issues } = recheckHead(record)
            counts.checked++
            counts[standing.quality]++
            for (const { code } of issues) issueCounts[code] = (issueCounts[code] ?? 0) + 1
          }
        })
        after = last
        await pace.rest()
      }
    },
  }
}
