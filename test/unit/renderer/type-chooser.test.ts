import { mount } from '@vue/test-utils'
import type { VueWrapper } from '@vue/test-utils'
import { resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadInstalledStandard } from '@engine/standards/installed-standard'
import TypeChooser from '@renderer/screens/form/type-chooser.vue'
import { settle, useDemoBridge } from './mount-page'

const { pack } = loadInstalledStandard(resolve(import.meta.dirname, '../../../resources'))
let chooser: VueWrapper

beforeEach(() => {
  useDemoBridge()
  chooser = mount(TypeChooser, { props: { types: pack.recordTypes }, attachTo: document.body })
})
afterEach(() => chooser.unmount())

const headings = (): string[] => chooser.findAll('h3').map((heading) => heading.text())
const choices = (): string[] => chooser.findAll('section button').map((button) => button.text())

async function search(text: string): Promise<void> {
  await chooser.find('input').setValue(text)
  await settle(250)
}

describe('the chooser of a record type', () => {
  it('shows every type under the class of the policy, and marks the local ones', () => {
    expect(headings()).toEqual(['基本数据', '处罚及司法数据', '预警数据', '荣誉信息', '市场化数据'])
    expect(choices()).toHaveLength(pack.recordTypes.length)
    expect(choices()).toContain('企业欠薪信息本地')
    expect(choices().filter((text) => text.endsWith('本地'))).toHaveLength(6)
  })

  it('finds a type by name, short name and code, and takes the first on Enter', async () => {
    await search('欠税')
    expect([headings(), choices()]).toEqual([['预警数据'], ['法人欠税信息']])
    await search('yj_qsb')
    expect(choices()).toEqual(['企业参保欠缴信息'])
    await search('双随机')
    await chooser.find('input').trigger('keydown', { key: 'Enter' })
    expect(chooser.emitted('choose')).toEqual([['CCJC']])
  })

  it('says so when nothing answers', async () => {
    await search('没有这一类')
    expect(choices()).toEqual([])
    expect(chooser.find('p').text()).not.toBe('')
  })
})
