import { afterEach, expect, it } from 'vitest'
import { mount } from '@vue/test-utils'
import DiagnosticsRow from '@renderer/screens/settings/diagnostics-row.vue'
import { useNotices } from '@renderer/composables/use-notices'
import { settle, useDemoBridge } from './mount-page'

afterEach(() => (document.body.innerHTML = ''))

const press = async (text: string): Promise<void> => {
  const found = [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === text)
  found!.click()
  await settle()
}

it('shows everything that is inside before anything is saved', async () => {
  const written: string[] = []
  useDemoBridge({
    'host.chooseTarget': ({ name }) => ({ token: 'target-token', name }),
    'host.deliver': () => ({ downloadUrl: null }),
    'diagnostics.write': ({ target }) => ({ members: [String(written.push(target))] }),
  })
  mount(DiagnosticsRow, { attachTo: document.body })
  await press('查看并保存诊断包')
  expect(document.body.textContent).toContain('"app": "0.1.0"')
  expect(document.body.textContent).toContain('engine.opened')
  expect(written).toEqual([])
  await press('保存')
  expect(written).toEqual(['target-token'])
  expect(useNotices().notices.value.at(-1)?.text).toContain('诊断包已保存')
})
