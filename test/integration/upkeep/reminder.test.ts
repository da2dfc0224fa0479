import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import type { Watch } from '@engine/ports'
import { newDeskFolder } from '@test/integration/exchange/exchange-fixture'
import { openUpkeepDesk } from './upkeep-desk'

/** A clock that stands at a time of day in China until it is moved. */
function movedClock(first: string) {
  let at = first
  return {
    now: () => new Date(`${at}:00+08:00`).toISOString(),
    set: (next: string) => void (at = next),
  }
}

/** Rests of loops are over at once. */
const hurried: Watch = (area, part) =>
  area === 'waiting'
    ? { ...part, pause: (_ms: number, signal?: AbortSignal) => sleep(10, undefined, { signal }) }
    : part

it('reminds on working days from its time on, while something is due, until it is put away', async () => {
  const clock = movedClock('2026-03-20T15:59')
  const desk = await openUpkeepDesk(await newDeskFolder(), { clock })
  const [first, second] = await desk.addLicences(1, 2)
  const now = () => desk.must('reminder.get', {})
  expect((await desk.must('settings.get', {})).reminder).toBe('16:00')
  expect(await now()).toBeNull()
  clock.set('2026-03-20T16:00')
  expect(await now()).toEqual({ date: '2026-03-20', count: 2 })
  await desk.must('records.discard', { recordIds: [first!], reason: '重复录入' })
  expect(await now()).toEqual({ date: '2026-03-20', count: 1 })

  await desk.must('reminder.dismiss', {})
  expect(await now()).toBeNull()
  // Saturday; then the next working day.
  clock.set('2026-03-21T16:30')
  expect(await now()).toBeNull()
  clock.set('2026-03-23T16:30')
  expect(await now()).toEqual({ date: '2026-03-23', count: 1 })
  // The Sunday before a long holiday is worked.
  clock.set('2026-09-20T16:30')
  expect(await now()).toMatchObject({ date: '2026-09-20' })

  await desk.must('settings.set', { reminder: '09:30' })
  clock.set('2026-03-24T09:30')
  expect(await now()).not.toBeNull()
  await desk.must('settings.set', { reminder: '' })
  expect(await now()).toBeNull()
  expect(await desk.call('settings.set', { reminder: '25:00' })).toMatchObject({
    failure: { code: 'contract.invalid-input' },
  })
  await desk.must('settings.set', { reminder: '09:30' })
  await desk.must('records.discard', { recordIds: [second!], reason: '重复录入' })
  expect(await now()).toBeNull()
})

it('is said aloud once a day, also when the desk is opened again', async () => {
  const clock = movedClock('2026-03-20T15:59')
  const folder = await newDeskFolder()
  const open = async () => {
    const desk = await openUpkeepDesk(folder, { clock, watch: hurried })
    const said: string[] = []
    onTestFinished(
      desk.engine.on((name, payload) => name === 'reminder.due' && said.push(JSON.stringify(payload))),
    )
    return { desk, said }
  }
  const first = await open()
  await first.desk.addLicences(1, 1)
  await sleep(100)
  expect(first.said).toEqual([])
  clock.set('2026-03-20T16:05')
  await expect.poll(() => first.said).toEqual(['{"date":"2026-03-20","count":1}'])
  await sleep(100)
  expect(first.said).toHaveLength(1)
  await first.desk.close()

  const second = await open()
  await sleep(150)
  expect(second.said).toEqual([])
  clock.set('2026-03-23T16:05')
  await expect.poll(() => second.said).toHaveLength(1)
})
