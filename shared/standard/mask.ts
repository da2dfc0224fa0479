import { inspectResidentId } from './identifiers/resident-id'
import type { FieldSpec } from './pack'
import { withoutPersonalData } from './personal-data'

const STAR = '*'
const RESIDENT_ID = /^\d{15}(?:\d{2}[0-9Xx])?$/

const stars = (count: number): string => STAR.repeat(Math.max(0, count))

/** A name with its first character only: 张*, 欧**. The stars never tell more than three characters. */
function maskName(name: string): string {
  const characters = [...name]
  return characters.length === 0
    ? ''
    : characters[0]! + stars(Math.min(3, Math.max(1, characters.length - 1)))
}

/** A number with its two ends: 110105********002X for a resident number, one third at most for any other. */
function maskNumber(text: string): string {
  const characters = [...text]
  const { length } = characters
  const isResident = RESIDENT_ID.test(text)
  const head = isResident ? 6 : Math.floor(length / 6)
  const tail = isResident ? (length === 18 ? 4 : 3) : Math.floor(length / 6)
  const middle = stars(length - head - tail)
  return characters.slice(0, head).join('') + middle + characters.slice(length - tail).join('')
}

/** Whether a field must not be shown in full: on screens, in exports, in logs. */
export const isSensitive = (field: Pick<FieldSpec, 'sensitivity'>): boolean => field.sensitivity !== 'public'

/** A value fit for showing: public ones as they are, personal ones masked, secret ones as stars only. */
export function maskValue(
  field: Pick<FieldSpec, 'sensitivity'> & Partial<Pick<FieldSpec, 'format'>>,
  value: string,
): string {
  if (!isSensitive(field) || value === '') return value
  if (field.sensitivity === 'secret') return stars(6)
  return field.format === undefined && !/\d{5}/.test(value) ? maskName(value) : maskNumber(value)
}

/**
 * A value that a problem was found in, fit for lists and sentences, which are copied and passed on: as `maskValue`, and
 * in public free text the numbers of persons are masked too. A number that is the whole purpose of its field stays.
 */
export const maskIssueValue: typeof maskValue = (field, value) =>
  isSensitive(field) || field.format !== undefined ? maskValue(field, value) : withoutPersonalData(value)

/**
 * A value fit for a line of a list: as `maskValue`, and a resident number that was entered where it does not belong, e.g.
 * as the code of a company, is masked too.
 */
export const maskListValue: typeof maskValue = (field, value) =>
  !isSensitive(field) && inspectResidentId(value.toUpperCase()) === null
    ? maskNumber(value)
    : maskValue(field, value)
