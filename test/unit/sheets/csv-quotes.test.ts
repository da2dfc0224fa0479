import fc from 'fast-check'
import Papa, { type ParseResult } from 'papaparse'
import { describe, expect, it } from 'vitest'
import { QuoteMender } from '@engine/sheets/csv-quotes'

/** More than any text here. */
const LONGEST = 1_000
/** A text in pieces as `QuoteMender` gives it out. */
const mendPieces = (pieces: readonly string[], separator = ',', longest = LONGEST) => {
  const mender = new QuoteMender(separator, longest)
  const parts = [...pieces.map((piece) => mender.take(piece)), mender.end()]
  return {
    text: parts.map(({ text }) => text).join(''),
    loose: parts.flatMap(({ loose }) => [...loose]),
    parts,
  }
}
const mend = (text: string, separator = ',') => mendPieces([text], separator)
const found = (text: string, separator = ',') => mend(text, separator).loose
const parsed = (text: string) =>
  new Papa.Parser({ delimiter: ',', newline: '\n' }).parse(text, 0, false) as ParseResult<string[]>
const read = (text: string) => parsed(mend(text).text).data

describe('quotation marks that hold no whole field together', () => {
  it.each([
    ['none at all', 'a,b\nc,d\n', []],
    ['fields quoted as a whole', '"a","b"\n"c","d"', []],
    ['doubled marks, separators and line feeds inside quotes', 'a,"x ""y"", z\nw"\n1,2\n', []],
    ['blanks behind a closing mark', '"a" ,"b"  \n"c","d" ', []],
    ['a mark in the middle', 'a,b\nc,d"e\n', [[2, [1]]]],
    ['a mark at the end', '6",b\nc,d\n', [[1, [0]]]],
    ['a blank before the opening mark', 'a, "b"\n', [[1, [1]]]],
    ['a pair of them counts once', 'a,b"c"d,e\n', [[1, [1]]]],
    ['two fields of a record', 'a,b"c,d"e\n', [[1, [1, 2]]]],
    ['the record behind a quoted line feed', '"a\nb",c\nd,e"f\n', [[2, [1]]]],
    ['words behind a closing mark', 'a,b\n"c"d,e\n', [[2, [0]]]],
    ['a mark that is never closed', 'a,b\n"c,d\ne,f\n', [[2, [0]]]],
    ['a mark that a later one seems to close', 'a,b\n"c,d\n"e",f\n', [[2, [0]]]],
  ] as const)('C11 %s', (_, text, loose) => {
    expect(found(text)).toEqual(loose)
  })

  it.each([
    [
      'words behind a closing mark',
      'a,"b"c,d\n1,2,3\n',
      [
        ['a', '"b"c', 'd'],
        ['1', '2', '3'],
      ],
    ],
    ['a separator inside the marks', '"a,b"c,d\n', [['"a,b"c', 'd']]],
    [
      'a mark that is never closed',
      'a,"b,c\n1,2,3\n',
      [
        ['a', '"b', 'c'],
        ['1', '2', '3'],
      ],
    ],
    [
      'a mark that a whole field closes',
      '"a,b\n"c","d"\n',
      [
        ['"a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a mark that would take whole records with it',
      'a,b,c\n1,"2,3\n4,5,6\n7,8",9\n',
      [
        ['a', 'b', 'c'],
        ['1', '"2', '3'],
        ['4', '5', '6'],
        ['7', '8"', '9'],
      ],
    ],
    [
      'lines of a quoted text stay together',
      'a,b,c,d,e\n1,2,"3\n4",5,6\n',
      [
        ['a', 'b', 'c', 'd', 'e'],
        ['1', '2', '3\n4', '5', '6'],
      ],
    ],
  ])('C11 what is read: %s', (_, text, rows) => {
    expect(read(text).filter((row) => row.join('') !== '')).toEqual(rows)
  })

  it('goes by the separator of the file', () => {
    expect(found('a;"b";c\n', ';')).toEqual([])
    expect(found('a;"b";c\n', ',')).toEqual([[1, [0]]])
  })

  it('C11 whatever stands in a text, a parser takes what is mended, and sound text is not touched', () => {
    const piece = fc.constantFrom('"', '""', ',', '\n', ' ', '甲', '\t', '"",', ',"')
    const texts = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(texts, (text) => {
        const { loose, text: mended } = mend(text)
        expect(parsed(mended).errors).toEqual([])
        if (loose.length === 0) expect(mended).toBe(text.replace(/" +$/, '"'))
      }),
      { numRuns: 2_000 },
    )
  })

  it('C11 wherever a text is cut into pieces, the same comes out, in whole records', () => {
    const piece = fc.constantFrom('"', '""', ',', '\n', ' ', '甲', '",', ',"', '"\n', ',甲,乙\n')
    const texts = fc.array(piece, { maxLength: 60 })
    fc.assert(
      fc.property(
        texts,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 2, max: 60 }),
        (words, size, longest) => {
          const text = words.join('')
          const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []
          const whole = mendPieces([text], ',', longest)
          const { parts, ...cut } = mendPieces(pieces, ',', longest)
          expect(cut).toEqual({ text: whole.text, loose: whole.loose })
          const last = parts.pop()
          const records = parts.flatMap(({ text: part }) => {
            expect(part).toMatch(/^$|\n$/)
            return part === '' ? [] : parsed(part).data.slice(0, -1)
          })
          expect([...records, ...parsed(last!.text).data]).toEqual(
            whole.text.endsWith('\n') && last!.text === ''
              ? parsed(whole.text).data.slice(0, -1)
              : parsed(whole.text).data,
          )
        },
      ),
      { numRuns: 5_000 },
    )
  })

  it('C11 a mark whose field outgrows any cell is not waited for', () => {
    const lines = '乙,丙\n'.repeat(100)
    const mender = new QuoteMender(',', 40)
    const { text, loose } = mender.take(`甲,"x\n${lines}`)
    expect([...loose]).toEqual([[1, [1]]])
    expect(text).toBe(`甲,"""x"\n${lines}`)
    expect(mender.heldChars).toBe(0)
  })

  it('C11 quoted tables are read as they were written', () => {
    const cell = fc.array(fc.constantFrom('"', ',', '\n', '甲', ' ')).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), (rows) => {
        const text = rows
          .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(','))
          .join('\n')
        expect(found(text)).toEqual([])
        expect(read(text)).toEqual(rows)
      }),
    )
  })
})
