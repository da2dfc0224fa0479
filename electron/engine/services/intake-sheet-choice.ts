import { refuse } from '@shared/kernel/failure'
import type { RecordTypeSpec } from '@shared/standard/pack'
import type { CompiledStandard, CompiledType } from '@shared/standard/standard'
import { ContentJudge } from '@engine/sheets/column-content'
import { findHeader } from '@engine/sheets/header-finder'
import { guessRecordType, type RecordTypeGuess } from '@engine/sheets/record-type-guess'
import type { FileInspection, SheetPreview } from '@engine/sheets/sheet-types'
import { MARK_SHEET, type ReadMark } from '@engine/sheets/template-mark'
import { readableTypeOf, readableTypes } from '@engine/standards/readable-types'

/** A type must fit so much better than the asked one before a file is said to be the other's. */
const CLEAR_LEAD = 0.25
/** Types whose scores are nearer than this fit equally well: a person must say which it is. */
const TIE = 0.03
/** A type that fits less is no better guess than none. */
const LEAST_SCORE = 0.6
/** Fewer names than this in one row are a coincidence. */
const LEAST_NAMES = 2

/** What decides about type and sheet. */
interface Request {
  readonly recordType: string | null
  readonly sheet: string | null
}

/** The record type that a file is taken for, and the one it looks like when that is another. */
export interface TypeChoice {
  readonly type: CompiledType
  readonly looksLike: CompiledType | null
  /** Others that the file fits as well as the one it was taken for; empty when somebody said what it is. */
  readonly alsoFits: readonly CompiledType[]
}

const visibleSheets = (inspection: FileInspection): readonly SheetPreview[] => {
  const visible = inspection.sheets.filter((sheet) => !sheet.hidden)
  return visible.length > 0 ? visible : inspection.sheets
}

const hiddenSheets = (inspection: FileInspection): readonly SheetPreview[] =>
  inspection.sheets.filter(({ hidden, name }) => hidden && name !== MARK_SHEET)

/** Every type by how well it explains the best sheet for it; hidden sheets only where no visible one holds anything. */
function guessesFor(
  inspection: FileInspection,
  request: Request,
  standard: CompiledStandard,
): readonly RecordTypeGuess[] {
  const specs = readableTypes(standard).map((type) => type.spec)
  const guessesIn = (sheets: readonly SheetPreview[]): readonly RecordTypeGuess[] =>
    sheets
      .flatMap((sheet) => guessRecordType(sheet.firstRows, specs, sheet.name, sheet.merged))
      .sort((left, right) => right.score - left.score)
  if (request.sheet !== null) return guessesIn(inspection.sheets.filter(({ name }) => name === request.sheet))
  const visible = guessesIn(visibleSheets(inspection))
  return visible.length > 0 ? visible : guessesIn(hiddenSheets(inspection))
}

/**
 * The record type of a file: as told, as its template says, else as its header suggests. Refuses
 * `input.header-not-found`, `input.other-template` for a template of another type, `pack.unknown-type`.
 */
export function chooseType(
  inspection: FileInspection,
  request: Request,
  standard: CompiledStandard,
  mark: ReadMark | null,
): TypeChoice {
  const { file } = inspection
  const asked = request.recordType ?? mark?.recordType ?? null
  const guesses = mark === null ? guessesFor(inspection, request, standard) : []
  const code = asked ?? guesses[0]?.recordType
  if (code === undefined) return refuse('input.header-not-found', { file })
  const type = readableTypeOf(standard, code)
  if (mark !== null && mark.recordType !== code) {
    const found = standard.types.get(mark.recordType)?.spec.title ?? mark.recordType
    refuse('input.other-template', { file, found, asked: type.spec.title })
  }
  const [best] = guesses
  const own = guesses.find(({ recordType }) => recordType === code)?.score ?? 0
  const isOther = best !== undefined && best.score >= LEAST_SCORE && best.score - own >= CLEAR_LEAD
  const tied = asked === null ? guesses.filter((guess) => own - guess.score < TIE) : []
  const alsoFits = new Set(tied.map(({ recordType }) => recordType))
  alsoFits.delete(code)
  return {
    type,
    looksLike: isOther ? readableTypeOf(standard, best.recordType) : null,
    alsoFits: [...alsoFits].map((other) => readableTypeOf(standard, other)),
  }
}

interface SheetScore {
  readonly sheet: SheetPreview
  readonly matched: number
  readonly hasData: boolean
}

function scoreOf(sheet: SheetPreview, spec: RecordTypeSpec, judge?: ContentJudge): SheetScore {
  const { firstRows, merged } = sheet
  const header = findHeader(firstRows, spec, { merged, ...(judge === undefined ? {} : { judge }) })
  const last = firstRows.at(-1)?.row ?? 0
  return { sheet, matched: header?.matched ?? 0, hasData: header !== null && last > header.headerRow }
}

/** Rows below a header of many names: an empty template beside a filled sheet is passed over. */
function best(scores: readonly SheetScore[]): SheetScore | null {
  let found: SheetScore | null = null
  for (const score of scores) {
    const isBetter =
      found === null ||
      (score.hasData === found.hasData
        ? score.matched > found.matched
        : score.hasData && score.matched >= LEAST_NAMES)
    if (isBetter) found = score
  }
  return found
}

/** Rows of fewer cells than this are a cover or a note. */
const LEAST_CELLS = 3

const holdsTable = ({ firstRows }: SheetPreview): boolean =>
  firstRows.some(
    ({ cells }) => cells.filter((cell) => cell !== null && cell.text.trim() !== '').length >= LEAST_CELLS,
  )

/** Rows below the header, as far as they are counted; all rows of a sheet without one. For display only. */
export function dataRowsOf(
  { rows, firstRows, merged }: SheetPreview,
  spec: RecordTypeSpec,
  headerRow?: number,
): number | null {
  if (rows === undefined) return null
  const header = headerRow ?? findHeader(firstRows, spec, { merged })?.headerRow ?? 0
  return Math.max(0, rows - firstRows.filter(({ row }) => row <= header).length)
}

/** The sheet to read, and others that hold the same kind of table. */
export interface SheetChoice {
  readonly sheet: SheetPreview
  readonly alike: readonly SheetPreview[]
  /** Other visible sheets with a table in them. */
  readonly others: readonly SheetPreview[]
}

/**
 * The sheet to read: as told, else the one in whose header most fields are found, visible ones first. Refuses
 * `input.sheet-not-found`, `input.no-rows`.
 */
export function chooseSheet(
  inspection: FileInspection,
  name: string | null,
  spec: RecordTypeSpec,
): SheetChoice {
  const { file, sheets } = inspection
  if (name !== null) {
    const named = sheets.find((sheet) => sheet.name === name)
    return { sheet: named ?? refuse('input.sheet-not-found', { file, sheet: name }), alike: [], others: [] }
  }
  const scored = (of: readonly SheetPreview[], judge?: ContentJudge): readonly SheetScore[] =>
    of.map((sheet) => scoreOf(sheet, spec, judge))
  const visible = scored(visibleSheets(inspection))
  const shown = best(visible)
  const hidden =
    shown !== null && shown.matched >= LEAST_NAMES ? null : best(scored(hiddenSheets(inspection)))
  const byName = hidden !== null && hidden.matched >= LEAST_NAMES ? hidden : shown
  const chosen =
    byName !== null && byName.matched >= LEAST_NAMES
      ? byName
      : (scored(visibleSheets(inspection), new ContentJudge()).find(({ hasData }) => hasData) ?? byName)
  if (chosen === null) return refuse('input.no-rows', { file })
  const alike = visible.filter(
    ({ sheet, matched, hasData }) =>
      sheet !== chosen.sheet && hasData && matched >= LEAST_NAMES && matched * 2 > chosen.matched,
  )
  const isAlike = new Set(alike)
  const others = visible.filter(
    (score) => score.sheet !== chosen.sheet && !isAlike.has(score) && holdsTable(score.sheet),
  )
  const sheetsOf = (scores: readonly SheetScore[]): readonly SheetPreview[] =>
    scores.map(({ sheet }) => sheet)
  return { sheet: chosen.sheet, alike: sheetsOf(alike), others: sheetsOf(others) }
}
