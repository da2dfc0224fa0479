import type { ImportSummary, RowChange, SkippedRowView } from '@shared/contract/views/import-views'
import type { NormalisationKind } from '@shared/standard/standard'
import { fill } from '@shared/texts/fill'
import { cliTexts } from '@shared/texts/zh-CN/cli'
import { changeKindTexts, skipReasonTexts } from '@shared/texts/zh-CN/import-texts'

/** A file has at most so many lines of each kind here; the rest is counted. */
const SKIPS_SHOWN = 100
const CHANGES_SHOWN = 30
/** Rows that are stored as they stand are the least of the news. */
const SAME_SHOWN = 10

const lastOf = ({ row, lastRow = row }: SkippedRowView): number => lastRow

/** Neighbouring rows that were left out for one reason and have nothing to show are told as one. */
function joined(rows: readonly SkippedRowView[]): readonly SkippedRowView[] {
  const runs: SkippedRowView[] = []
  for (const next of [...rows].sort((one, other) => one.row - other.row)) {
    const run = runs.at(-1)
    const isNeighbour = run?.reason === next.reason && lastOf(run) + 1 === next.row
    if (run !== undefined && isNeighbour && run.text + next.text === '')
      runs[runs.length - 1] = { ...run, lastRow: lastOf(next) }
    else runs.push(next)
  }
  return runs
}

/** Every row that did not become a record, by number and reason. */
function skipLines({ skippedRows, skipCounts }: ImportSummary): readonly string[] {
  const isSame = ({ reason }: SkippedRowView): boolean => reason === 'same'
  const shown = [
    ...joined(skippedRows.filter((skip) => !isSame(skip))).slice(0, SKIPS_SHOWN),
    ...joined(skippedRows.filter(isSame)).slice(0, SAME_SHOWN),
  ]
  const lines = shown.map((skip) =>
    fill(skip.text === '' ? cliTexts.importSkip : cliTexts.importSkipText, {
      row: lastOf(skip) > skip.row ? `${skip.row}–${lastOf(skip)}` : skip.row,
      reason: skipReasonTexts[skip.reason],
      text: skip.text,
    }),
  )
  const all = Object.values(skipCounts).reduce((sum, count) => sum + count, 0)
  const told = shown.reduce((sum, skip) => sum + lastOf(skip) - skip.row + 1, 0)
  return all > told ? [...lines, fill(cliTexts.importSkipMore, { count: all - told })] : lines
}

const kindsText = (kinds: readonly NormalisationKind[]): string =>
  kinds.map((kind) => changeKindTexts[kind]).join('、')

/** A character that nobody sees would make before and after look alike. */
const visible = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cf}\p{Co}]/gu,
    (character) => `[U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`,
  )

const changeLine = ({ row, fieldLabel, raw, value, kinds }: RowChange): string =>
  fill(cliTexts.importChange, {
    row,
    field: fieldLabel,
    raw: visible(raw),
    value: value === '' ? cliTexts.importChangeEmpty : visible(value),
    kinds: kindsText(kinds),
  })

/** What is stored otherwise than it stands in the file: the first changes word by word, the others by kind. */
function changeLines({ changes, changeCount, changeCounts }: ImportSummary): readonly string[] {
  const lines = changes.slice(0, CHANGES_SHOWN).map(changeLine)
  const rest = changeCount - lines.length
  if (rest === 0) return lines
  const kinds = Object.keys(changeCounts) as NormalisationKind[]
  return [...lines, fill(cliTexts.importChangeMore, { count: rest, kinds: kindsText(kinds) })]
}

/** What the document of an import leaves out, for stderr: the file as a whole, rows left out, values changed. */
export const importNotes = (summary: ImportSummary): readonly string[] => [
  ...summary.notices.map(({ message }) => message),
  ...skipLines(summary),
  ...changeLines(summary),
]
