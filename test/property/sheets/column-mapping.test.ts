import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mapColumns } from '@engine/sheets/column-mapping'
import { guessRecordType } from '@engine/sheets/record-type-guess'
import type { SheetRow } from '@engine/sheets/sheet-types'
import { foldForKey } from '@shared/kernel/text'
import type { FieldSpec, RecordTypeSpec } from '@shared/standard/pack'
import { inventedName, inventedUscc } from '@test/fixtures/invented-subjects'
import { standard } from '@test/unit/standard/sample-standard'

const officialTypes = ['XZXK_FR', 'XZXK_ZRR', 'XZCF_FR', 'XZCF_ZRR', 'RYBZ_FR'] as const
const specOf = (code: string): RecordTypeSpec => standard.types.get(code)!.spec
const fieldsOf = (code: string): readonly FieldSpec[] =>
  specOf(code).fields.filter(({ envelope }) => envelope !== true)

/** Names that mean one field of the type and no other. */
function namesOf(type: string, field: FieldSpec): readonly string[] {
  const others = new Set(
    fieldsOf(type)
      .filter(({ code }) => code !== field.code)
      .flatMap(({ code, label, aliases }) => [code, label, ...aliases].map(foldForKey)),
  )
  return [field.code, field.label, ...field.aliases].filter((name) => !others.has(foldForKey(name)))
}

const widen = (text: string): string =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
const spellings: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => `*${name}`,
  (name) => `${name}（必填）`,
  (name) => `【选填】${name}`,
  (name) => `  ${name}\n`,
  (name) => [...name].join(' '),
  widen,
  (name) => name.replace(/[(（]/g, '【').replace(/[)）]/g, '】'),
  (name) => name.toLowerCase(),
]

/** A plausible value of a field in one row. */
function valueOf({ format, type, code }: FieldSpec, row: number): string {
  if (format === 'uscc') return inventedUscc(/JGDM|LYDW|SJLY/.test(code) ? 1 : 500 + row)
  if (format === 'docNo') return `萍示〔2026〕${row}号`
  if (type === 'date') return `2026年11月${row + 1}日`
  if (type === 'decimal' || type === 'integer') return String(row + 1)
  return format === undefined && (type === 'text' || type === 'longText') ? inventedName(row) : ''
}

const sheet = fc.constantFrom(...officialTypes).chain((type) => {
  const fields = fieldsOf(type)
  const required = fields.filter((field) => field.required === 'always')
  const optional = fields.filter((field) => field.required !== 'always')
  return fc
    .tuple(fc.subarray(optional), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 5 }))
    .chain(([more, junk, above]) =>
      fc.tuple(
        fc.shuffledSubarray([...required, ...more], { minLength: required.length + more.length }),
        fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: fields.length, maxLength: fields.length }),
        fc.constant(junk),
        fc.constant(above),
        fc.integer({ min: 1, max: 8 }),
      ),
    )
    .map(([columns, picks, junk, above, count]) => {
      const headers = columns.map((field, at) => {
        const names = namesOf(type, field)
        const [name, spelling] = picks[at]!
        return spellings[spelling % spellings.length]!(names[name % names.length] ?? field.code)
      })
      const texts = [
        ...Array.from({ length: above }, (_, at) => [`说明第${at + 1}行`]),
        [...headers, ...Array.from({ length: junk }, (_, at) => `内部栏${at + 1}`)],
        ...Array.from({ length: count }, (_, row) => columns.map((field) => valueOf(field, row))),
      ]
      const rows = texts.map((cells, at): SheetRow => ({
        row: at + 1,
        cells: cells.map((text) => (text === '' ? null : { text, kind: 'text' })),
      }))
      return { type, columns, rows, headerRow: above + 1, junk }
    })
})

describe('columns are what they are called, however they are spelled and wherever they stand', () => {
  it('every column finds its field, nothing is asked, nothing is made up', () => {
    fc.assert(
      fc.property(sheet, ({ type, columns, rows, headerRow, junk }) => {
        const mapped = mapColumns({
          file: 'a.xlsx',
          rows,
          spec: specOf(type),
          codeLists: standard.pack.codeLists,
        })
        if (!mapped.ok) throw new Error(mapped.failure.code)
        expect(mapped.value.headerRow).toBe(headerRow)
        const found = mapped.value.columns.map(({ field, question }) => [field, question])
        const expected = [...columns.map(({ code }) => code), ...Array<null>(junk).fill(null)]
        expect(found).toEqual(expected.map((field) => [field, null]))
        expect(mapped.value.duplicates).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  it('the type is recognised by the same header', () => {
    fc.assert(
      fc.property(sheet, ({ type, rows }) => {
        expect(guessRecordType(rows, standard.pack.recordTypes)[0]?.recordType).toBe(type)
      }),
      { numRuns: 60 },
    )
  })

  it('without a header the values of the subject tell their column', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 20 }),
        fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
        (count, order) => {
          const table = [
            ['行政相对人名称', '企业编码', '案号'],
            ...Array.from({ length: count }, (_, row) => [
              inventedName(row),
              inventedUscc(900 + row),
              `萍示许〔2026〕${row + 1}号`,
            ]),
          ]
          const rows = table.map((cells, at): SheetRow => ({
            row: at + 1,
            cells: order.map((column) => ({ text: cells[column]!, kind: 'text' })),
          }))
          const mapped = mapColumns({ file: 'a', rows, spec: specOf('XZXK_FR'), headerRow: 1 })
          if (!mapped.ok) throw new Error(mapped.failure.code)
          const fields = ['XK_XDR_MC', 'XK_XDR_SHXYM', 'XK_WSH']
          expect(mapped.value.columns.map(({ field }) => field)).toEqual(
            order.map((column) => fields[column]),
          )
        },
      ),
      { numRuns: 30 },
    )
  })
})
