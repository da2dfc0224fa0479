import { describe, expect, it } from 'vitest'
import { MOST_FILTERS, createSavedFilters } from '@engine/services/saved-filters'
import { uuidIds } from '@engine/system-ids'
import type { CallInput } from '@shared/contract/calls'
import { recordsBench, soundLicence } from './records-bench'
import { codeOf, licence } from './records-steps'

const code = soundLicence['XK_XDR_SHXYM']!
const name = soundLicence['XK_XDR_MC']!
const ask = (bench: ReturnType<typeof recordsBench>, changes = {}) =>
  bench.earlier.of({
    recordType: 'XZXK_FR',
    recordId: null,
    subjectCode: code,
    subjectName: '',
    ...changes,
  })

describe('what earlier records know of a subject', () => {
  it('is its newest name, when it is not the one that is there already', () => {
    const bench = recordsBench()
    expect(ask(bench)).toEqual({ name: null, previous: null })
    const first = bench.editing.create('XZXK_FR', licence(1))
    expect(ask(bench).name).toBe(name)
    expect(ask(bench, { subjectCode: ` ${code.toLowerCase()} ` }).name).toBe(name)
    expect(ask(bench, { subjectName: name }).name).toBeNull()
    expect(ask(bench, { recordId: first }).name).toBeNull()
    bench.editing.create('XZXK_FR', licence(2, { XK_XDR_MC: '萍乡市更名示例有限公司' }))
    expect(ask(bench).name).toBe('萍乡市更名示例有限公司')
  })

  it('is the newest record of the type, without what each decision has of its own', () => {
    const bench = recordsBench()
    bench.editing.create('XZXK_FR', licence(1))
    const second = bench.editing.create('XZXK_FR', licence(2, { XK_NR: '较新的许可内容' }))
    const { previous } = ask(bench)
    expect(previous).toMatchObject({ recordId: second, docNo: '萍市监许〔2026〕2号' })
    expect(previous?.values['XK_NR']).toBe('较新的许可内容')
    const { spec } = bench.checking.type('XZXK_FR')
    const never = spec.fields.filter(
      (field) => field.type === 'date' || field.sensitivity !== 'public' || field.code === spec.search.docNo,
    )
    expect(never.map((field) => field.code).filter((field) => previous?.values[field] !== undefined)).toEqual(
      [],
    )
    bench.decisions.discard([second], '录错')
    expect(ask(bench).previous?.docNo).toBe('萍市监许〔2026〕1号')
  })
})

describe('the saved selections of a desk', () => {
  const selection = (name: string, filterId: string | null = null): CallInput<'filters.put'> => ({
    filterId,
    name,
    query: { type: null, filter: 'ready', search: '', delivery: null, clock: null, sort: 'danger' },
  })
  const open = () => {
    const bench = recordsBench()
    return createSavedFilters({ ...bench, settings: bench.settings, ids: uuidIds, actor: () => '王示例' })
  }

  it('are named, renamed in their place, removed and put back', () => {
    const filters = open()
    filters.put(selection('本周许可'))
    const [first] = filters.put(selection('退回的处罚'))
    expect(filters.put(selection('本周的许可', first!.filterId)).map((one) => one.name)).toEqual([
      '本周的许可',
      '退回的处罚',
    ])
    expect(filters.remove(first!.filterId).map((one) => one.name)).toEqual(['退回的处罚'])
    expect(filters.put({ ...first!, name: '本周的许可' }).map((one) => one.name)).toEqual([
      '退回的处罚',
      '本周的许可',
    ])
    expect(filters.list()).toHaveLength(2)
  })

  it('have names of their own, however they are written, and an end', () => {
    const filters = open()
    filters.put(selection('本周ABC'))
    expect(codeOf(() => filters.put(selection('本周ａｂｃ')))).toBe('filter.name-taken')
    for (let index = 1; index < MOST_FILTERS; index++) filters.put(selection(`第 ${index} 个`))
    expect(codeOf(() => filters.put(selection('多一个')))).toBe('filter.too-many')
    expect(filters.list()).toHaveLength(MOST_FILTERS)
  })
})
