import type { ProblemGroup } from '@shared/contract/views/problem-views'
import { inFlight } from '@shared/domain/record-status'
import type { Severity } from '@shared/standard/issue'
import type { CompiledType } from '@shared/standard/standard'
import type { RecordEntity, RecordRepo, StoredIssue } from '@engine/repos/repo-types'
import { fieldOf } from './checking-issue-view'
import { isOpen } from './checking-service'

/** What is open in many records, told by rule. */
export interface ProblemGroups {
  /** Errors first, then the most frequent. Only the desk's own findings, and only where something may be done. */
  of(recordIds: readonly string[]): readonly ProblemGroup[]
}

interface Gathered {
  readonly type: CompiledType
  readonly record: RecordEntity
  readonly issue: StoredIssue
  readonly labels: Set<string>
  readonly proofs: Set<string>
  readonly records: Set<string>
  readonly fixable: Set<string>
}

const WEIGHT: Readonly<Record<Severity, number>> = { error: 0, warning: 1, hint: 2 }

/** Reads the issues of each record once. */
export function createProblemGroups(deps: {
  readonly records: Pick<RecordRepo, 'find' | 'issues'>
  readonly typeOf: (code: string) => CompiledType
}): ProblemGroups {
  const gather = (groups: Map<string, Gathered>, record: RecordEntity, issue: StoredIssue): void => {
    const type = deps.typeOf(record.recordType)
    const group = groups.get(issue.code) ?? {
      type,
      record,
      issue,
      labels: new Set(),
      proofs: new Set(),
      records: new Set(),
      fixable: new Set(),
    }
    groups.set(issue.code, group)
    group.records.add(record.recordId)
    const field = fieldOf(type, issue.field)
    if (field !== null) group.labels.add(field.label)
    if (issue.fix === undefined) return
    group.fixable.add(record.recordId)
    group.proofs.add(issue.fix.proof)
  }

  const viewOf = ({ type, record, issue, labels, proofs, records, fixable }: Gathered): ProblemGroup => {
    const [proof] = proofs
    return {
      code: issue.code,
      severity: issue.severity,
      fieldLabels: [...labels],
      records: records.size,
      fixable: fixable.size,
      fixNote: proof === undefined || proofs.size > 1 ? null : type.proof(proof),
      message: type.message(issue),
      docNo: record.docNo,
    }
  }

  return {
    of(recordIds) {
      const groups = new Map<string, Gathered>()
      for (const recordId of new Set(recordIds)) {
        const record = deps.records.find(recordId)
        if (record === null || record.editorial === 'discarded' || inFlight.includes(record.delivery))
          continue
        for (const issue of deps.records.issues(recordId, record.headRevision)) {
          if (issue.source === 'local' && isOpen(issue)) gather(groups, record, issue)
        }
      }
      return [...groups.values()]
        .map(viewOf)
        .sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity] || b.records - a.records)
    },
  }
}
