import { goodTable } from '@test/integration/acceptance/bad-files'

/** The table that every case starts from: a header and good rows, some with what CSV has to quote. */
export const fuzzTable: readonly (readonly string[])[] = (() => {
  const [header, ...rows] = goodTable(12, 70_000)
  const remarks = [
    '',
    '第一批',
    '含“引号”',
    'a,b',
    '说"话"',
    '两\n行',
    '𠮷野',
    '=1+1',
    '',
    '0012',
    '  x',
    '末行',
  ]
  return [[...header!, '备注'], ...rows.map((cells, at) => [...cells, remarks[at]!])]
})()

/** The texts of a row as it stands in the file, without blank cells at the end. */
export const trimmedRow = (cells: readonly string[]): readonly string[] => {
  let length = cells.length
  while (length > 0 && cells[length - 1] === '') length--
  return cells.slice(0, length)
}
