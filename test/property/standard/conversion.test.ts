import { loadInstalledStandard } from '@engine/standards/installed-standard'
import type { FieldSpec } from '@shared/standard/pack'
import fc from 'fast-check'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const installed = loadInstalledStandard(resolve(import.meta.dirname, '../../../resources'))
const conversions = [...installed.conversions.values()]

/** Meanings in the words of the labels, written down without a look at the conversions. Order matters. */
const MEANINGS: readonly (readonly [meaning: string, words: RegExp])[] = [
  ['credit code', /代码_1|^统一社会信用代码/],
  ['organisation code', /组织机构代码/],
  ['registration number', /工商登记码|工商注册号/],
  ['tax number', /税务登记号/],
  ['identity number', /居民身份证号|证件号码/],
  ['name of the subject', /^行政相对人名称/],
  ['representative', /^法定代表人(?:姓名)?$/],
  ['document number', /决定(?:文)?书文?号/],
  ['kind of licence', /审批类别|许可类别/],
  ['what is allowed', /^许可内容/],
  ['day of the decision', /决定日期/],
  ['last day', /许可截止期|有效期至/],
  ['last day of display', /公示截止期/],
  ['authority', /^(?:许可|处罚)机关$/],
  ['state', /当前状态/],
  ['kinds of penalty', /处罚类别/],
  ['what was done', /处罚事由|违法事实/],
  ['grounds', /处罚依据/],
  ['what was imposed', /处罚结果|^处罚内容/],
  ['remarks', /^备注/],
]

/** What the states of 2015 are called today; the numbers 1 and 2 stand for other states than then. */
const STATES: Readonly<Record<string, string>> = { 正常: '有效', 撤销: '无效' }

const meaningOf = ({ label }: FieldSpec): string =>
  MEANINGS.find(([, words]) => words.test(label))?.[0] ?? `only “${label}”`

const text = fc.string({ unit: 'grapheme', maxLength: 30 })

/** Any cells under an old layout, sound ones among them. */
const cellsOf = (fields: readonly FieldSpec[]) =>
  fc.record(
    Object.fromEntries(
      fields.map((field) => {
        const codes = conversions.flatMap(
          ({ layout }) => layout.codeLists[field.codeList ?? '']?.items.map((item) => item.value) ?? [],
        )
        const sound = [
          ...codes,
          '2017/11/10',
          '91360000625912173B',
          '110108000000016',
          '11010519491231002X',
          '2',
        ]
        return [field.code, fc.oneof(text, fc.constantFrom(...sound), fc.constant(''))]
      }),
    ),
    { requiredKeys: [] },
  )

const cells = (texts: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(
    Object.entries(texts).map(([code, value = '']) => [code, { text: value, kind: 'text' as const }]),
  )

describe.each(conversions.map((one) => [one.source.spec.code, one] as const))(
  'converting %s',
  (_, conversion) => {
    const { source, convert, layout } = conversion
    const oldFields = source.fields.filter((field) => !layout.supplements.has(field.code))

    it('moves every value into a field of the same meaning', () => {
      for (const field of source.fields) {
        // Each old field alone, with a value that no other has; whatever carries it must mean the same.
        const value = { date: '2017-11-10', code: undefined }[field.type as string] ?? `值${field.code}`
        const list = layout.codeLists[field.codeList ?? '']
        for (const one of list?.items.map((item) => item.value) ?? [value]) {
          const old = { values: { [field.code]: one }, changes: [], issues: [] }
          const { type, values } = convert(old)
          for (const target of type.fields) {
            if (values[target.code] !== one) continue
            // A state that is always said (0 when blank) is no value of this field.
            if (list !== undefined && target.codeList === undefined) continue
            if (meaningOf(target) === 'state' && meaningOf(field) !== 'state') continue
            expect([field.label, target.label, meaningOf(target)]).toEqual([
              field.label,
              target.label,
              meaningOf(field),
            ])
          }
        }
      }
    })

    it('carries no code over by its number: an unchanged code has an unchanged meaning', () => {
      for (const field of source.fields) {
        for (const item of layout.codeLists[field.codeList ?? '']?.items ?? []) {
          const old = { values: { [field.code]: item.value }, changes: [], issues: [] }
          const { type, values } = convert(old)
          for (const target of type.fields) {
            const code = values[target.code]
            if (code === undefined || target.codeList === undefined) continue
            if (meaningOf(target) !== meaningOf(field)) continue
            const parts = target.type === 'multiCode' ? code.split(';') : [code]
            const labels = parts.map(
              (part) =>
                installed.pack.codeLists[target.codeList!]!.items.find((one) => one.value === part)?.label,
            )
            const expected = STATES[item.label] ?? item.label
            expect([field.label, item.label, labels]).toEqual([field.label, item.label, [expected]])
          }
        }
      }
    })

    it('takes anything, and gives values that are normal in the new type', () => {
      fc.assert(
        fc.property(cellsOf(source.fields), (texts) => {
          const { type, values, issues, changes } = convert(source.normalise(cells(texts)))
          const known = new Set(type.fields.map((field) => field.code))
          for (const { field } of [...issues, ...changes]) expect(known).toContain(field)
          const again = type.normalise(cells(values)).values
          for (const field of type.fields) {
            // A code that the old list does not know is not guessed at, whatever number the new list gives it.
            if (field.codeList !== undefined && again[field.code] !== values[field.code]) continue
            expect([field.code, again[field.code]]).toEqual([field.code, values[field.code]])
          }
          type.check(values, { today: '2026-11-23' })
          for (const issue of issues) expect(type.message(issue)).not.toMatch(/\{\w+\}/)
        }),
        { numRuns: 300 },
      )
    })

    it('never invents an amount, a day or a code of an authority', () => {
      fc.assert(
        fc.property(cellsOf(oldFields), (texts) => {
          const old = source.normalise(cells(texts))
          const { type, values } = convert(old)
          const said = new Set(Object.values(old.values))
          for (const field of type.fields) {
            const value = values[field.code]
            if (value === undefined) continue
            expect(field.type).not.toBe('decimal')
            if (field.type === 'date' || field.format === 'uscc') expect(said).toContain(value)
          }
        }),
        { numRuns: 300 },
      )
    })

    it('never shows an identity number outside the fields that are masked', () => {
      const number = '11010519491231002X'
      const personal = oldFields.filter((field) => field.format === 'idDocument')
      expect(personal).toHaveLength(1)
      fc.assert(
        fc.property(cellsOf(source.fields.filter((field) => !personal.includes(field))), (texts) => {
          const others = Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== number))
          const { type, values, issues } = convert(
            source.normalise(cells({ ...others, [personal[0]!.code]: number })),
          )
          for (const field of type.fields) {
            if (values[field.code] === number) expect(field.sensitivity).toBe('personal')
          }
          for (const issue of issues) expect(type.message(issue)).not.toContain(number)
          expect(type.naturalKey(values) ?? '').not.toContain(number)
        }),
        { numRuns: 200 },
      )
    })
  },
)
