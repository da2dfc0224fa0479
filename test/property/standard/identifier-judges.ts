import { identifiers, type IdentifierFinding } from '@shared/standard/identifiers/identifier-registry'
import { describe, expect, it } from 'vitest'
import { secondOpinion } from './second-opinion'

const TODAY = '2026-11-23'
const DIGITS = '0123456789'
const ALPHANUMERIC = `${DIGITS}ABCDEFGHIJKLMNOPQRSTUVWXYZ`
const CREDIT = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** A small fast generator (xorshift32), so that a million values are the same million every time. */
function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

type Random = ReturnType<typeof createRandom>
type Kind = keyof typeof secondOpinion

const anyOf = (random: Random, alphabet: string, length: number): string => {
  let text = ''
  for (let i = 0; i < length; i++) text += alphabet[random(alphabet.length)]!
  return text
}

/** A number whose last character makes it hold, found by trying them all with the second implementation. */
function withCheck(kind: Kind, first: string, candidates: string): string {
  for (const last of candidates) {
    const finding = secondOpinion[kind](first + last)
    if (finding === null || finding === 'embedded-org-code') return first + last
  }
  return first + candidates[0]!
}

const birthDay = (random: Random): string =>
  String(1840 + random(200)) +
  String(1 + random(13)).padStart(2, '0') +
  String(1 + random(32)).padStart(2, '0')

const province = (random: Random): string => String(10 + random(80))

/** Sound numbers, or such as would be sound but for their date, province or organisation code. */
const MAKERS: Readonly<Record<Kind, (random: Random) => string>> = {
  uscc(random) {
    const organisation =
      random(2) === 0
        ? withCheck('orgCode', anyOf(random, DIGITS, 8), '0123456789X')
        : anyOf(random, CREDIT, 9)
    return withCheck('uscc', `9${anyOf(random, DIGITS, 7)}${organisation}`, CREDIT)
  },
  orgCode: (random) =>
    withCheck('orgCode', anyOf(random, random(2) ? DIGITS : ALPHANUMERIC, 8), '0123456789X'),
  residentId(random) {
    const first = province(random) + anyOf(random, DIGITS, 4)
    if (random(5) === 0) return first + birthDay(random).slice(2) + anyOf(random, DIGITS, 3)
    return withCheck('residentId', first + birthDay(random) + anyOf(random, DIGITS, 3), '0123456789X')
  },
  regNo15: (random) => withCheck('regNo15', anyOf(random, DIGITS, 14), DIGITS),
  taxNo: (random) => anyOf(random, ALPHANUMERIC, 13 + random(9)),
}

const LENGTHS: Readonly<Record<Kind, readonly number[]>> = {
  uscc: [18, 18, 15, 9, 17],
  orgCode: [9, 9, 8, 10],
  residentId: [18, 18, 15, 17],
  regNo15: [15, 15, 14, 16],
  taxNo: [15, 16, 17, 18, 20],
}

/** A number as it is, with one character wrong, with two neighbours changed over, or nothing but noise. */
function nextValue(kind: Kind, random: Random): string {
  const how = random(8)
  if (how === 7) {
    const lengths = LENGTHS[kind]
    return anyOf(random, random(2) ? DIGITS : ALPHANUMERIC, lengths[random(lengths.length)]!)
  }
  const text = MAKERS[kind](random)
  const at = random(text.length - 1)
  if (how < 2) return text
  if (how === 2) return text.slice(0, -1) + ALPHANUMERIC[random(36)]!
  if (how < 5) return text.slice(0, at) + DIGITS[random(10)]! + text.slice(at + 1)
  if (how === 5) return text.slice(0, at) + 'aIOSVZX１〇 '[random(10)]! + text.slice(at + 1)
  return text.slice(0, at) + text[at + 1]! + text[at]! + text.slice(at + 2)
}

const FINDINGS: Readonly<Record<Kind, readonly (IdentifierFinding | null)[]>> = {
  uscc: [null, 'shape', 'characters', 'check-digit', 'legacy', 'embedded-org-code'],
  orgCode: [null, 'shape', 'check-digit'],
  residentId: [null, 'shape', 'region', 'date', 'check-digit', 'legacy'],
  regNo15: [null, 'shape', 'check-digit'],
  taxNo: [null, 'shape'],
}

/** Both implementations on so many values of each kind, the same ones every time. */
export function describeIdentifierJudges(valuesOfKind: number): void {
  // A busy machine takes its time over many values.
  describe('identifiers and a second implementation', { timeout: 120_000 }, () => {
    it.each(Object.keys(FINDINGS) as Kind[])(`say the same of ${valuesOfKind} values of %s`, (kind) => {
      const random = createRandom(20_260_101)
      const counts = new Map<IdentifierFinding | null, number>()
      for (let i = 0; i < valuesOfKind; i++) {
        const text = nextValue(kind, random)
        const finding = identifiers[kind](text, TODAY)
        if (finding !== secondOpinion[kind](text, TODAY)) {
          expect([text, finding]).toEqual([text, secondOpinion[kind](text, TODAY)])
        }
        counts.set(finding, (counts.get(finding) ?? 0) + 1)
      }
      for (const finding of FINDINGS[kind])
        expect(counts.get(finding) ?? 0).toBeGreaterThan(valuesOfKind / 1_000)
    })
  })
}
