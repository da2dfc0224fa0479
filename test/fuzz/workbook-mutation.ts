import { textRow, workbookMembers } from '@test/fixtures/sheets/raw-workbook'
import { rawZip } from '@test/fixtures/sheets/raw-zip'
import type { RawMember } from '@test/fixtures/sheets/raw-zip'
import { mutateBytes } from './byte-mutation'
import type { FuzzCase } from './fuzz-case'
import type { Seeded } from './seeded'
import { fuzzTable } from './table-of-fuzz'
import { mutateXml } from './xml-mutation'

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const rowXml = (at: number): string => textRow(at + 1, fuzzTable[at]!.map(escaped))
const rows = fuzzTable.map((_, at) => rowXml(at))
const members = (sheet: string): readonly RawMember[] => workbookMembers({ sheet })
const good = rawZip(members(rows.join('')))
const NAMES = [
  '../x.xml',
  'xl/workbook.xml',
  'XL/WORKBOOK.XML',
  'C:\\x',
  '',
  'a'.repeat(300),
  'xl/vbaProject.bin',
  '__proto__',
]

/** The bytes of the archive: whatever is still taken must be what was written. */
export function bytesCase(random: Seeded): FuzzCase {
  return {
    name: 'a.xlsx',
    table: fuzzTable,
    bytes: mutateBytes(good, random),
    untouched: fuzzTable.map((_, at) => at),
    isWhole: true,
  }
}

/** The members of the archive: dropped, renamed, swapped, lied about. */
export function membersCase(random: Seeded): FuzzCase {
  const list = [...members(rows.join(''))]
  random.times(4, () => {
    const at = random.below(list.length)
    const member = list[at]!
    const other = random.below(list.length)
    const change = random.below(7)
    if (change === 0) list.splice(at, 1)
    else if (change === 1) list.push(member)
    else if (change === 2) list[at] = { ...member, name: random.pick(NAMES) }
    else if (change === 3) list[at] = { ...member, data: list[other]!.data }
    else if (change === 4)
      list[at] = { ...member, lie: { [random.pick(['size', 'crc'])]: random.below(1e9) } }
    else if (change === 5) list[at] = { ...member, stored: true, flags: random.pick([0, 1, 8, 0x800, 0x801]) }
    else list[at] = { ...member, data: mutateBytes(Buffer.from(member.data as string), random) }
    if (list.length === 0) list.push(member)
  })
  return { name: 'a.xlsx', table: fuzzTable, bytes: rawZip(list), untouched: [], isWhole: false }
}

/** The XML of any part, changed without regard for what it means. */
export function partXmlCase(random: Seeded): FuzzCase {
  const list = members(rows.join(''))
  const chosen = random.below(list.length)
  const mutated = list.map((member, at) =>
    at === chosen ? { ...member, data: mutateXml(String(member.data), random) } : member,
  )
  return { name: 'a.xlsx', table: fuzzTable, bytes: rawZip(mutated), untouched: [], isWhole: false }
}

/** The XML of one row: the others are read as they stand, or the file is refused. */
export function rowXmlCase(random: Seeded): FuzzCase {
  const chosen = 1 + random.below(rows.length - 1)
  const sheet = rows.map((row, at) => (at === chosen ? mutateXml(row, random) : row)).join('')
  const untouched = fuzzTable.map((_, at) => at).filter((at) => at !== chosen)
  return { name: 'a.xlsx', table: fuzzTable, bytes: rawZip(members(sheet)), untouched, isWhole: false }
}

const KINDS = [
  't="s"',
  't="str"',
  't="n"',
  't="b"',
  't="e"',
  't="d"',
  't="inlineStr"',
  's="3"',
  's="99999"',
  '',
]
const CONTENTS = [
  '0',
  '-1',
  '1e308',
  '1e999',
  '45292',
  '440106199001011234',
  '4.4E+17',
  'TRUE',
  '#N/A',
  '2026-01-01',
  '',
  'x',
  '99',
]

/** The kind and content of single cells in one row. */
export function cellsCase(random: Seeded): FuzzCase {
  const chosen = 1 + random.below(rows.length - 1)
  const cells = fuzzTable[chosen]!.map((text) => {
    if (random.chance(0.7)) return `<c t="inlineStr"><is><t>${escaped(text)}</t></is></c>`
    const formula = random.chance(0.3) ? '<f>A1&amp;"x"</f>' : ''
    const content = random.pick(CONTENTS)
    return random.chance(0.2)
      ? `<c ${random.pick(KINDS)}><is><t>${content}</t></is></c>`
      : `<c ${random.pick(KINDS)}>${formula}<v>${content}</v></c>`
  })
  const changed = `<row r="${chosen + 1}">${cells.join('')}</row>`
  const sheet = rows.map((row, at) => (at === chosen ? changed : row)).join('')
  const untouched = fuzzTable.map((_, at) => at).filter((at) => at !== chosen)
  return { name: 'a.xlsx', table: fuzzTable, bytes: rawZip(members(sheet)), untouched, isWhole: false }
}
