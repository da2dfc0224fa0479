/** Writes the Excel template of a record type from the standard: every header, list and hint is data of the pack. */
import ExcelJS, { type Workbook, type Worksheet } from 'exceljs'
import type { CodeList, FieldSpec, RecordTypeSpec, StandardPack } from '@shared/standard/pack'
import { fill } from '@shared/texts/fill'
import { templateFormatTexts, templateTexts } from '@shared/texts/zh-CN/workbook-texts'
import { columnLetters } from './cell-address'
import { importedFields } from './header-matching'
import { writeWhole } from './output-file'
import { CODES_ROW, MARK_SHEET, markCells } from './template-mark'
import { FONT_NAME, headerFill, plainText, sheetName, TEXT_FORMAT, writeText } from './workbook-cells'

/** Rows below the header that get drop-downs and hints. */
const PREPARED_ROWS = 5_000
/** Excel cuts longer prompts off. */
const PROMPT_CHARS = 250
const TITLE_CHARS = 32

/**
 * A date is shown as one; a number that is none, such as 20260302, stays visible instead of turning into a row of #, and
 * is read as the date that it spells.
 */
const DATE_FORMAT = '[<=2958465]yyyy-mm-dd;0'

interface Hint {
  readonly title: string
  readonly prompt: string
}

/** exceljs has the collection but leaves it out of its types. */
interface WithValidations {
  readonly dataValidations: { add(range: string, validation: object): void }
}

/** Writes the template of a record type to a file. Refuses `output.not-writable`. */
export async function writeTemplate(pack: StandardPack, spec: RecordTypeSpec, target: string): Promise<void> {
  const workbook = new ExcelJS.Workbook()
  const fields = importedFields(spec)
  const sheet = workbook.addWorksheet(sheetName(spec.title, spec.code), {
    views: [{ state: 'frozen', ySplit: 1 }],
  })
  addHelpSheet(workbook, pack, spec, fields)
  const marks = workbook.addWorksheet(MARK_SHEET, { state: 'veryHidden' })
  const mark = { kind: 'template', standard: pack.id, version: pack.version, recordType: spec.code } as const
  markCells(mark).forEach((text, index) => writeText(marks.getCell(1, index + 1), text))
  fields.forEach((field, index) => addColumn(sheet, marks, field, index + 1, listOf(pack, field)))
  sheet.getRow(1).height = 32
  await writeWhole(target, (path) => workbook.xlsx.writeFile(path))
}

function addColumn(
  sheet: Worksheet,
  marks: Worksheet,
  field: FieldSpec,
  at: number,
  list: CodeList | null,
): void {
  const column = sheet.getColumn(at)
  column.width = Math.min(60, Math.max(10, field.width))
  column.numFmt = field.type === 'date' ? DATE_FORMAT : TEXT_FORMAT
  const header = sheet.getCell(1, at)
  writeText(header, headerOf(field))
  header.fill = headerFill
  header.font = { name: FONT_NAME, bold: true }
  header.alignment = { wrapText: true, vertical: 'middle' }
  writeText(marks.getCell(CODES_ROW, at), field.code)
  const items = list?.items.map(({ label }) => label) ?? []
  items.forEach((label, index) => writeText(marks.getCell(CODES_ROW + 1 + index, at), label))
  const letters = columnLetters(at)
  const range = `${letters}2:${letters}${PREPARED_ROWS + 1}`
  ;(sheet as unknown as WithValidations).dataValidations.add(range, validationOf(field, items, letters))
}

/** Lists only warn: a code with a description (其他-说明) is not in any list. */
function validationOf(field: FieldSpec, items: readonly string[], letters: string): object {
  const { title, prompt } = hintOf(field, items)
  const shown = {
    allowBlank: true,
    showInputMessage: true,
    promptTitle: title.slice(0, TITLE_CHARS),
    prompt: prompt.slice(0, PROMPT_CHARS),
  }
  if (items.length > 0 && field.type !== 'multiCode') {
    const source = `'${MARK_SHEET}'!$${letters}$${CODES_ROW + 1}:$${letters}$${CODES_ROW + items.length}`
    return { ...shown, type: 'list', formulae: [source], showErrorMessage: true, errorStyle: 'warning' }
  }
  return {
    ...shown,
    type: 'textLength',
    operator: 'lessThanOrEqual',
    formulae: [field.maxLength ?? 4000],
    showErrorMessage: false,
  }
}

function hintOf(field: FieldSpec, items: readonly string[]): Hint {
  const help = field.help === undefined ? '' : `\n${field.help}`
  if (field.type === 'date')
    return { title: templateTexts.dateTitle, prompt: templateTexts.datePrompt + help }
  if (field.type === 'multiCode') {
    return {
      title: templateTexts.manyTitle,
      prompt: fill(templateTexts.manyPrompt, { items: items.join('、') }),
    }
  }
  if (items.length > 0) return { title: templateTexts.listTitle, prompt: field.help ?? field.label }
  if (field.format !== undefined)
    return { title: templateTexts.codeTitle, prompt: templateTexts.codePrompt + help }
  return { title: field.label, prompt: field.help ?? formatOf(field) }
}

function addHelpSheet(
  workbook: Workbook,
  pack: StandardPack,
  spec: RecordTypeSpec,
  fields: readonly FieldSpec[],
): void {
  const sheet = workbook.addWorksheet(templateTexts.helpSheet)
  writeText(sheet.getCell(1, 1), fill(templateTexts.intro, { title: spec.title, version: pack.version }))
  sheet.mergeCells(1, 1, 1, templateTexts.helpColumns.length)
  const rows = [
    templateTexts.helpColumns,
    ...fields.map((field) => [
      field.label,
      requirednessOf(field),
      formatOf(field),
      choicesOf(pack, field),
      field.help ?? '',
    ]),
  ]
  rows.forEach((texts, row) =>
    texts.forEach((text, column) => {
      const cell = sheet.getCell(row + 2, column + 1)
      writeText(cell, text)
      cell.alignment = { wrapText: true, vertical: 'top' }
      if (row === 0) cell.font = { name: FONT_NAME, bold: true }
    }),
  )
  ;[32, 8, 24, 40, 60].forEach((width, index) => (sheet.getColumn(index + 1).width = width))
}

function headerOf(field: FieldSpec): string {
  return plainText(field.required === 'always' ? `${templateTexts.requiredMark}${field.label}` : field.label)
}

function requirednessOf({ required }: FieldSpec): string {
  if (required === 'always') return templateTexts.always
  return required === 'never' ? templateTexts.never : templateTexts.conditional
}

function formatOf(field: FieldSpec): string {
  const format = fill(templateFormatTexts[field.type], {
    limit: field.maxLength ?? null,
    scale: field.scale ?? 0,
  })
  return field.unit === undefined ? format : format + fill(templateFormatTexts.unit, { unit: field.unit })
}

function choicesOf(pack: StandardPack, field: FieldSpec): string {
  return (
    listOf(pack, field)
      ?.items.map(({ value, label }) => (value === label ? label : `${value} ${label}`))
      .join('；') ?? ''
  )
}

function listOf(pack: StandardPack, field: FieldSpec): CodeList | null {
  return field.codeList === undefined ? null : (pack.codeLists[field.codeList] ?? null)
}
