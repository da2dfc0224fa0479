import { addDays } from '@shared/kernel/calendar-date'
import type { FieldSpec, StandardPack } from '@shared/standard/pack'
import fc from 'fast-check'
import { inventedUscc } from '@test/fixtures/invented-subjects'

const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length })

const days = fc.integer({ min: 0, max: 3_652_058 }).map((day) => addDays('0001-01-01', day))
const nearDays = fc.constantFrom(
  '2024-02-29', '2023-02-29', '1900-02-29', '2000-02-29', '0000-02-29', '0000-01-01', '0001-01-01', '9999-12-31',
  '2100-02-29', '2024-04-31', '2024-13-01', '2024-00-10', '2024-01-00', '2024-1-05', '20240105', '2024-02-30',
  '2024-01-05 ', '２０２４-01-05', '10000-01-01', '2024-01-05T00:00:00Z', '2024/01/05', '-001-01-01',
) // prettier-ignore

const amounts = fc.oneof(
  fc.tuple(fc.nat(), fc.nat(9_999_999)).map(([whole, part]) => `${whole}.${part}`),
  fc.nat().map(String),
  fc.constantFrom(
    '0', '0.0', '0.00', '00', '01', '00.5', '-1', '-0', '+1', '1.', '.5', '1e3', '1E5', '1,000', '２', '2万元', '20000元',
    '999999999999', '1000000000000', '1.123456', '1.1234567', '0.000001', 'NaN', 'Infinity', '1 ', '0x1F',
    '0'.repeat(41), '1'.repeat(40), '1'.repeat(41), '0001.5', '123456789012.123456', '1.2.3', '亿元', '0.5亿元',
  ),
) // prettier-ignore

const usccs = fc.nat(99_999_999).map((number) => inventedUscc(number))

/** Sound and nearly sound numbers of each format. */
const NUMBERS: Readonly<Partial<Record<string, fc.Arbitrary<string>>>> = {
  uscc: fc.oneof(usccs, digits(15), digits(18), digits(9), usccs.map((code) => code.slice(8, 17))),
  orgCode: fc.oneof(usccs.map((code) => code.slice(8, 17)), digits(9)),
  residentId: fc.oneof(digits(15), digits(18), digits(17).map((number) => `${number}X`)),
  regNo15: digits(15),
  taxNo: fc.oneof(digits(15), digits(17), usccs, digits(20), digits(19), digits(16)),
  institutionNo: fc.oneof(digits(12), digits(11)),
  docNo: fc.tuple(fc.integer({ min: 2018, max: 2026 }), fc.nat(999)).map(([year, no]) => `萍市监许〔${year}〕${no}号`),
} // prettier-ignore

/** Characters that count, look, or split unlike others. */
const oddUnits = fc.constantFrom(
  '中', '国', '公司', 'a', '0', ' ', '\n', ';', '；', '-', '𠮷', '𬱖', '\ud842', '\udfb7', 'e\u0301', '\u200b', '\ufffd', '?',
  '？', '锟斤拷', '烫烫', '号', '1', '涉密', '😀', '\u3000', 'Ａ', '\0', '\u2028',
) // prettier-ignore
const shortTexts = fc.string({ unit: oddUnits, minLength: 1, maxLength: 12 })

/** Texts of about a given number of code points: one less, just so many, one more. */
const textsAbout = (length: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom('中', 'a', '𠮷', '\ud842'), fc.integer({ min: -1, max: 1 }))
    .map(([unit, more]) => unit.repeat(Math.max(1, length + more)))

function codesOf(field: FieldSpec, pack: StandardPack): fc.Arbitrary<string> {
  const items = pack.codeLists[field.codeList!]!.items
  const spellings = items.flatMap((item) => [item.value, item.value, item.label, ...item.aliases])
  const code = fc.oneof(
    { arbitrary: fc.constantFrom(...spellings), weight: 8 },
    {
      arbitrary: fc.tuple(fc.constantFrom(...spellings), shortTexts).map((parts) => parts.join('-')),
      weight: 2,
    },
    { arbitrary: fc.constantFrom(...spellings).map((value) => `${value}-`), weight: 1 },
  )
  if (field.type !== 'multiCode') return code
  return fc.array(code, { minLength: 1, maxLength: 4 }).map((codes) => codes.join(';'))
}

/** The pattern that every sound value of a field has, where a rule says so. */
function patternOf(field: FieldSpec, pack: StandardPack): RegExp | null {
  const rule = Object.values(pack.rules)
    .flat()
    .find(
      ({ on, function: name, severity, options, when }) =>
        name === 'pattern' &&
        severity === 'error' &&
        when === undefined &&
        options['negate'] === undefined &&
        on.includes(field.code),
    )
  return rule === undefined ? null : new RegExp(String(rule.options['pattern']), 'u')
}

function likelyValues(field: FieldSpec, pack: StandardPack): fc.Arbitrary<string> {
  const pattern = patternOf(field, pack)
  if (pattern !== null) return fc.stringMatching(pattern)
  if (field.codeList !== undefined) return codesOf(field, pack)
  switch (field.type) {
    case 'date':
      return fc.oneof(days, nearDays)
    case 'decimal':
      return amounts
    case 'integer':
      return fc.oneof(
        fc.nat().map(String),
        fc.constantFrom('00', '-1', '1.0', '１', '9'.repeat(12), '9'.repeat(13)),
      )
    case 'flag':
      return fc.constantFrom('0', '1', '2', '是', '否', '01', 'true')
    default:
      return (field.format === undefined ? undefined : NUMBERS[field.format]) ?? shortTexts
  }
}

/** One character more, one less, or two changed places. */
const spoilt = (values: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(values, fc.nat(), oddUnits, fc.nat(2)).map(([value, place, unit, how]) => {
    const at = place % value.length
    if (how === 0) return value.slice(0, at) + unit + value.slice(at)
    if (how === 1 && value.length > 1) return value.slice(0, at) + value.slice(at + 1)
    return value.slice(0, at) + value.slice(at + 1, at + 2) + value.slice(at, at + 1) + value.slice(at + 2)
  })

/** Values of one field from sound over nearly sound to absurd; never blank, as blank values are left out. */
export function fieldValues(field: FieldSpec, pack: StandardPack): fc.Arbitrary<string> {
  const likely = likelyValues(field, pack)
  const limit = field.maxLength ?? 12
  return fc.oneof(
    { arbitrary: likely, weight: 36 },
    { arbitrary: spoilt(likely), weight: 12 },
    { arbitrary: shortTexts, weight: 9 },
    { arbitrary: textsAbout(limit), weight: limit > 300 ? 1 : 9 },
  )
}

/** Whole records of a type; a field is left out now and then. */
export const recordsOf = (
  fields: readonly FieldSpec[],
  pack: StandardPack,
): fc.Arbitrary<Readonly<Record<string, string>>> =>
  fc.record(Object.fromEntries(fields.map((field) => [field.code, fieldValues(field, pack)])), {
    requiredKeys: [],
    noNullPrototype: true,
  }) as fc.Arbitrary<Readonly<Record<string, string>>>
