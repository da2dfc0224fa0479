/** Finds the parts of a workbook: which member is the workbook, its sheets, strings and styles. */
import { posix } from 'node:path'
import { refuse } from '@shared/kernel/failure'
import type { ForeignFileKind } from '@shared/texts/zh-CN/file-terms'
import { isOn } from './cell-styles'
import { refuseForeign, refuseUnsafe } from './file-refusals'
import type { SheetInfo, SheetWarning } from './sheet-types'
import { MARK_SHEET } from './template-mark'
import { readPart, type PartSource } from './xml-part'
import type { XmlHandler, XmlTag } from './xml-tokenizer'

/** A sheet and the member that holds it. */
export interface SheetPart extends SheetInfo {
  readonly member: string
}

/** The parts a reader needs. */
export interface WorkbookParts {
  readonly sheets: readonly SheetPart[]
  readonly sharedStrings: string | null
  readonly styles: string | null
  /** Day numbers count from 1904. */
  readonly is1904: boolean
  readonly warnings: readonly SheetWarning[]
}

interface Relationship {
  readonly id: string
  /** Last step of the type address; the transitional and the strict ones end alike. */
  readonly kind: string
  readonly target: string
}

/**
 * Lists the parts. Refuses `input.not-a-workbook` when the archive is something else, `input.unsafe-workbook`
 * (reason `macro` or `xlsb`) and `input.damaged` when a part that is named does not exist or is named twice.
 */
export async function readWorkbookParts(source: PartSource): Promise<WorkbookParts> {
  const { archive, file } = source
  if (!archive.has('[Content_Types].xml')) refuseForeign(file, await foreignKind(source))
  const { names } = archive
  if (names.some((name) => /(?:^|\/)vbaProject\.bin$/i.test(name))) refuseUnsafe(file, 'macro')
  if (names.some((name) => /^xl\/workbook\.bin$/i.test(name))) refuseUnsafe(file, 'xlsb')

  const workbook = (await readRelationships(source, '')).find(({ kind }) => kind === 'officeDocument')?.target
  if (workbook === undefined || !archive.has(workbook)) return refuse('input.damaged', { file })
  if (/^(?:word|ppt|visio)\//i.test(workbook)) refuseForeign(file, await foreignKind(source))
  const relationships = await readRelationships(source, workbook)
  const handler = new WorkbookHandler()
  await readPart(source, workbook, handler)
  const sheets = handler.sheets.flatMap(({ id, name, hidden }): SheetPart[] => {
    const relationship = relationships.find((candidate) => candidate.id === id)
    if (relationship === undefined) return refuse('input.damaged', { file })
    return relationship.kind === 'worksheet'
      ? [{ name, hidden, member: requireMember(source, relationship.target) }]
      : []
  })
  // Each sheet has a part of its own; a list without end would have one part read over and over.
  const members = new Set(sheets.map(({ member }) => member))
  if (sheets.length === 0 || members.size < sheets.length) refuse('input.damaged', { file })
  const optional = (kind: string): string | null => {
    const target = relationships.find((relationship) => relationship.kind === kind)?.target
    return target === undefined ? null : requireMember(source, target)
  }
  return {
    sheets,
    sharedStrings: optional('sharedStrings'),
    styles: optional('styles'),
    is1904: handler.is1904,
    warnings: warningsOf(names, sheets, handler.is1904),
  }
}

class WorkbookHandler implements XmlHandler {
  readonly isCapturing = false
  readonly sheets: { id: string; name: string; hidden: boolean }[] = []
  is1904 = false

  open(name: string, tag: XmlTag): void {
    if (name === 'sheet') {
      const state = tag.attribute('state')
      const hidden = state === 'hidden' || state === 'veryHidden'
      this.sheets.push({ id: tag.attribute('id') ?? '', name: tag.attribute('name') ?? '', hidden })
    } else if (name === 'workbookPr') {
      const date1904 = tag.attribute('date1904')
      this.is1904 = date1904 !== null && isOn(date1904)
    }
  }

  close(): void {}
  text(): void {}
}

class RelationshipHandler implements XmlHandler {
  readonly isCapturing = false
  readonly found: Relationship[] = []

  constructor(private readonly folder: string) {}

  open(name: string, tag: XmlTag): void {
    // What lies outside the file is never followed.
    if (name !== 'Relationship' || tag.attribute('TargetMode') === 'External') return
    const target = tag.attribute('Target') ?? ''
    const path = target.startsWith('/') ? target.slice(1) : posix.join(this.folder, target)
    this.found.push({
      id: tag.attribute('Id') ?? '',
      kind: (tag.attribute('Type') ?? '').split('/').at(-1) ?? '',
      target: path,
    })
  }

  close(): void {}
  text(): void {}
}

async function readRelationships(source: PartSource, owner: string): Promise<readonly Relationship[]> {
  const folder = owner === '' ? '' : posix.dirname(owner)
  const member = posix.join(folder, '_rels', `${posix.basename(owner)}.rels`)
  const handler = new RelationshipHandler(folder)
  await readPart(source, member, handler)
  return handler.found
}

function requireMember(source: PartSource, member: string): string {
  return source.archive.has(member) ? member : refuse('input.damaged', { file: source.file })
}

/** What an archive without a workbook is. */
async function foreignKind({ archive }: PartSource): Promise<ForeignFileKind> {
  if (archive.has('mimetype')) {
    let mimeType = ''
    for await (const piece of archive.read('mimetype')) mimeType += piece.toString('latin1').slice(0, 200)
    if (mimeType.includes('opendocument.spreadsheet')) return 'ods'
    if (mimeType.includes('opendocument')) return 'odf'
  }
  const { names } = archive
  if (names.some((name) => name.startsWith('word/'))) return 'docx'
  if (names.some((name) => name.startsWith('ppt/'))) return 'pptx'
  return 'zip'
}

function warningsOf(
  names: readonly string[],
  sheets: readonly SheetPart[],
  is1904: boolean,
): readonly SheetWarning[] {
  const warnings: SheetWarning[] = sheets
    .filter(({ hidden, name }) => hidden && name !== MARK_SHEET)
    .map(({ name }) => ({ code: 'hidden-sheet', params: { sheet: name } }))
  if (is1904) warnings.push({ code: 'date-1904', params: {} })
  if (names.some((name) => name.startsWith('xl/externalLinks/')))
    warnings.push({ code: 'external-links', params: {} })
  if (names.some((name) => /^xl\/(?:embeddings|activeX)\//.test(name)))
    warnings.push({ code: 'embedded-objects', params: {} })
  return warnings
}
