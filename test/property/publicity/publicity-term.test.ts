import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addMonths, isCalendarDate } from '@shared/kernel/calendar-date'
import { parsePublicity, severities } from '@shared/publicity/publicity-schema'
import { noChoice, penaltyTerm, repairableFrom } from '@shared/publicity/publicity-term'
import type { PenaltyFacts } from '@shared/publicity/publicity-term'

const file = resolve(import.meta.dirname, '../../../resources/publicity/publicity-2026-1.json')
const table = parsePublicity(JSON.parse(readFileSync(file, 'utf8')))
const allKinds = table.severityOfKinds.flatMap(({ kinds }) => kinds)
const sectors = ['特种设备', '安全生产', '消防', '食品', '药品']

const decided = fc.integer({ min: 0, max: 4_000 }).map((days) => addDays('2018-06-14', days))
const kinds = fc.uniqueArray(fc.constantFrom(...allKinds, '其他-某种'), { minLength: 1, maxLength: 4 })
const words = fc.constantFrom('', '未按规定报告', ...sectors.map((name) => `违反${name}管理规定`))

const facts = (decidedOn: string, some: readonly string[], text = '', statedEnd = ''): PenaltyFacts => ({
  decidedOn,
  kinds: some,
  words: text,
  statedEnd,
})

/** A second reading of the facts, case by case, with months counted on a JavaScript date. */
function months(date: string, count: number): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month - 1 + count + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + count, Math.min(day, last))).toISOString().slice(0, 10)
}
const light = ['警告', '其他-通报批评']
const middle = ['罚款', '没收违法所得', '没收非法财物', '没收违法所得、没收非法财物', '其他-某种']
function naive(decidedOn: string, some: readonly string[], text: string): readonly [number, number, boolean] {
  const isSerious = some.some((kind) => !light.includes(kind) && !middle.includes(kind))
  const isMinor = some.every((kind) => light.includes(kind))
  if (decidedOn < '2019-05-01') return isSerious ? [36, 36, true] : [12, 12, true]
  if (decidedOn < '2023-05-01') return isSerious ? [6, 36, true] : [3, 12, true]
  if (decidedOn < '2026-04-01') return [sectors.some((name) => text.includes(name)) ? 12 : 3, 36, true]
  if (isMinor) return [0, 3, false]
  return isSerious ? [12, 36, true] : [3, 12, true]
}

describe('the term of public display', () => {
  it('is what a second reading of the four rules gives', () => {
    fc.assert(
      fc.property(decided, kinds, words, (date, some, text) => {
        const [least, most, isPublished] = naive(date, some, text)
        const term = penaltyTerm(facts(date, some, text), table)!
        expect([term.minimumUntil, term.maximumUntil, term.endsOn, term.isPublished]).toEqual([
          months(date, least),
          months(date, most),
          months(date, most),
          isPublished,
        ])
      }),
    )
  })

  it('is never shorter for another kind of penalty on the same decision', () => {
    fc.assert(
      fc.property(decided, kinds, fc.constantFrom(...allKinds), (date, some, another) => {
        const one = penaltyTerm(facts(date, some), table)!
        const both = penaltyTerm(facts(date, [...some, another]), table)!
        expect(both.minimumUntil >= one.minimumUntil).toBe(true)
        expect(both.maximumUntil >= one.maximumUntil).toBe(true)
        const alone = penaltyTerm(facts(date, [another]), table)!
        expect(both.maximumUntil).toBe(
          one.maximumUntil > alone.maximumUntil ? one.maximumUntil : alone.maximumUntil,
        )
      }),
    )
  })

  it('keeps its order: begins, may be repaired, ends; and never lasts beyond three years', () => {
    fc.assert(
      fc.property(decided, kinds, words, (date, some, text) => {
        const term = penaltyTerm(facts(date, some, text), table)!
        expect(term.startsOn <= term.minimumUntil && term.minimumUntil <= term.maximumUntil).toBe(true)
        expect(term.maximumUntil <= addMonths(date, 36)).toBe(true)
        const from = repairableFrom(term, table)
        if (from !== null) expect(from >= term.startsOn).toBe(true)
        if (from !== null && date >= '2019-05-01' && term.isPublished)
          expect(from).toBe(addDays(term.minimumUntil, 1))
      }),
    )
  })

  it('takes an earlier day that the bureau states and never a later one', () => {
    fc.assert(
      fc.property(decided, kinds, fc.integer({ min: -30, max: 2_000 }), (date, some, days) => {
        const stated = addDays(date, days)
        const term = penaltyTerm(facts(date, some, '', stated), table)!
        const isTaken = days >= 0 && stated < term.maximumUntil
        expect(term.endsOn).toBe(isTaken ? stated : term.maximumUntil)
        expect(term.doubts.includes('stated-beyond-maximum')).toBe(stated > term.maximumUntil)
      }),
    )
  })

  it('is a real day whatever the date, also from the 29th of February', () => {
    fc.assert(
      fc.property(decided, fc.integer({ min: -60, max: 60 }), (date, count) => {
        expect(isCalendarDate(addMonths(date, count))).toBe(true)
        expect(addMonths(date, count)).toBe(months(date, count))
      }),
    )
    expect(addMonths('2024-02-29', 12)).toBe('2025-02-28')
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29')
  })

  it('obeys what a person chose: rule, weight, sector, last day', () => {
    const one = facts('2024-06-03', ['罚款'], '违反食品安全规定')
    expect(penaltyTerm(one, table)).toMatchObject({
      ruleId: 'NDRC58',
      sector: '食品',
      minimumUntil: '2025-06-03',
      maximumUntil: '2027-06-03',
      doubts: ['sector-guessed'],
    })
    expect(penaltyTerm(one, table, { ...noChoice, ruleId: 'NDRC36', sector: '' })).toMatchObject({
      ruleId: 'NDRC36',
      minimumUntil: '2024-09-03',
      maximumUntil: '2025-06-03',
      doubts: [],
    })
    expect(penaltyTerm(one, table, { ...noChoice, ruleId: 'NDRC36', severity: 'serious' })).toMatchObject({
      severity: 'serious',
      maximumUntil: '2027-06-03',
    })
    expect(penaltyTerm(one, table, { ...noChoice, endsOn: '2026-01-01' })).toMatchObject({
      endsOn: '2026-01-01',
      endBasis: 'chosen',
    })
  })

  it('is unknown before the first rule, and a serious matter of an excluded sector cannot be repaired', () => {
    expect(penaltyTerm(facts('2018-06-13', ['罚款']), table)).toBeNull()
    expect(
      penaltyTerm(facts('2018-06-13', ['罚款']), table, { ...noChoice, ruleId: 'SEED2018' }),
    ).not.toBeNull()
    const serious = penaltyTerm(facts('2018-07-02', ['责令停产停业'], '造成环境污染'), table)!
    expect(serious).toMatchObject({ severity: 'serious', sector: '环境', endsOn: '2021-07-02' })
    expect(repairableFrom(serious, table)).toBeNull()
    expect(repairableFrom({ ...serious, severity: 'ordinary' }, table)).toBe('2018-07-02')
  })

  it('rests on a table in which every rule names its source and severities are known', () => {
    for (const rule of table.rules) expect(rule.source).toMatch(/〔\d{4}〕|第\d+号/)
    for (const line of table.severityOfKinds) expect(severities).toContain(line.severity)
    expect(table.materials).toHaveLength(7)
  })
})
