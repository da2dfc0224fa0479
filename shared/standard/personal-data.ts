/**
 * Finds what identifies a person inside free text that will be published: identity numbers, mobile numbers, bank cards,
 * home addresses. Every search is linear in the text, so that 100 kB of hostile text is read at once.
 */
import { inspectResidentId } from './identifiers/resident-id'
import { inspectUscc } from './identifiers/uscc'
import { toHalfWidth } from './normalise/half-width'

export const personalDataKinds = ['residentId', 'mobile', 'bankCard', 'homeAddress'] as const

export type PersonalDataKind = (typeof personalDataKinds)[number]

/** One thing found: `[start, end)` in UTF-16 units of the text, and what may stand there in public. */
export interface PersonalData {
  readonly kind: PersonalDataKind
  readonly start: number
  readonly end: number
  readonly masked: string
}

/** Digits of either width. */
function digitsIn(text: string): number {
  let digits = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if ((unit >= 0x30 && unit <= 0x39) || (unit >= 0xff10 && unit <= 0xff19)) digits++
  }
  return digits
}

const NOTHING: readonly PersonalData[] = Object.freeze([])

/** Digits that stand by themselves, with the X of an identity number. */
const GROUP = /(?<![0-9A-Za-z])(?:\d+[Xx]?|[Xx])(?![0-9A-Za-z])/g
/** What people put between the groups of a number, as in 138 0013 8000. */
const SEPARATOR = /^[ \-·‐–—]$/
const MOST_GROUPS = 6
const MAYBE_NUMBER = /[\d０-９](?:[ \-·‐–—\u3000－]?[\d０-９]){10}/
/** An identity number has 18 characters, a card up to 19 digits. */
const LONGEST_NUMBER = 19
const SHORTEST_NUMBER = 11
const ANY_GROUP = /(?<![0-9A-Za-z])\d/
const MOBILE = /^(?:86)?1[3-9]\d{9}$/
const CARD = /^\d{16,19}$/
/** Issuers whose cards people carry here; 36 is left out, because local numbers of all kinds begin so. */
const CARD_PREFIX = /^(?:62|60|9558|4|5|3[457])/
/** Words right before a number that say what it is. */
const SAYS_IDENTITY = /身份证?(?:号码?|件)?[^0-9]{0,8}$/
const SAYS_CARD = /(?:银行|卡号|账号|帐号|账户|帐户)[^0-9]{0,10}$/
const CONTEXT = 16

/** Whether the digits of a bank card hold (Luhn). */
export function isLuhnNumber(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48
    sum += i % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2
  }
  return sum % 10 === 0
}

/** How people group the digits of a mobile number and of a card; an identity number is grouped in many ways. */
const MOBILE_GROUPS = /^(?:2,)?(?:11|3,4,4)$|^13$/
const CARD_GROUPS = /^(?:\d\d|4,4,4,4(?:,[1-3])?)$/

function kindOfNumber(number: string, groups: string, before: string): PersonalDataKind | null {
  if (MOBILE.test(number) && MOBILE_GROUPS.test(groups)) return 'mobile'
  if (number.length === 18 && inspectResidentId(number) === null) return 'residentId'
  // A number of fifteen digits is mostly the registration number of a firm.
  if (number.length === 15 && SAYS_IDENTITY.test(before) && inspectResidentId(number) === 'legacy')
    return 'residentId'
  const isCard =
    CARD.test(number) &&
    CARD_GROUPS.test(groups) &&
    isLuhnNumber(number) &&
    inspectUscc(number) !== null &&
    (CARD_PREFIX.test(number) || SAYS_CARD.test(before))
  return isCard ? 'bankCard' : null
}

interface Group {
  readonly at: number
  readonly end: number
  readonly digits: string
}

/** The longest row of groups from one group on that together are a personal number; null when none is. */
function numberFrom(groups: readonly Group[], first: number, text: string) {
  const { at } = groups[first]!
  const before = text.slice(Math.max(0, at - CONTEXT), at)
  let digits = ''
  let lengths = ''
  let found: { readonly kind: PersonalDataKind; readonly last: number } | null = null
  for (let last = first; last < Math.min(groups.length, first + MOST_GROUPS); last++) {
    const group = groups[last]!
    if (last > first && !SEPARATOR.test(text.slice(groups[last - 1]!.end, group.at))) break
    digits += group.digits
    if (digits.length > LONGEST_NUMBER) break
    lengths += (lengths === '' ? '' : ',') + group.digits.length
    const kind = digits.length < SHORTEST_NUMBER ? null : kindOfNumber(digits.toUpperCase(), lengths, before)
    if (kind !== null) found = { kind, last }
  }
  return found
}

/** The first and last character stay, so that a reader sees that something stood here. */
const maskedNumber = (number: string): string =>
  number.charAt(0) + number.slice(1, -1).replace(/[0-9]/g, '*') + (/[Xx]$/.test(number) ? 'X' : '*')

function findNumbers(text: string): readonly PersonalData[] {
  // The number of a certificate mostly begins with letters.
  if (!ANY_GROUP.test(text)) return NOTHING
  const groups = Array.from(text.matchAll(GROUP), ({ 0: digits, index: at }): Group => {
    return { at, end: at + digits.length, digits }
  })
  const found: PersonalData[] = []
  for (let first = 0; first < groups.length; first++) {
    const number = numberFrom(groups, first, text)
    if (number === null) continue
    const start = groups[first]!.at
    const { end } = groups[number.last]!
    found.push({ kind: number.kind, start, end, masked: maskedNumber(text.slice(start, end)) })
    first = number.last
  }
  return found
}

/** What may be read in the place of an address. */
const HIDDEN = '***'

const MAYBE_ADDRESS = /住|户籍|单元|身份证/
/** A text without any of these characters holds nothing personal: digits of either width, a sign of an address. */
export const MARKS_OF_PERSONAL_DATA = '0123456789０１２３４５６７８９住户单身'
/** What follows words such as 家庭住址, up to the next stop. */
const NAMED_ADDRESS =
  /(?:家庭住址|家庭地址|户籍地址?|户籍所在地|经常居住地|居住地址?|现居住?(?:地|于|在)?|现住址?|家住|住址|身份证地址)[为是在系：:\s]{0,3}([^，。；;,\n（）()]{4,60})/g
/** A room in a block of flats, whoever lives there. */
const FLAT =
  /[\d一二三四五六七八九十]{1,4}(?:栋|幢|号楼|座)[^，。；;,\n]{0,6}?[\d一二三四五六七八九十]{1,3}单元[^，。；;,\n]{0,4}?\d{2,4}[室号]?/g
/** The part of an address that is no more exact than a county. */
const UP_TO_COUNTY = /^(?:[^省市县区路街\d]{1,8}?(?:省|市|县|自治州|(?<![小社园校厂])区)){1,4}/
/** What makes an address one of a house: a road with a number, a village with a group, an estate. */
const HOUSE = /[路街巷弄道村屯组号栋幢室]|小区|花园|公寓|家园|新村/
/** A firm has its seat there, which is public. */
const NOT_A_HOME = /公司|厂|店|局|委员会|中心|学校|医院/

function findAddresses(text: string): readonly PersonalData[] {
  const found: PersonalData[] = []
  for (const match of text.matchAll(NAMED_ADDRESS)) {
    const address = match[1]!
    const detail = address.slice((UP_TO_COUNTY.exec(address)?.[0] ?? '').length)
    if (!HOUSE.test(detail) || NOT_A_HOME.test(address)) continue
    const end = match.index + match[0].length
    found.push({ kind: 'homeAddress', start: end - detail.length, end, masked: HIDDEN })
  }
  for (const match of text.matchAll(FLAT)) {
    const start = match.index
    found.push({ kind: 'homeAddress', start, end: start + match[0].length, masked: HIDDEN })
  }
  return found
}

/** One thing for all that overlap: an address that holds a number hides both. */
function merged(found: readonly PersonalData[]): readonly PersonalData[] {
  const apart: PersonalData[] = []
  for (const one of [...found].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = apart.at(-1)
    if (last === undefined || one.start >= last.end) apart.push(one)
    else apart[apart.length - 1] = { ...last, end: Math.max(last.end, one.end), masked: HIDDEN }
  }
  return apart
}

/** Everything personal of some kinds in a text, in the order of the text, nothing twice. */
export function findPersonalData(
  raw: string,
  kinds: readonly PersonalDataKind[] = personalDataKinds,
): readonly PersonalData[] {
  // Most texts hold neither, and are told so without being folded, nearly all by counting digits.
  const mayHoldNumber = digitsIn(raw) >= SHORTEST_NUMBER && MAYBE_NUMBER.test(raw)
  const mayHoldAddress = kinds.includes('homeAddress') && MAYBE_ADDRESS.test(raw)
  if (!mayHoldNumber && !mayHoldAddress) return NOTHING
  // Widths fold character by character, so places stay where they are.
  const text = toHalfWidth(raw)
  const numbers = mayHoldNumber ? findNumbers(text) : []
  const addresses = mayHoldAddress ? findAddresses(text) : []
  return merged([...numbers.filter(({ kind }) => kinds.includes(kind)), ...addresses])
}

function masked(text: string, found: readonly PersonalData[]): string {
  let result = ''
  let from = 0
  for (const one of found) {
    result += text.slice(from, one.start) + one.masked
    from = one.end
  }
  return result + text.slice(from)
}

/** Masking one thing can uncover another that stood right beside it. */
const MOST_ROUNDS = 5

/** The text with everything personal in it masked. */
export function withoutPersonalData(
  text: string,
  kinds: readonly PersonalDataKind[] = personalDataKinds,
): string {
  let result = text
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const found = findPersonalData(result, kinds)
    if (found.length === 0) break
    result = masked(result, found)
  }
  return result
}
