import { encoded } from '@test/integration/acceptance/bad-files'
import { mutateBytes } from './byte-mutation'
import type { FuzzCase } from './fuzz-case'
import type { Seeded } from './seeded'
import { fuzzTable } from './table-of-fuzz'

const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const line = (cells: readonly string[]): string => cells.map(field).join(',')
const lines = fuzzTable.map(line)
const ENDS = ['\r\n', '\n', '\r']
const PIECES = [
  ...[
    '"',
    '""',
    '"""',
    ',',
    ',,,,',
    '\n',
    '\r',
    '\r\n',
    '\t',
    ';',
    '\u0000',
    '\u001a',
    '\ufeff',
    '\u200b',
    '=',
    "'",
  ],
  ...['锟斤拷', '\ufffd', '𠮷', '4.4E+17', 'a'.repeat(40_000), '"x"y', '" "', '\\"', '合计'],
]

type Encode = (text: string) => Buffer
const encodings: readonly Encode[] = [
  (text) => Buffer.from(text),
  (text) => Buffer.from(`\ufeff${text}`),
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
]
/** GBK has no four-byte characters; the table's only one gives way. */
const gbk: Encode = (text) => encoded(text.replaceAll('𠮷', '吉'), 'gb18030')

/** One record changed, in any encoding and with any line ends: the others are read as they stand. */
export function recordCase(random: Seeded): FuzzCase {
  const chosen = 1 + random.below(lines.length - 1)
  // Now and then the record of a neighbour as it is, so that one stands there twice.
  const isRepeated = random.chance(0.2)
  let text = lines[isRepeated ? 1 + random.below(lines.length - 1) : chosen]!
  random.times(3, () => {
    if (isRepeated) return
    const at = random.below(text.length + 1)
    const gone = random.chance(0.5) ? random.below(8) : 0
    text = text.slice(0, at) + random.pick(PIECES) + text.slice(at + gone)
  })
  const end = random.pick(ENDS)
  const whole =
    lines.map((one, at) => (at === chosen ? text : one)).join(end) + (random.chance(0.5) ? end : '')
  const untouched = fuzzTable.map((_, at) => at).filter((at) => at !== chosen)
  return { name: 'a.csv', bytes: random.pick(encodings)(whole), table: fuzzTable, untouched, isWhole: false }
}

/** A part of the table: a file of few characters gives a wrong encoding the best chance to pass. */
function partOfTable(random: Seeded): readonly (readonly string[])[] {
  const from = random.below(fuzzTable[0]!.length)
  const to = from + 1 + random.below(fuzzTable[0]!.length - from)
  return fuzzTable.slice(0, 2 + random.below(fuzzTable.length - 1)).map((cells) => cells.slice(from, to))
}

/** The bytes of one record in any encoding: a damaged character must not make others of all the rest. */
export function recordBytesCase(random: Seeded): FuzzCase {
  const encode = random.pick([...encodings, gbk])
  const end = random.pick(ENDS)
  const table = partOfTable(random)
  const records = table.map((cells) => line(cells) + end)
  const chosen = 1 + random.below(records.length - 1)
  const before = encode(records.slice(0, chosen).join(''))
  const upTo = encode(records.slice(0, chosen + 1).join(''))
  const all = encode(records.join(''))
  const endBytes = encode(end).length - encode('').length
  const record = all.subarray(before.length, upTo.length - endBytes)
  const bytes = Buffer.concat([
    before,
    mutateBytes(record, random),
    all.subarray(before.length + record.length),
  ])
  const isGbk = encode === gbk
  const isLost = (cells: readonly string[]): boolean =>
    cells.every((cell) => cell === '') || (isGbk && cells.join('').includes('𠮷'))
  const untouched = table.flatMap((cells, at) => (at === chosen || isLost(cells) ? [] : [at]))
  return { name: 'a.csv', bytes, table, untouched, isWhole: false }
}
