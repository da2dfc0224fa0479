/** What the desk holds, as workbooks: the ledger to keep, and the records that still have errors to mend. */
import type { IssueView } from '@shared/contract/views/record-views'
import type { CompiledStandard, CompiledType } from '@shared/standard/standard'
import { maskValue } from '@shared/standard/mask'
import { fill } from '@shared/texts/fill'
import { recordMarkHeader } from '@shared/texts/zh-CN/import-texts'
import { clockTexts, deliveryTexts, editorialTexts, qualityTexts } from '@shared/texts/zh-CN/states'
import { errorRemedyTexts, ledgerHeaders } from '@shared/texts/zh-CN/workbook-texts'
import type { DeskQuery } from '@engine/repos/desk-query'
import type { RecordPageQuery } from '@engine/repos/record-page-query'
import type { RecordEntity, RecordRepo, RevisionEntity } from '@engine/repos/repo-types'
import { writeErrorWorkbook } from '@engine/sheets/error-workbook-writer'
import type { FaultyRow, RowProblem } from '@engine/sheets/error-workbook-writer'
import { writeLedger } from '@engine/sheets/ledger-writer'
import { typeOf } from '@engine/standards/installed-standard'
import type { DeadlinesService } from './deadlines-service'
import type { RecordViews } from './desk-record-views'

/** Workbooks of what a desk holds. */
export interface LedgerService {
  /** Types of the records on the desk, discarded ones apart; with `withErrors` those that have something to mend. */
  types(withErrors: boolean): readonly string[]
  /**
   * Writes the records of some types, the most urgent first, with how each stands; personal values are masked. Returns
   * the number of records by type. Refuses `pack.unknown-type`, `output.not-writable`.
   */
  write(types: readonly string[], target: string): Promise<Readonly<Record<string, number>>>
  /**
   * Writes the records of a type that have errors, open warnings or were rejected, each with its reasons, in a workbook
   * that finds back to them when it is imported. Values are whole: they are there to be mended. Returns the number of
   * records; refuses as `write`.
   */
  writeErrors(type: string, target: string): Promise<number>
}

export interface LedgerDeps {
  readonly records: RecordRepo
  readonly pages: Pick<RecordPageQuery, 'pageAfter'>
  readonly query: DeskQuery
  readonly views: RecordViews
  readonly deadlines: DeadlinesService
  readonly standard: () => CompiledStandard
}

const PAGE = 500
/** Lanes (see the schema) in which a record has something to mend. */
const FAULTY_LANES: ReadonlySet<string> = new Set(['blocked', 'unconfirmed', 'rejected'])

/** The workbooks of one desk. */
export function createLedgerService(deps: LedgerDeps): LedgerService {
  const { records, views, deadlines } = deps

  function* recordsOf(type: string, filter: 'all' | 'problems' | 'rejected'): Generator<RecordEntity> {
    const request = { type, filter, sort: 'danger', delivery: null, clock: null } as const
    for (let after: string | null = null; ;) {
      const page = deps.pages.pageAfter({ ...request, after, limit: PAGE, days: deadlines.clockDays() })
      yield* page.rows
      if (page.next === null) return
      after = page.next
    }
  }

  const headOf = ({ recordId, headRevision }: RecordEntity): RevisionEntity => {
    const head = records.revision(recordId, headRevision)
    if (head === null) throw new Error(`record ${recordId} has no head revision`)
    return head
  }

  const standing = (type: CompiledType, record: RecordEntity): readonly string[] => [
    record.dueOn ?? '',
    clockTexts[deadlines.clock(record, type.spec.deadline).state],
    editorialTexts[record.editorial],
    qualityTexts[record.quality],
    deliveryTexts[record.delivery],
    record.firstReceivedAt ?? '',
    record.platformRef ?? '',
    record.headline ?? '',
  ]

  const faultyRow = (type: CompiledType, record: RecordEntity, at: number): FaultyRow => {
    const { values, revision } = headOf(record)
    const columns = new Map(type.fields.map(({ code }, index) => [code, index]))
    const problemOf = (issue: IssueView): RowProblem => ({
      column: issue.field === null ? null : (columns.get(issue.field) ?? null),
      field: issue.fieldLabel ?? '',
      value: issue.value ?? '',
      severity: issue.severity,
      message: issue.message,
      remedy:
        issue.fix === null
          ? errorRemedyTexts[issue.severity]
          : fill(errorRemedyTexts.fix, { value: issue.fix.value, proof: issue.fixNote ?? '' }),
      rule: issue.code,
    })
    return {
      row: record.originRow ?? at,
      cells: [
        ...type.fields.map(({ code }) => ({ text: values[code] ?? '', kind: 'text' as const })),
        { text: record.recordId, kind: 'text' },
      ],
      problems: views
        .issues(record.recordId, revision)
        .filter(({ confirmed }) => confirmed === null)
        .map(problemOf),
    }
  }

  return {
    types(withErrors) {
      const lanes = deps.query
        .byTypeAndLane()
        .filter(({ lane }) => (withErrors ? FAULTY_LANES.has(lane) : lane !== 'discarded'))
      return [...new Set(lanes.map(({ type }) => type))]
    },

    async write(types, target) {
      const counts: Record<string, number> = {}
      const sheetOf = (code: string) => {
        const type = typeOf(deps.standard(), code)
        function* rows(): Generator<readonly string[]> {
          for (const record of recordsOf(code, 'all')) {
            const { values } = headOf(record)
            counts[code] = (counts[code] ?? 0) + 1
            yield [
              ...standing(type, record),
              ...type.fields.map((field) => maskValue(field, values[field.code] ?? '')),
              record.recordId,
            ]
          }
        }
        const headers = [...ledgerHeaders, ...type.fields.map(({ label }) => label), recordMarkHeader]
        return { title: type.spec.title, code, headers, rows: rows() }
      }
      await writeLedger(types.map(sheetOf), target)
      return counts
    },

    writeErrors(code, target) {
      const { pack } = deps.standard()
      const type = typeOf(deps.standard(), code)
      function* rows(): Generator<FaultyRow> {
        let at = 1
        for (const filter of ['problems', 'rejected'] as const)
          for (const record of recordsOf(code, filter)) yield faultyRow(type, record, ++at)
      }
      return writeErrorWorkbook(
        {
          title: type.spec.title,
          mark: { standard: pack.id, version: pack.version, recordType: code },
          headers: [...type.fields.map(({ label }) => label), recordMarkHeader],
          codes: [...type.fields.map((field) => field.code), ''],
          rows: rows(),
        },
        target,
      )
    },
  }
}
