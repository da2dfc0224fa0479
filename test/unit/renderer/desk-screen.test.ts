import { describe, expect, it } from 'vitest'
import { failure, FailureError } from '@shared/kernel/failure'
import DeskScreen from '@renderer/screens/desk/desk-screen.vue'
import { useSessionStore } from '@renderer/stores/session-store'
import { useStandardStore } from '@renderer/stores/standard-store'
import { deskTexts, newsText } from '@renderer/texts/zh-CN/desk'
import { setBackDemo } from '@test/fixtures/demo/demo-desk'
import { emptyDesk } from '@test/fixtures/demo/demo-empty'
import { mountPage, settle, useDemoBridge } from './mount-page'

async function openDesk(overrides = {}) {
  const bridge = useDemoBridge(overrides)
  await Promise.all([useSessionStore().load(), useStandardStore().ensure()])
  return { bridge, ...(await mountPage(DeskScreen, '/desk')) }
}

describe('the desk', () => {
  it('says first what is late and what is due', async () => {
    const { page } = await openDesk()
    expect(page.get('h2').text()).toBe('1 件已逾期，2 件今天到期。')
    expect(page.text()).toContain('现在报送，42 件都能按期，预计 40 件通过，2 件可能被退回。')
  })

  it('says that an older copy of the data was put back, until somebody has taken note', async () => {
    let isNoted = false
    const { page } = await openDesk({
      'desk.overview': () => ({
        ...setBackDemo['desk.overview'](),
        ...(isNoted ? { setBack: null } : {}),
      }),
      'desk.noteSetBack': () => {
        isNoted = true
        return { noted: true }
      },
    })
    expect(page.get('.band').text()).toContain('较早的副本')
    expect(page.get('.band').text()).toContain('不会重复报送')
    await page.get('.band button').trigger('click')
    await settle()
    expect(isNoted).toBe(true)
    expect(page.find('.band').exists()).toBe(false)
  })

  it('leads from each number to the records behind it', async () => {
    const { page } = await openDesk()
    const targets = page.findAll('.tile').map((tile) => tile.attributes('href'))
    expect(targets).toEqual([
      '/records?filter=unsent&clock=overdue',
      '/records?filter=unsent&clock=due_today',
      '/records?filter=unsent&clock=due_soon',
      '/inbox',
      '/records?filter=unsent',
      '/records?filter=ready',
    ])
  })

  it('offers a repair where there is one, and none where nothing is wrong', async () => {
    const { page } = await openDesk()
    const actions = page.findAll('tbody tr').map((row) => row.get('td.act').text())
    expect(actions).toEqual(['补填', '', '更正', '', '', '确认', '', ''])
  })

  it('shows ways to start instead of zeros on the first day', async () => {
    const { page, router } = await openDesk({
      ...emptyDesk,
      'host.sampleFile': () => ({ token: 'sample-token', name: '示例.xlsx', bytes: 1 }),
    })
    expect(page.find('.tile').exists()).toBe(false)
    await page.findAll('.steps button')[0]!.trigger('click')
    await settle()
    expect(router.currentRoute.value.name).toBe('import')
    expect(router.currentRoute.value.query).toEqual({ file: 'sample-token', name: '示例.xlsx' })
  })

  it('is asked again when records change, once for a burst', async () => {
    const whole = await useDemoBridge().call('desk.overview', {})
    if (!whole.ok) throw new Error('the demo desk answers')
    const answer = whole.value
    let asked = 0
    const { bridge, page } = await openDesk({
      'desk.overview': () => {
        asked++
        return answer
      },
    })
    asked = 0
    for (let n = 0; n < 30; n++) bridge.emit('records.changed', { recordIds: null })
    await settle(600)
    expect(asked).toBe(1)
    expect(page.find('.tile').exists()).toBe(true)
  })

  it('says in a sentence why nothing can be shown', async () => {
    const { page } = await openDesk({
      'desk.overview': () => {
        throw new FailureError(failure('storage.io'))
      },
    })
    expect(page.get('[role="alert"]').text()).toContain('读写磁盘出错')
  })
})

describe('the sentences of the desk', () => {
  it('name errors apart from what only waits for a word', () => {
    expect(deskTexts.tiles.problemsHint(44, 0)).toBe('改正后即可报送')
    expect(deskTexts.tiles.problemsHint(4, 3)).toBe('4 件有错 3 件待确认')
  })

  it('say nought out loud', () => {
    expect(deskTexts.headline({ overdue: 0, dueToday: 0, rejected: 0 })).toBe(
      '没有逾期，今天也没有到期的记录。',
    )
    expect(deskTexts.forecast({ sendable: 0, inTime: 0, likelyAccepted: 0, likelyRejected: 0 })).toBe(
      '现在没有可报送的记录。',
    )
  })

  it('word the news, also of acts they do not know', () => {
    expect(newsText('item.rejected', { code: 'platform.1001' })).toBe('一件记录被平台退回（1001）')
    expect(newsText('batch.settled', { label: 'A-1', accepted: 3, rejected: 1 })).toBe(
      '批次 A-1 已办结，3 件通过，1 件退回',
    )
    expect(newsText('batch.sealed', { label: 'A-1' })).toBe('封存为批次 A-1')
    expect(newsText('batch.folded', {})).toBe('batch.folded')
  })
})
