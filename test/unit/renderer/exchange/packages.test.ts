import { flushPromises, mount } from '@vue/test-utils'
import type { VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { CallName, Handlers } from '@shared/contract/calls'
import { refuse } from '@shared/kernel/failure'
import { createAppRouter } from '@renderer/router'
import BatchesScreen from '@renderer/screens/batches/batches-screen.vue'
import { useNotices } from '@renderer/composables/use-notices'
import { useSessionStore } from '@renderer/stores/session-store'
import { demoBridge } from '@test/fixtures/demo/demo-bridge'
import type { DemoBridge } from '@test/fixtures/demo/demo-bridge'
import { olderBatches } from '@test/fixtures/demo/demo-batches'
import { exchangeDemo } from '@test/fixtures/demo/demo-exchange'
import { carriedBatch, demoPackages, doubtfulBatch, handDemo } from '@test/fixtures/demo/demo-packages'

let mounted: VueWrapper | null = null
const shown = (): string => document.body.textContent
const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 2_000 })

async function open(path: string, answers: Partial<Handlers<CallName>> = {}): Promise<void> {
  const bridge: DemoBridge = demoBridge({
    ...exchangeDemo((name, payload) => bridge.emit(name, payload), 5),
    ...handDemo(),
    ...answers,
  })
  Object.assign(window, { bridge })
  const pinia = createPinia()
  setActivePinia(pinia)
  const router = createAppRouter()
  await router.push(path)
  await useSessionStore().load()
  mounted = mount(BatchesScreen, { global: { plugins: [pinia, router] }, attachTo: document.body })
  await flushPromises()
}

function press(text: string): void {
  const found = [...document.querySelectorAll('button')]
    .filter((one) => one.textContent.trim() === text)
    .at(-1)
  if (found === undefined) throw new Error(`no button ${text} in ${shown().slice(0, 400)}`)
  found.click()
}

/** Gives a reason in the open dialog and agrees. */
async function giveReason(reason: string, agree: string): Promise<void> {
  await until(() => expect(document.querySelector('.el-dialog textarea')).not.toBeNull())
  const field = document.querySelector<HTMLTextAreaElement>('.el-dialog textarea')!
  field.value = reason
  field.dispatchEvent(new Event('input'))
  await flushPromises()
  press(agree)
  await flushPromises()
}

afterEach(() => {
  mounted?.unmount()
  mounted = null
  document.body.innerHTML = ''
})

describe('files that travel by hand', () => {
  it('are listed with what became of each, and what came back with why it was not used', async () => {
    await open('/batches')
    press('离线报送')
    await until(() => expect(shown()).toContain('已回执'))
    expect(shown()).toContain('等回执包')
    expect(shown()).toContain('第 1 号')
    expect(shown()).toContain('没有采用')
    expect(shown()).toMatch(/改动|不完整|不是平台/)
  })

  it('say so when there was nothing to write, and hand no file over', async () => {
    const deliver = vi.fn(() => ({ downloadUrl: null }))
    await open('/batches', {
      'host.chooseTarget': ({ name }) => ({ token: 'target-1', name }),
      'host.deliver': deliver,
      'packages.write': () => ({ packageId: null, sha256: null, isAgain: false, batches: [], notSent: [] }),
    })
    press('离线报送')
    await until(() => expect(shown()).toContain('写出报送包'))
    press('写出报送包')
    await until(() => expect(useNotices().notices.value.at(-1)?.text).toContain('没有写文件'))
    expect(deliver).not.toHaveBeenCalled()
  })

  it('are written under a name with the day, and said to be for the platform', async () => {
    const names: string[] = []
    await open('/batches', {
      'host.chooseTarget': ({ name }) => {
        names.push(name)
        return { token: 'target-1', name }
      },
      'host.deliver': () => ({ downloadUrl: null }),
      'packages.write': () => ({
        packageId: 'p',
        sha256: 'ab',
        isAgain: false,
        batches: [carriedBatch],
        notSent: [],
      }),
    })
    press('离线报送')
    await until(() => expect(shown()).toContain('写出报送包'))
    press('写出报送包')
    await until(() => expect(useNotices().notices.value.at(-1)?.text).toContain('1 个批次 6 件'))
    expect(names).toEqual([expect.stringMatching(/^报送包-\d{4}-\d\d-\d\d\.zip$/)])
  })

  it('are not offered where the way has none', async () => {
    await open('/batches', {
      'packages.list': () => ({ isOffered: false, packages: [], answers: [] }),
    })
    press('离线报送')
    await until(() => expect(shown()).toContain('现在的报送方式没有离线报送包'))
    expect(shown()).not.toContain('写出报送包')
  })

  it('that were brought and refused say why at once', async () => {
    await open('/batches', {
      'host.info': () => ({ kind: 'electron', mode: 'practice', liveReady: true, version: '0' }),
      'host.chooseFiles': () => [{ token: 'source-1', name: '回执.zip', bytes: 10 }],
      'packages.apply': () => refuse('package.other-desk', { file: '回执.zip' }),
      'packages.list': () => demoPackages,
    })
    press('离线报送')
    await until(() => expect(shown()).toContain('读入回执包'))
    press('读入回执包')
    await until(() =>
      expect(document.querySelector('.el-drawer [role="alert"]')?.textContent).toContain('回执.zip'),
    )
  })
})

describe('what a person has to decide', () => {
  it('of rows is asked record by record, with a reason', async () => {
    const asked = vi.fn()
    await open(`/batches?open=${doubtfulBatch.batchId}`, handDemo(asked))
    await until(() => expect(shown()).toContain('9 件请到平台上核对后认定'))
    const boxes = [...document.querySelectorAll<HTMLInputElement>('.decision input[type=checkbox]')]
    expect(boxes).toHaveLength(10)
    boxes[1]!.click()
    await flushPromises()
    boxes[3]!.click()
    await flushPromises()
    expect(shown()).toContain('已选 2 件')
    press('平台已有')
    await giveReason('逐件查到', '平台已有')
    await until(() => expect(asked).toHaveBeenCalledTimes(1))
    const [decision] = asked.mock.calls[0] as [{ recordIds: string[]; decision: string; reason: string }]
    expect(decision).toMatchObject({ decision: 'held', reason: '逐件查到' })
    expect(decision.recordIds).toHaveLength(2)
    await until(() => expect(shown()).toContain('7 件请到平台上核对后认定'))
  })

  it('of all rows is one word for all', async () => {
    const asked = vi.fn()
    await open(`/batches?open=${doubtfulBatch.batchId}`, handDemo(asked))
    await until(() => expect(shown()).toContain('9 件请到'))
    document.querySelector<HTMLInputElement>('.decision thead input')!.click()
    await flushPromises()
    press('平台没有，重新发送')
    await giveReason('查过没有', '没有，重新发送')
    await until(() => expect(asked).toHaveBeenCalled())
    expect(asked.mock.calls[0]).toMatchObject([{ decision: 'not-held', recordIds: null }])
    await until(() => expect(document.querySelector('.decision')).toBeNull())
  })

  it('of a file that was not handed in gives its records back', async () => {
    const asked = vi.fn()
    await open(`/batches?open=${carriedBatch.batchId}`, handDemo(asked))
    await until(() => expect(shown()).toContain('报送包交出去了吗'))
    press('没有交出，收回')
    await giveReason('没有交', '收回')
    await until(() => expect(asked).toHaveBeenCalled())
    expect(asked.mock.calls[0]).toMatchObject([
      { batchId: carriedBatch.batchId, decision: 'not-held', recordIds: null, reason: '没有交' },
    ])
  })

  it('is nothing for any other batch', async () => {
    await open(`/batches?open=${olderBatches[0]!.batchId}`)
    await until(() => expect(shown()).toContain('批次编号'))
    expect(document.querySelector('.decision')).toBeNull()
  })

  it('shows in the list, and the run that goes on by itself leaves a carried batch alone', async () => {
    await open('/batches')
    expect(shown()).toContain('已写入报送包，等回执包')
    expect(shown()).toContain('等人工认定')
    // The stopped one; the other two wait for a file and for a person.
    expect(shown()).toContain('接着办完 1 个批次')
  })
})
