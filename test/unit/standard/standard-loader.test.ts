import { loadCalendar } from '@engine/standards/calendar-loader'
import { loadOlderStandards } from '@engine/standards/installed-standard'
import { loadStandard } from '@engine/standards/standard-loader'
import { loadShippedStandards } from '@practice/standard-folder'
import { FailureError } from '@shared/kernel/failure'
import { policyClasses } from '@shared/standard/pack'
import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { packFolder } from './sample-standard'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pack-'))
  cpSync(packFolder, folder, { recursive: true })
})

afterEach(() => rmSync(folder, { recursive: true }))

type Json = Record<string, unknown>

function change(file: string, edit: (json: never) => void): void {
  const json = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Json
  edit(json as never)
  writeFileSync(join(folder, file), JSON.stringify(json))
}

function refusal(load: () => unknown): Json {
  try {
    load()
  } catch (error) {
    if (error instanceof FailureError) return { code: error.failure.code, ...error.failure.params }
    throw error
  }
  return { code: 'loaded' }
}

const loaded = () => refusal(() => loadStandard(folder))

describe('a pack folder', () => {
  it('loads as shipped', () => {
    expect(loaded()).toEqual({ code: 'loaded' })
    const { pack } = loadStandard(folder)
    const firstClass = ['XZXK_FR', 'XZXK_ZRR', 'XZCF_FR', 'XZCF_ZRR', 'RYBZ_FR']
    expect(pack.recordTypes.slice(0, 5).map((type) => type.code)).toEqual(firstClass)
    expect(pack.recordTypes.slice(0, 5).map((type) => type.fields.length)).toEqual([26, 19, 28, 21, 16])
    expect(new Set(pack.recordTypes.map((type) => type.policyClass))).toEqual(new Set(policyClasses))
  })

  it('is refused half copied', () => {
    rmSync(join(folder, 'fields/XZCF_ZRR.json'))
    expect(loaded()).toMatchObject({ code: 'pack.invalid', path: 'fields/XZCF_ZRR.json' })
  })

  it.each([
    ['rules/RYBZ_FR.json', 'rules/RYBZ_FR.json'],
    ['pack.json', 'pack.json'],
    ['texts.zh-CN.json', 'texts.zh-CN.json'],
    ['codelists', 'codelists'],
    ['settings.json', 'recordTypes.XZXK_FR.deadline.start'],
    ['codelists/XDR_LB.json', 'fields.XZXK_FR.XK_XDR_LB'],
  ])('is refused without %s', (part, path) => {
    rmSync(join(folder, part), { recursive: true })
    expect(loaded()).toMatchObject({ code: 'pack.invalid', path })
  })

  it('is refused when a file is cut off or not UTF-8', () => {
    truncateSync(join(folder, 'texts.zh-CN.json'), 100)
    expect(loaded()).toMatchObject({ code: 'pack.invalid', path: 'texts.zh-CN.json' })
    writeFileSync(join(folder, 'texts.zh-CN.json'), Buffer.from([0x7b, 0x22, 0xd6, 0xd0, 0x22, 0x7d]))
    expect(loaded()).toMatchObject({ code: 'pack.invalid', path: 'texts.zh-CN.json' })
  })

  interface Type {
    naturalKey: string[]
    fields: Json[]
    search: Json
    legalDate: string
  }
  type Rules = Json[]

  it.each<[string, string, (json: never) => void, string]>([
    ['an unknown member', 'pack.json', (json: Json) => (json['city'] = 'x'), 'city'],
    ['a version that is none', 'pack.json', (json: Json) => (json['version'] = '1'), 'version'],
    ['a date that is none', 'pack.json', (json: Json) => (json['from'] = '2018-02-30'), 'from'],
    [
      'a field twice',
      'fields/XZXK_FR.json',
      (json: Type) => json.fields.push(json.fields[0]!),
      'fields.XZXK_FR',
    ],
    [
      'a field type that is none',
      'fields/XZXK_FR.json',
      (json: Type) => (json.fields[0]!['type'] = 'x'),
      'recordTypes.0.fields.0.type',
    ],
    [
      'a key of an unknown field',
      'fields/XZXK_FR.json',
      (json: Type) => (json.naturalKey = ['XX']),
      'fields.XZXK_FR',
    ],
    [
      'a key of an identity number',
      'fields/XZXK_ZRR.json',
      (json: Type) => (json.naturalKey = ['XK_XDR_ZJHM']),
      'fields.XZXK_ZRR.XK_XDR_ZJHM',
    ],
    [
      'a search by an identity number',
      'fields/XZXK_ZRR.json',
      (json: Type) => (json.search['subjectCode'] = 'XK_XDR_ZJHM'),
      'fields.XZXK_ZRR.XK_XDR_ZJHM',
    ],
    [
      'a public identity number',
      'fields/XZXK_ZRR.json',
      (json: Type) => json.fields.forEach((field) => delete field['sensitivity']),
      'fields.XZXK_ZRR.XK_XDR_ZJHM',
    ],
    [
      'an unknown code list',
      'fields/XZXK_FR.json',
      (json: Type) => (json.fields[1]!['codeList'] = 'NONE'),
      'fields.XZXK_FR.XK_XDR_LB',
    ],
    [
      'a condition on an unknown field',
      'fields/XZXK_FR.json',
      (json: Type) => (json.fields[0]!['required'] = { when: [{ field: 'XX', empty: true }] }),
      'fields.XZXK_FR.XK_XDR_MC',
    ],
    [
      'an empty clause',
      'fields/XZXK_FR.json',
      (json: Type) => (json.fields[0]!['required'] = { when: [{ field: 'BZ' }] }),
      'recordTypes.0.fields.0.required.when.0',
    ],
    [
      'an unknown function',
      'rules/XZXK_FR.json',
      (json: Rules) => (json[0]!['function'] = 'eval'),
      'rules.XZXK_FR.subject.legal-only.function',
    ],
    [
      'options that a function does not know',
      'rules/XZXK_FR.json',
      (json: Rules) => (json[0]!['options'] = { x: 1 }),
      'rules.XZXK_FR.subject.legal-only.options',
    ],
    [
      'a rule on an unknown field',
      'rules/XZXK_FR.json',
      (json: Rules) => (json[0]!['on'] = ['XX']),
      'rules.XZXK_FR.subject.legal-only',
    ],
    [
      'a rule without a sentence',
      'texts.zh-CN.json',
      (json: Json) => delete json['date.future'],
      'texts.date.future',
    ],
    [
      'an implied rule without a sentence',
      'texts.zh-CN.json',
      (json: Json) => delete json['uscc.shape'],
      'texts.uscc.shape',
    ],
    [
      'a spelling with two meanings',
      'codelists/XK_ZT.json',
      (json: { items: { aliases: string[] }[] }) => json.items[1]!.aliases.push('有效'),
      'codelists.XK_ZT',
    ],
    [
      'a list under another name',
      'codelists/XK_ZT.json',
      (json: Json) => (json['id'] = 'OTHER'),
      'codelists.XK_ZT',
    ],
  ])('is refused for %s', (_, file, edit, path) => {
    change(file, edit)
    const refused = loaded()
    expect(refused['code']).toBe('pack.invalid')
    expect(refused['path']).toBe(path)
  })

  it('is refused for a pattern that a text could make slow', () => {
    for (const pattern of [
      '(a+)+$',
      '^(?:a|b)*c',
      'a*b*',
      '\\d+x',
      '(?=a)b',
      '^(a)\\1',
      '[',
      '^(?:ab{2,}){30}',
    ]) {
      change('rules/XZXK_FR.json', (json: Rules) =>
        Object.assign(json[0]!, { function: 'pattern', options: { pattern } }),
      )
      expect([pattern, loaded()['path']]).toEqual([pattern, 'rules.XZXK_FR.subject.legal-only.options'])
    }
    change('rules/XZXK_FR.json', (json: Rules) =>
      Object.assign(json[0]!, { function: 'pattern', options: { pattern: '^\\d+[a-z*+]{2}$' } }),
    )
    expect(loaded()).toEqual({ code: 'loaded' })
  })

  it('names an example when options are wrong', () => {
    change('rules/XZXK_FR.json', (json: Rules) =>
      Object.assign(json[0]!, { function: 'withinDays', options: { days: -1 } }),
    )
    expect(loaded()['reason']).toContain('{"days":1095}')
  })
})

describe('a standard that is only read', () => {
  const older = resolve(packFolder, '../../pingxiang-credit-2015/2015.1')

  it('needs neither rules nor sentences, and says that it is', () => {
    const { pack } = loadStandard(older)
    expect(pack.readOnly).toBe(true)
    expect(pack.recordTypes.map((type) => type.code)).toEqual(['XZXK_2015', 'XZCF_2015'])
  })

  it('is none that a platform takes records by', () => {
    const ids = loadShippedStandards(resolve(packFolder, '../../..')).map(({ standard }) => standard.pack.id)
    expect(ids).not.toContain('pingxiang-credit-2015')
    expect(ids).toContain('pingxiang-credit')
  })

  it('may be missing: then its layouts cannot be read, all else can', () => {
    const { pack } = loadStandard(packFolder)
    expect(loadOlderStandards(folder, pack)).toEqual([])
    expect(loadOlderStandards(resolve(packFolder, '../../..'), pack)).toHaveLength(1)
  })
})

describe('a calendar file', () => {
  const write = (years: unknown): string => {
    const file = join(folder, 'calendar.json')
    writeFileSync(file, JSON.stringify({ id: 'cn', version: '2026.9', title: 'test', years }))
    return file
  }

  it.each([
    ['a day that does not exist', { 2026: { notice: [], off: ['2026-02-30'], work: [] } }],
    ['a year without days off', { 2026: { notice: [], off: [], work: [] } }],
    ['a day that is both', { 2026: { notice: [], off: ['2026-01-01'], work: ['2026-01-01'] } }],
    [
      'a day that is both by two notices',
      {
        2026: { notice: [], off: ['2026-12-31'], work: [] },
        2027: { notice: [], off: ['2027-01-01'], work: ['2026-12-31'] },
      },
    ],
  ])('is refused for %s', (_, years) => {
    expect(refusal(() => loadCalendar(write(years)))).toMatchObject({ code: 'calendar.invalid' })
  })

  it('is refused when it is not there', () => {
    expect(refusal(() => loadCalendar(join(folder, 'none.json')))).toMatchObject({
      code: 'calendar.invalid',
      path: 'none.json',
    })
  })
})
