import { describe, expect, it } from 'vitest'
import { looseQuotesOf } from '@engine/sheets/csv-quotes'

const found = (text: string, separator = ',') => [...looseQuotesOf(text, separator)]

describe('quotation marks inside fields that are not quoted', () => {
  it.each([
    ['none at all', 'a,b\nc,d\n', []],
    ['fields quoted as a whole', '"a","b"\n"c","d"', []],
    ['doubled marks, separators and line feeds inside quotes', 'a,"x ""y"", z\nw"\n1,2\n', []],
    ['a mark in the middle', 'a,b\nc,d"e\n', [[2, 1]]],
    ['a mark at the end', '6",b\nc,d\n', [[1, 0]]],
    ['a blank before the opening mark', 'a, "b"\n', [[1, 1]]],
    ['a pair of them counts once', 'a,b"c"d,e\n', [[1, 1]]],
    ['the record behind a quoted line feed', '"a\nb",c\nd,e"f\n', [[2, 1]]],
    ['a mark that is never closed', 'a,b\n"c,d\ne"f', []],
  ] as const)('%s', (_, text, loose) => {
    expect(found(text)).toEqual(loose)
  })

  it('goes by the separator of the file', () => {
    expect(found('a;"b";c\n', ';')).toEqual([])
    expect(found('a;"b";c\n', ',')).toEqual([[1, 0]])
  })
})
