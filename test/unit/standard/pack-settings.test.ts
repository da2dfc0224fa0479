import { FailureError } from '@shared/kernel/failure'
import { isInRange, resolveSettings } from '@shared/standard/pack-settings'
import { loadStandard } from '@engine/standards/standard-loader'
import { describe, expect, it } from 'vitest'
import { packFolder, standard } from './sample-standard'

const length = {
  id: 'sample.length',
  title: '最大字数',
  value: 64,
  range: { min: 10, max: 100 },
  source: '本地',
  confidence: 'C',
}
const severity = {
  id: 'sample.severity',
  title: '处理',
  value: 'warning',
  range: {
    choices: [
      { value: 'warning', label: '提醒' },
      { value: 'error', label: '必须改正' },
    ],
  },
  source: '本地',
  confidence: 'D',
}
const parts = {
  recordTypes: [{ code: 'T', fields: [{ code: 'A', maxLength: { setting: 'sample.length' } }] }],
  rules: { T: [{ id: 'a.b', severity: { setting: 'sample.severity' } }] },
}

const reasonOf = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (error) {
    if (error instanceof FailureError) return error.failure.params
    throw error
  }
}

describe('settings of a pack', () => {
  it('are put in wherever a file names them, and know where', () => {
    const resolved = resolveSettings({ ...parts, settings: [length, severity] }, {})
    expect(resolved.parts).toEqual({
      recordTypes: [{ code: 'T', fields: [{ code: 'A', maxLength: 64 }] }],
      rules: { T: [{ id: 'a.b', severity: 'warning' }] },
    })
    expect(resolved.settings.map(({ sets }) => sets)).toEqual([
      ['recordTypes.T.fields.A.maxLength'],
      ['rules.T.a.b.severity'],
    ])
  })

  it('take the value that a desk has chosen', () => {
    const chosen = { 'sample.length': 20, 'sample.severity': 'error' }
    const resolved = resolveSettings({ ...parts, settings: [length, severity] }, chosen)
    expect(resolved.parts).toMatchObject({ rules: { T: [{ severity: 'error' }] } })
    expect(resolved.settings.map(({ value }) => value)).toEqual([20, 'error'])
  })

  it.each([
    ['an unknown one', [length], {}, 'rules.T.a.b.severity'],
    [
      'one that nothing names',
      [length, severity, { ...length, id: 'sample.other' }],
      {},
      'settings.sample.other',
    ],
    ['one that is there twice', [length, severity, length], {}, 'settings.sample.length'],
    ['a value out of its range', [{ ...length, value: 101 }, severity], {}, 'settings.sample.length'],
    [
      'a chosen value that is no choice',
      [length, severity],
      { 'sample.severity': 'hint' },
      'settings.sample.severity',
    ],
    ['one without a source', [{ ...length, source: '' }], {}, 'settings.0.source'],
  ])('refuse %s', (_, settings, chosen, path) => {
    expect(reasonOf(() => resolveSettings({ ...parts, settings }, chosen))).toMatchObject({ path })
  })

  it('allow whole numbers only', () => {
    expect([9, 10, 10.5, 100, 101, '64'].map((value) => isInRange(length, value))).toEqual([
      false,
      true,
      false,
      true,
      false,
      false,
    ])
  })
})

describe('settings of the shipped pack', () => {
  it('stand for everything that the sources leave open, each with a source and a low confidence', () => {
    const { settings } = standard.pack
    expect(settings.length).toBeGreaterThan(10)
    for (const setting of settings) expect(['C', 'D']).toContain(setting.confidence)
  })

  it('change what is checked, once compiled', () => {
    const strict = loadStandard(packFolder, { 'licence.content-length': 2048, 'penalty.fine': 'warning' })
    const licence = strict.types.get('XZXK_FR')!
    const contentOf = (length: number) =>
      licence
        .check({ XK_NR: '字'.repeat(length) }, { today: '2026-11-23' })
        .filter((issue) => issue.code === 'field.length')
    expect([contentOf(2048).length, contentOf(2049).length]).toEqual([0, 1])
    const penalty = strict.types.get('XZCF_FR')!
    const fine = penalty
      .check({ CF_CFLB: '罚款' }, { today: '2026-11-23' })
      .find((issue) => issue.code === 'penalty.fine-missing')
    expect(fine?.severity).toBe('warning')
  })

  it.each(standard.pack.settings)('$id loads at every end of its range', ({ id, range }) => {
    const ends = 'choices' in range ? range.choices.map((choice) => choice.value) : [range.min, range.max]
    for (const value of ends) {
      const setting = loadStandard(packFolder, { [id]: value }).pack.settings.find((one) => one.id === id)
      expect(setting?.value).toBe(value)
    }
  })
})
