import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeRows, encodeRows } from '@engine/sheets/row-wire'
import type { SheetCell, SheetRow } from '@engine/sheets/sheet-types'

const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.constantFrom('', '甲', '乙'))
const cell: fc.Arbitrary<SheetCell> = fc.record(
  {
    text,
    kind: fc.constantFrom(
      'text' as const,
      'number' as const,
      'date' as const,
      'boolean' as const,
      'error' as const,
      'formula' as const,
    ),
    format: text,
    struck: fc.constant(true as const),
  },
  { requiredKeys: ['text', 'kind'] },
)
const row: fc.Arbitrary<SheetRow> = fc.record(
  {
    row: fc.integer({ min: 1, max: 1_048_576 }),
    cells: fc.array(fc.option(cell), { minLength: 1, maxLength: 10 }),
    hidden: fc.constant(true as const),
  },
  { requiredKeys: ['row', 'cells'] },
)

describe('rows on the wire', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        expect(decodeRows(structuredClone(encodeRows(rows)))).toEqual(rows)
      }),
    )
  })
})
