import type { ItemError } from '@shared/domain/exchange'
import type { FieldSpec } from '@shared/standard/pack'
import type { CompiledType } from '@shared/standard/standard'
import { practiceTexts, unregisteredMark } from '@shared/texts/zh-CN/practice'
import type { PlatformCode } from '@shared/texts/zh-CN/practice'
import { seededShare } from '@practice/settling/seeded-share'
import { wireName } from '@practice/settling/wire-name'

/** What the choice depends on. */
export interface InjectionInput {
  readonly seed: number
  readonly share: number
  /** Content hash of the payload. */
  readonly sha256: string
  readonly type: CompiledType
  readonly payload: Readonly<Record<string, string>>
}

/** Clerks see 1001 far more often than all others: names and codes that the register does not know. */
const WEIGHT_OF_1001 = 4

/**
 * The refusal that a record meets for reasons which only the platform can know (its subject register, other bureaus,
 * its own code tables), or null. Which records are hit follows from seed and content alone; the code is one that a
 * field of this record can carry.
 */
export function injectedRejection(input: InjectionInput): ItemError | null {
  const { seed, share, sha256 } = input
  if (share === 0) return null
  const unregistered = unregisteredSubject(input)
  if (unregistered !== null) return unregistered
  if (seededShare(seed, 'reject', sha256) >= share) return null
  const candidates = possibleErrors(input.type, input.payload)
  return candidates[Math.floor(seededShare(seed, 'code', sha256) * candidates.length)] ?? null
}

/** A subject whose name says so is in no register: the sample workbook's sure example of a rejection. */
function unregisteredSubject({ type, payload }: InjectionInput): ItemError | null {
  const field = type.fields.find(({ code }) => code === type.spec.search.subjectName)
  const value = field === undefined ? null : (payload[wireName(field)] ?? null)
  if (field === undefined || value === null || !value.includes(unregisteredMark)) return null
  return { code: '1001', field: wireName(field), value, message: practiceTexts['1001'], severity: 'error' }
}

function possibleErrors(type: CompiledType, payload: InjectionInput['payload']): ItemError[] {
  const { spec, fields } = type
  const valueOf = (field: FieldSpec): string | null => payload[wireName(field)] ?? null
  const filled = fields.filter((field) => valueOf(field) !== null)
  const errors: ItemError[] = []
  const add = (code: PlatformCode, field: FieldSpec | undefined): void => {
    if (field === undefined) return
    const message = practiceTexts[code]
    errors.push({ code, field: wireName(field), value: valueOf(field), message, severity: 'error' })
  }
  const named = (code: string | null): FieldSpec | undefined => filled.find((field) => field.code === code)
  for (let weight = 0; weight < WEIGHT_OF_1001; weight++) add('1001', named(spec.search.subjectName))
  add(
    '1002',
    filled.find((field) => field.format === 'uscc'),
  )
  add(
    '1003',
    fields.find((field) => valueOf(field) === null && field.type === 'text' && field.required === 'never'),
  )
  add(
    '1004',
    filled.find((field) => field.type === 'code' || field.type === 'multiCode'),
  )
  add('1005', named(spec.legalDate))
  add('1006', filled.find((field) => field.type === 'longText') ?? named(spec.search.docNo))
  add('1007', named(spec.search.docNo))
  add(
    '1008',
    filled.find((field) => field.type === 'decimal'),
  )
  add(
    '1009',
    filled.find((field) => field.format === 'residentId' || field.format === 'idDocument'),
  )
  add(
    '1010',
    filled.find((field) => field.type === 'longText'),
  )
  return errors
}
