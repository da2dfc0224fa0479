import { expect, test } from 'vitest'
import { licencePayload } from '@test/integration/practice/invented-items'
import { unregisteredMark } from '@shared/texts/zh-CN/practice'
import {
  connect,
  everything,
  newDeskFolder,
  openDesk,
  runningClock,
  startPair,
  startPlatform,
  task,
} from './exchange-fixture'

/** A licence of a subject that the practice platform does not know until somebody registers it. */
const ofUnknown = (number: number): Record<string, string> => ({
  ...licencePayload(number),
  XK_XDR_MC: `萍乡市${unregisteredMark}商贸有限公司`,
})

test('a subject that was refused is foreseen for its next record, with the reason', async () => {
  const { desk } = await startPair({ scenario: 'strict', seed: 7 })
  const first = desk.editing.create('XZXK_FR', ofUnknown(1))
  await desk.submission.submit(everything, task)
  expect(desk.delivery(first)).toBe('rejected')
  const [other] = desk.addLicences(2, 1)
  const next = desk.editing.create('XZXK_FR', ofUnknown(3))
  const { sendable, likelyRejected } = desk.forecast.forecast(null)
  expect([sendable, likelyRejected.map(({ recordId }) => recordId)]).toEqual([2, [next]])
  expect(likelyRejected[0]!.reason).toMatch(/^同一相对人的记录曾因“.+”被退回/)
  expect(likelyRejected.some(({ recordId }) => recordId === other)).toBe(false)
})

test('an answer to a refusal that left the refused value is foreseen to come back', async () => {
  const { desk } = await startPair({ scenario: 'strict', seed: 7 })
  const id = desk.editing.create('XZXK_FR', ofUnknown(1))
  await desk.submission.submit(everything, task)
  desk.editing.save(id, 1, { BZ: '已核对' })
  expect(desk.forecast.forecast(null).likelyRejected[0]).toMatchObject({
    recordId: id,
    reason: expect.stringContaining('还没有改') as string,
  })
  desk.editing.save(id, 2, { XK_XDR_MC: '萍乡市已登记商贸有限公司' })
  expect(desk.forecast.forecast(null).likelyRejected).toEqual([])
})

test('a subject that the platform has accepted since is not held against its records', async () => {
  const { desk } = await startPair({ scenario: 'strict', seed: 7 })
  const refused = desk.editing.create('XZXK_FR', ofUnknown(1))
  await desk.submission.submit(everything, task)
  // Somebody registered it: another record of the subject stands accepted.
  const [accepted] = desk.addLicences(2, 1)
  await desk.submission.submit(everything, task)
  const name = desk.records.find(refused)!.subjectName
  desk.records.update(accepted!, { subjectName: name })
  desk.editing.create('XZXK_FR', ofUnknown(3))
  expect(desk.forecast.forecast(null).likelyRejected).toEqual([])
})

test('a day without records is reported as such; types without records are named beside those that go', async () => {
  const platform = await startPlatform()
  let shiftMs = 0
  const clock = { now: () => new Date(Date.parse(runningClock.now()) + shiftMs).toISOString() }
  const desk = openDesk(await newDeskFolder(), { clock })
  await connect(desk, platform)
  // A desk that never kept a record has nothing to be silent about.
  expect(desk.forecast.forecast(null)).toMatchObject({ nilTypes: [], isNilDay: false })
  expect(() => desk.nil.report()).toThrow('submission.not-nil')
  desk.addLicences(1, 1)
  expect(() => desk.nil.report()).toThrow('submission.not-nil')
  expect(desk.forecast.forecast(null)).toMatchObject({ sendable: 1, nilTypes: [], isNilDay: false })
  await desk.submission.submit(everything, task)
  expect(desk.forecast.forecast(null)).toMatchObject({ sendable: 0, nilTypes: [], isNilDay: false })
  expect(() => desk.nil.report()).toThrow('submission.not-nil')

  shiftMs = 24 * 60 * 60 * 1000
  expect(desk.forecast.forecast(null)).toMatchObject({ nilTypes: ['XZXK_FR'], isNilDay: true })
  expect(desk.nil.report()).toEqual({ types: ['XZXK_FR'] })

  // What still has to be mended is not nothing, and says how late it is.
  const waiting = desk.addLicences(2, 1)[0]!
  desk.database.prepare("UPDATE record SET quality = 'blocked' WHERE record_id = ?").run(waiting)
  const forecast = desk.forecast.forecast(null)
  expect(forecast).toMatchObject({ sendable: 0, nilTypes: [], isNilDay: false })
  expect(forecast.stays).toMatchObject([{ reason: 'blocked', count: 1 }])
  expect(() => desk.nil.report()).toThrow('submission.not-nil')
  const acts = desk.database.prepare("SELECT act FROM audit WHERE act = 'day.nil-reported'").pluck().all()
  expect(acts).toHaveLength(1)
})

test('what stays is counted whole, however many there are, and the most urgent of each reason are listed', async () => {
  const { desk } = await startPair()
  const [pattern] = desk.addLicences(1, 1)
  const record = desk.records.find(pattern!)!
  desk.store.write(() => {
    for (let number = 1; number <= 501; number++) {
      const own = { naturalKey: `key-${number}`, docNo: `${number}号`, dueOn: '2026-11-02' }
      desk.records.insert({
        ...{ ...record, ...own, recordId: `excluded-${number}` },
        ...{ excludedBasis: 'simple-procedure', excludedReason: '简易程序' },
      })
    }
    desk.records.insert({
      ...{ ...record, recordId: 'held', naturalKey: 'held', dueOn: '2026-11-30' },
      ...{ editorial: 'held', heldReason: '等补证' },
    })
  })
  const { sendable, notSent, stays } = desk.forecast.forecast(null)
  expect([sendable, stays.map(({ reason, count }) => [reason, count])]).toEqual([
    1,
    [
      ['held', 1],
      ['excluded', 501],
    ],
  ])
  expect(notSent.filter(({ reason }) => reason === 'excluded')).toHaveLength(500)
  const some = desk.forecast.forecast(null, ['held', 'excluded-7'])
  expect([some.sendable, some.notSent.map(({ recordId }) => recordId)]).toEqual([0, ['held', 'excluded-7']])
})
