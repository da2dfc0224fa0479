import { identifiers, type IdentifierFinding } from '@shared/standard/identifiers/identifier-registry'
import { describe, expect, it } from 'vitest'
import { describeIdentifierJudges } from './identifier-judges'
import { secondOpinion } from './second-opinion'

const TODAY = '2026-11-23'

type Kind = keyof typeof secondOpinion

// A slice; the integration tests judge a million of each kind.
describeIdentifierJudges(20_000)

describe('both implementations', () => {
  it.each<[Kind, string, IdentifierFinding | null]>([
    ['uscc', '91350100M000100Y43', null],
    ['uscc', '91350100M000100Y44', 'check-digit'],
    ['uscc', '00000000000000000X', 'placeholder'],
    ['orgCode', 'D2143569X', null],
    ['residentId', '11010519491231002X', null],
    ['residentId', '110105491231002', 'legacy'],
    ['regNo15', '110108000000016', null],
  ])('give the verdict of the norms on %s %s', (kind, text, finding) => {
    expect(identifiers[kind](text, TODAY)).toBe(finding)
    expect(secondOpinion[kind](text, TODAY)).toBe(finding)
  })
})
