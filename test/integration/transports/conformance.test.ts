/**
 * What every way to a platform must keep, whatever happens on it: nothing is lost, nothing has its effect twice, and
 * the desk never believes more than the platform has said. The platform's ledger is the judge; contents are compared
 * by their hashes, because not every platform knows our record ids.
 */
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { unregisteredMark } from '@shared/texts/zh-CN/practice'
import { licencePayload } from '@test/integration/practice/invented-items'
import { stopPostgres } from './front-db-lane'
import { hashOf } from './lane'
import type { Lane } from './lane'
import { lanes } from './lanes'

afterAll(stopPostgres)

for (const { name, missing } of lanes.filter((lane) => lane.missing !== null)) {
  console.warn(`SKIPPED: the transport ${name} is not tested on this machine: ${missing}`)
}

/** Hashes of what the records hold, by the newest item of each. */
const hashesOf = (lane: Lane, recordIds: readonly string[]): string[] =>
  recordIds.map((recordId) => hashOf(lane, recordId)).sort()

const ledgerHashes = (lane: Lane): string[] =>
  lane.platform
    .ledger()
    .map(({ sha256 }) => sha256)
    .sort()

/** The ledger holds each of these once, and nothing else; the desk calls them accepted. */
function expectDelivered(lane: Lane, recordIds: readonly string[]): void {
  expect(ledgerHashes(lane)).toEqual(hashesOf(lane, recordIds))
  for (const recordId of recordIds) expect(lane.desk().delivery(recordId)).toBe('accepted')
  expect(lane.desk().batches.open(true)).toEqual([])
  expect(lane.desk().audit.firstBroken()).toBeNull()
}

describe.each(lanes)('$name', ({ start, missing }) => {
  const run = test.skipIf(missing !== null)

  run('accepted: what is ready arrives once and is known as accepted', async () => {
    const lane = await start()
    const ids = lane.desk().addLicences(1, 5)
    await lane.send()
    expectDelivered(lane, ids)
    await lane.goOn()
    expectDelivered(lane, ids)
  })

  run(
    'rejected: the refusal reaches the record with its reason, and nothing stays at the platform',
    async () => {
      const lane = await start({ scenario: 'strict' })
      const subject = `${unregisteredMark}有限公司`
      const id = lane.desk().editing.create('XZXK_FR', { ...licencePayload(1), XK_XDR_MC: subject })
      await lane.send()
      expect(lane.desk().delivery(id)).toBe('rejected')
      expect(lane.desk().records.find(id)).toMatchObject({
        editorial: 'draft',
        headlineCode: expect.stringMatching(/^platform\./) as unknown,
      })
      expect(lane.platform.ledger()).toEqual([])
    },
  )

  run('partial: each row has its own end, and the desk says what the ledger says', async () => {
    const lane = await start({ scenario: 'strict', seed: 3 })
    const ids = lane.desk().addLicences(1, 60)
    await lane.send()
    await lane.goOn()
    const accepted = ids.filter((id) => lane.desk().delivery(id) === 'accepted')
    expect(new Set(ids.map((id) => lane.desk().delivery(id)))).toEqual(new Set(['accepted', 'rejected']))
    expect(ledgerHashes(lane)).toEqual(hashesOf(lane, accepted))
  })

  run('lost reply: nothing is believed, and what is sent again has no second effect', async () => {
    const lane = await start()
    const ids = lane.desk().addLicences(1, 5)
    await lane.arm('lost-reply')
    await lane.send()
    for (const id of ids) expect(lane.desk().delivery(id)).not.toMatch(/accepted|rejected|none/)
    // A front-end machine is looked into by the platform in its own time.
    await expect.poll(() => ledgerHashes(lane)).toEqual(hashesOf(lane, ids))
    await lane.heal()
    await lane.goOn()
    expectDelivered(lane, ids)
    await lane.goOn()
    expectDelivered(lane, ids)
  })

  run('cut in the middle: the rest follows, and what had arrived stays one', async () => {
    const lane = await start()
    const ids = lane.desk().addLicences(1, 5)
    await lane.arm('cut')
    await lane.send()
    for (const id of ids) expect(lane.desk().delivery(id)).not.toBe('rejected')
    await lane.heal()
    await lane.goOn()
    expectDelivered(lane, ids)
  })

  run('cancelled: nothing has left, and the records go with the next run', async () => {
    const lane = await start()
    const ids = lane.desk().addLicences(1, 3)
    const stopped = { signal: AbortSignal.abort(), progress: () => undefined }
    await lane.send(undefined, stopped).catch(() => undefined)
    expect(lane.platform.ledger()).toEqual([])
    for (const id of ids) expect(lane.desk().delivery(id)).toBe('none')
    await lane.send()
    expectDelivered(lane, ids)
  })

  run('refused authentication: nothing is taken and nothing is lost', async () => {
    const lane = await start()
    const ids = lane.desk().addLicences(1, 3)
    await lane.arm('refused')
    await lane.send().catch(() => undefined)
    expect(lane.platform.ledger()).toEqual([])
    for (const id of ids) expect(lane.desk().delivery(id)).not.toMatch(/accepted|rejected/)
    await lane.heal()
    await lane.send()
    await lane.goOn()
    expectDelivered(lane, ids)
  })

  run.each(['lost-reply', 'cut'] as const)(
    'restart after %s: the store alone is enough to go on',
    async (accident) => {
      const lane = await start()
      const ids = lane.desk().addLicences(1, 5)
      await lane.arm(accident)
      await lane.send()
      lane.restart()
      await lane.heal()
      await lane.goOn()
      expectDelivered(lane, ids)
      onTestFinished(() => lane.desk().close())
    },
  )

  run('one after the other: a second delivery follows the first, and neither touches the other', async () => {
    const lane = await start()
    const first = lane.desk().addLicences(1, 3)
    await lane.send()
    const second = lane.desk().addLicences(4, 3)
    await lane.send()
    expectDelivered(lane, [...first, ...second])
  })
})
