/** Invented records as a desk of some years holds them: several types, subjects that come back, every lane. */
import { foldForKey } from '@shared/kernel/text'
import { addDays } from '@shared/kernel/calendar-date'
import type { Delivery, Editorial } from '@shared/domain/record-status'
import type { Quality } from '@shared/standard/issue'
import { searchText } from '@engine/reading/search-text'
import { inventedUscc } from '@test/fixtures/invented-subjects'

/** What one record is about and where it stands; dates are days, instants are of its batch. */
export interface MixedRecord {
  readonly type: string
  readonly docNo: string
  readonly docKey: string
  readonly subjectName: string
  readonly subjectCode: string
  readonly legalDate: string
  readonly searchText: string
  readonly quality: Quality
  readonly delivery: Delivery
  readonly editorial: Editorial
  readonly heldReason: string | null
  readonly excludedBasis: string | null
  readonly headlineCode: string | null
}

/** The day on which the bench works, and how far back its records go. */
const LAST_DAY = '2026-11-13'
const YEARS_OF_DAYS = 5 * 365

const types = [
  { code: 'XZXK_FR', mark: '许', isNatural: false },
  { code: 'XZXK_FR', mark: '许', isNatural: false },
  { code: 'XZXK_FR', mark: '准', isNatural: false },
  { code: 'XZXK_ZRR', mark: '个许', isNatural: true },
  { code: 'XZCF_FR', mark: '罚', isNatural: false },
  { code: 'XZCF_FR', mark: '处', isNatural: false },
  { code: 'XZCF_ZRR', mark: '个罚', isNatural: true },
  { code: 'CCJC', mark: '检', isNatural: false },
] as const

const places = ['安源', '湘东', '芦溪', '上栗', '莲花', '经开', '武功山', '萍乡']
const firsts = [...'青赤丹金银玉瑞祥和顺泰安康宁华盛丰隆昌达通元亨利贞新兴广源天地星辰云海山川林泉松柏']
const trades = [
  '食品',
  '商贸',
  '建材',
  '餐饮',
  '物流',
  '医药',
  '烟花',
  '陶瓷',
  '环保',
  '机械',
  '农业',
  '教育',
]
const families = [...'示样例拟虚构假设试验练习演']

/** Numbers that look drawn and are always the same. */
const drawn = (seed: number, below: number): number => {
  let x = (seed + 1) * 0x9e3779b1
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return ((x ^ (x >>> 16)) >>> 0) % below
}
const pick = <Value>(list: readonly Value[], seed: number): Value => list[drawn(seed, list.length)]!

const companyName = (subject: number): string =>
  `萍乡市${pick(places, subject)}区${pick(firsts, subject * 3)}${pick(firsts, subject * 3 + 1)}${pick(firsts, subject * 3 + 2)}` +
  `${pick(trades, subject)}有限公司`
const personName = (subject: number): string =>
  pick(families, subject) +
  pick(firsts, subject * 5) +
  (drawn(subject, 3) === 0 ? '' : pick(firsts, subject * 5 + 1))

type Standing = Pick<
  MixedRecord,
  'quality' | 'delivery' | 'editorial' | 'heldReason' | 'excludedBasis' | 'headlineCode'
>
const standing: Standing = {
  quality: 'clean',
  delivery: 'none',
  editorial: 'checked',
  heldReason: null,
  excludedBasis: null,
  headlineCode: null,
}

/** Of a thousand records of the last weeks, and of a thousand before them: what stands how often. */
const recent: readonly (readonly [number, Standing])[] = [
  [420, standing],
  [180, { ...standing, quality: 'blocked', editorial: 'draft', headlineCode: 'uscc.check-digit' }],
  [90, { ...standing, quality: 'warned', editorial: 'draft', headlineCode: 'validity.order' }],
  [60, { ...standing, delivery: 'rejected', headlineCode: 'platform.1001' }],
  [20, { ...standing, editorial: 'held', heldReason: '等待核实' }],
  [20, { ...standing, editorial: 'in_review' }],
  [110, { ...standing, delivery: 'processing', editorial: 'sealed' }],
  [100, { ...standing, delivery: 'accepted', editorial: 'sealed' }],
]
const settled: readonly (readonly [number, Standing])[] = [
  [955, { ...standing, delivery: 'accepted', editorial: 'sealed' }],
  [25, { ...standing, quality: 'warned', delivery: 'warned', editorial: 'sealed' }],
  [10, { ...standing, editorial: 'discarded' }],
  [6, { ...standing, excludedBasis: 'classified' }],
  [2, { ...standing, delivery: 'rejected', headlineCode: 'platform.1001' }],
  [2, { ...standing, quality: 'blocked', editorial: 'draft', headlineCode: 'field.required' }],
]
const RECENT_DAYS = 45

function standingOf(seed: number, isRecent: boolean): Standing {
  let left = drawn(seed, 1000)
  for (const [share, one] of isRecent ? recent : settled) {
    left -= share
    if (left < 0) return one
  }
  return standing
}

/** Subjects by number: their name and code are made once, as often as they come back. */
const subjects = new Map<string, { readonly name: string; readonly code: string }>()
function subjectOf(isNatural: boolean, subject: number): { readonly name: string; readonly code: string } {
  const key = `${isNatural}${subject}`
  const known = subjects.get(key) ?? {
    name: isNatural ? personName(subject) : companyName(subject),
    code: isNatural ? '' : inventedUscc(subject),
  }
  subjects.set(key, known)
  return known
}

/** The record of an index from 0 of `count`, oldest decisions first. */
export function mixedRecord(index: number, count: number): MixedRecord {
  const type = pick(types, index)
  const subject = subjectOf(type.isNatural, drawn(index * 7, Math.max(20, Math.ceil(count / 6))))
  const back = Math.floor(((count - 1 - index) / count) * YEARS_OF_DAYS)
  const legalDate = addDays(LAST_DAY, -back)
  const docNo = `萍市监${type.mark}〔${legalDate.slice(0, 4)}〕${100_000 + index}号`
  return {
    ...standingOf(index * 11, back < RECENT_DAYS),
    type: type.code,
    docNo,
    docKey: foldForKey(docNo),
    subjectName: subject.name,
    subjectCode: subject.code,
    legalDate,
    searchText: searchText(docNo, subject.name, subject.code),
  }
}
