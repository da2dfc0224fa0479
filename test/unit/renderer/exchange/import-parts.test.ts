import { describe, expect, it } from 'vitest'
import type { RowIssue } from '@shared/contract/views/import-views'
import { bureauFills } from '@renderer/screens/import/bureau-fills'
import { clashes, foundMapping, isUnsure, unmappedFields } from '@renderer/screens/import/column-mapping'
import { answeredMapping, isAnswered, questionsOf } from '@renderer/screens/import/column-questions'
import type { OpenQuestion } from '@renderer/screens/import/column-questions'
import { groupIssues, issueTotal } from '@renderer/screens/import/issue-groups'
import { adviseRepair } from '@renderer/screens/import/repair-advice'
import { demoInspection, demoSummary } from '@test/fixtures/demo/demo-imports'
import { demoStandard } from '@test/fixtures/demo/demo-standard'

const issue = (part: Partial<RowIssue>): RowIssue => ({
  row: 1,
  column: 'A',
  field: 'XK_WSH',
  fieldLabel: '文书号',
  code: 'field.required',
  severity: 'error',
  value: null,
  message: '不能为空',
  ...part,
})

describe('what every row may be given', () => {
  const own = { JG: '示范局', JGDM: '11360300MB1234567A', LY: '示范局', LYDM: '11360300MB1234567A' }

  it('is this bureau where no column gives the authority', () => {
    expect(bureauFills([{ field: 'WSH', samples: ['1号'] }], own)).toEqual(Object.entries(own))
  })

  it('is the code beside a column of names only where all of them are this bureau', () => {
    const withNames = (samples: readonly string[]) => bureauFills([{ field: 'JG', samples }], own)
    expect(withNames(['示范局', ''])).toEqual([
      ['JGDM', own.JGDM],
      ['LY', own.LY],
      ['LYDM', own.LYDM],
    ])
    expect(withNames(['示范局', '另一局']).map(([field]) => field)).toEqual(['LY', 'LYDM'])
  })
})

describe('issues by cause', () => {
  it('groups by code and field, errors before warnings, frequent before rare', () => {
    const groups = groupIssues({
      issues: [
        issue({ code: 'w', severity: 'warning' }),
        issue({ code: 'w', severity: 'warning' }),
        issue({ code: 'w', severity: 'warning' }),
        issue({ field: 'XK_NR' }),
        issue({}),
        issue({}),
      ],
      issueCounts: { w: 3, 'field.required': 3 },
    })
    expect(groups.map((group) => [group.code, group.issues[0]?.field, group.count])).toEqual([
      ['field.required', 'XK_WSH', 2],
      ['field.required', 'XK_NR', 1],
      ['w', 'XK_WSH', 3],
    ])
    expect(groups.every((group) => group.isExact)).toBe(true)
  })

  it('takes the true counter where the list was capped, and says when it cannot', () => {
    const [only] = groupIssues({ issues: [issue({})], issueCounts: { 'field.required': 5_000 } })
    expect(only).toMatchObject({ count: 5_000, isExact: true })
    const split = groupIssues({
      issues: [issue({}), issue({ field: 'XK_NR' })],
      issueCounts: { 'field.required': 5_000 },
    })
    expect(split.map((group) => [group.count, group.isExact])).toEqual([
      [1, false],
      [1, false],
    ])
  })

  it('counts what the capped list leaves out', () => {
    expect(issueTotal({ issueCounts: { a: 3, b: 4 } })).toBe(7)
    expect(issueTotal({ issueCounts: {} })).toBe(0)
  })
})

describe('advice on repairs', () => {
  it('says nothing without problems, "here" for a few, "file" for many', () => {
    expect(adviseRepair({ blocked: 0, warned: 0 })).toBeNull()
    expect(adviseRepair({ blocked: 15, warned: 5 })).toBe('here')
    expect(adviseRepair({ blocked: 15, warned: 6 })).toBe('file')
  })
})

describe('column mapping', () => {
  const fields = demoStandard.recordTypes[0]!.fields

  it('finds a field that two columns claim', () => {
    const mapping = { ...foundMapping(demoInspection), '11': 'XK_WSH' }
    expect(clashes(demoInspection.columns, foundMapping(demoInspection))).toEqual([])
    expect(clashes(demoInspection.columns, mapping)).toEqual([{ field: 'XK_WSH', letters: ['F', 'L'] }])
  })

  it('lists the fields that no column gives, required ones apart', () => {
    const { required, optional } = unmappedFields(fields, foundMapping(demoInspection))
    expect(required.map((field) => field.code)).toContain('XK_ZT')
    expect(optional.map((field) => field.code)).toContain('BZ')
    expect(unmappedFields(fields, { ...foundMapping(demoInspection), '0': 'XK_ZT' }).required).not.toContain(
      required.find((field) => field.code === 'XK_ZT'),
    )
  })

  it('makes one question of a doubled field and one of each other doubt', () => {
    const questions = questionsOf(demoInspection)
    expect(questions.map(({ kind, columns }) => [kind, columns.map(({ letter }) => letter)])).toEqual([
      ['duplicate', ['D', 'M']],
      ['ambiguous', ['L']],
    ])
    const [doubled, day] = questions as [OpenQuestion, OpenQuestion]
    expect(isAnswered(doubled, new Set([3]))).toBe(false)
    expect(isAnswered(doubled, new Set([3, 12]))).toBe(true)
    const found = foundMapping(demoInspection)
    expect(answeredMapping(found, doubled, 12, 'XK_FRDB')).toMatchObject({ '3': null, '12': 'XK_FRDB' })
    expect(answeredMapping(found, doubled, null, null)).toMatchObject({ '3': null, '12': null })
    // A field has one column: whoever had it before gives it up.
    expect(answeredMapping(found, day, 11, 'XK_JDRQ')).toMatchObject({ '8': null, '11': 'XK_JDRQ' })
  })

  it('asks to look at weak guesses only, not at what a person chose', () => {
    const weak = demoInspection.columns[4]!
    expect(isUnsure(weak)).toBe(true)
    expect(isUnsure({ ...weak, by: 'person' })).toBe(false)
    expect(isUnsure(demoInspection.columns[1]!)).toBe(false)
    expect(isUnsure(demoInspection.columns[0]!)).toBe(false)
  })
})

it('the invented summary adds up as the engine counts', () => {
  const { rows, clean, warned, blocked, skipped } = demoSummary
  expect(clean + warned + blocked + skipped).toBe(rows)
})
