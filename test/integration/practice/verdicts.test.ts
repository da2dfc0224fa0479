import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ItemResult, WireItem } from '@shared/domain/exchange'
import { brokenUscc } from '@test/fixtures/invented-subjects'
import { licenceItem, licencePayload, nextRevision } from './invented-items'
import { startHarness } from './practice-harness'
import type { PracticeHarness } from './practice-harness'
import { withPayload } from './signed-client'

let harness: PracticeHarness
beforeAll(async () => {
  harness = await startHarness()
})
afterAll(async () => {
  expect(harness.defects).toEqual([])
  await harness.end()
})

const send = async (...items: WireItem[]): Promise<ItemResult[]> =>
  harness.client.submit(
    items.map((item, index) => ({ ...item, itemNo: index + 1 })),
    uuidv7(),
  )
const sendOne = async (item: WireItem): Promise<ItemResult> => (await send(item))[0]!
const effectsOf = (item: WireItem) => harness.ledger().filter((line) => line.recordId === item.recordId)
const codes = (result: ItemResult) => result.errors.map((error) => error.code)

describe('one business effect per revision', () => {
  it('whatever the number of deliveries, in one batch or in many', async () => {
    const item = licenceItem(1)
    const [first, second] = await send(item, item)
    const third = await sendOne(item)
    expect(first).toMatchObject({ outcome: 'accepted' })
    for (const other of [second!, third]) {
      expect({ ...other, itemNo: 1 }).toEqual({ ...first, itemNo: 1 })
    }
    expect(effectsOf(item)).toEqual([
      {
        seq: expect.any(Number) as number,
        at: harness.clock.now(),
        bureau: harness.desk.bureau.code,
        batchId: expect.any(String) as string,
        itemNo: 1,
        recordId: item.recordId,
        revision: 1,
        op: 'create',
        recordType: 'XZXK_FR',
        sha256: item.sha256,
        outcome: 'accepted',
        platformRef: first!.platformRef,
      },
    ])
  })

  it('refuses other content under a number that was decided about', async () => {
    const item = licenceItem(2)
    await sendOne(item)
    const altered = withPayload(item, { ...item.payload, XK_NR: '另一项内容' })
    const result = await sendOne(altered)
    expect([result.outcome, codes(result), result.platformRef]).toEqual(['rejected', ['1007'], null])
    expect((await sendOne(item)).outcome).toBe('accepted')
    expect(effectsOf(item)).toHaveLength(1)
  })

  it('repeats a rejection in the same words', async () => {
    const item = withPayload(licenceItem(3), { ...licencePayload(3), XK_XDR_SHXYM: brokenUscc(3) })
    const first = await sendOne(item)
    expect(first.outcome).toBe('rejected')
    expect(await sendOne(item)).toEqual(first)
    expect(effectsOf(item)).toEqual([])
  })
})

describe('the standard', () => {
  it.each<[string, Record<string, string | undefined>, string, string]>([
    ['a missing field', { XK_XDR_MC: undefined }, '1003', 'XK_XDR_MC'],
    ['a credit code that does not hold', { XK_XDR_SHXYM: brokenUscc(9) }, '1002', 'XK_XDR_SHXYM'],
    ['a word that is no code', { XK_XKLB: '没有的类别' }, '1004', 'XK_XKLB'],
    ['a malformed date', { XK_JDRQ: '2026/02/27' }, '1005', 'XK_JDRQ'],
    ['dates in the wrong order', { XK_YXQZI: '2020-01-01' }, '1005', 'XK_YXQZI'],
    ['a date to come', { XK_JDRQ: '2026-03-03' }, '1005', 'XK_JDRQ'],
    ['a text that is too long', { XK_FRDB: '长'.repeat(51) }, '1006', 'XK_FRDB'],
    ['a text that is not to be published', { XK_NR: '涉密事项' }, '1010', 'XK_NR'],
    ['a field that it does not have', { XK_NONE: '值' }, '1011', 'XK_NONE'],
    [
      'an identity number that does not hold',
      { XK_FR_ZJLX: '身份证', XK_FR_ZJHM: '11010519491231002Y' },
      '1009',
      'XK_FR_ZJHM',
    ],
  ])('refuses %s under the code that clerks know', async (_name, change, code, field) => {
    const merged = Object.entries({ ...licencePayload(10), ...change }).filter(
      ([, value]) => value !== undefined,
    )
    const item = withPayload(licenceItem(10), Object.fromEntries(merged) as Record<string, string>)
    const result = await sendOne(item)
    expect(result).toMatchObject({ outcome: 'rejected', platformRef: null, duplicateOf: null })
    const error = result.errors.find((one) => one.code === code)
    expect(error).toMatchObject({ field, severity: 'error' })
    expect(error!.message).toMatch(/\p{Script=Han}/u)
    expect(effectsOf(item)).toEqual([])
    const repaired = nextRevision(item, 'create', null, { payload: licencePayload(10) })
    expect(['accepted', 'duplicate']).toContain((await sendOne(repaired)).outcome)
  })

  it('accepts with a warning what it only doubts', async () => {
    const item = withPayload(licenceItem(11), {
      ...licencePayload(11),
      XK_JDRQ: '2020-01-02',
      XK_YXQZ: '2020-01-02',
    })
    const result = await sendOne({ ...item, legalDate: '2020-01-02' })
    expect(result.outcome).toBe('warned')
    expect(result.errors.map((error) => error.severity)).toEqual(['warning'])
    expect(result.platformRef).toMatch(/^PX-/)
    expect(effectsOf(item)).toMatchObject([{ outcome: 'warned' }])
  })

  it('must be one that is taken, with a type that it has', async () => {
    const other = await sendOne(
      licenceItem(12, 1, { standard: { id: 'pingxiang-credit', version: '2025.9' } }),
    )
    const type = await sendOne(licenceItem(12, 1, { recordType: 'NONE' }))
    expect([other.outcome, codes(other), type.outcome, codes(type)]).toEqual([
      'rejected',
      ['1011'],
      'rejected',
      ['1011'],
    ])
  })
})

describe('duplicates', () => {
  it('name the reference and content of the record that was there first', async () => {
    const first = licenceItem(20)
    const accepted = await sendOne(first)
    const same = licenceItem(20)
    const differing = withPayload(licenceItem(20), { ...licencePayload(20), XK_NR: '内容不同' })
    for (const item of [same, differing]) {
      expect(await sendOne(item)).toMatchObject({
        outcome: 'duplicate',
        platformRef: null,
        errors: [],
        duplicateOf: { platformRef: accepted.platformRef, sha256: first.sha256 },
      })
      expect(effectsOf(item)).toEqual([])
    }
  })

  it('are found within one batch, over spellings of the number and over bureaus', async () => {
    const spelled = withPayload(licenceItem(21), { ...licencePayload(21), XK_WSH: '萍示管许[2026] 21号' })
    const [first, second] = await send(licenceItem(21), spelled)
    expect(second).toMatchObject({ outcome: 'duplicate', duplicateOf: { platformRef: first!.platformRef } })
    const { client } = await harness.secondDesk('11360300014500032H')
    const [result] = await client.submit([licenceItem(21)], uuidv7())
    expect(result).toMatchObject({ outcome: 'duplicate', duplicateOf: { platformRef: first!.platformRef } })
  })

  it('are not seen against a key that the desk merely claims', async () => {
    await sendOne(licenceItem(22))
    const result = await sendOne(licenceItem(23, 1, { naturalKey: licenceItem(22).naturalKey }))
    expect(result.outcome).toBe('accepted')
  })

  it('include a second creation of a record that is held', async () => {
    const item = licenceItem(24)
    const { platformRef } = await sendOne(item)
    const again = await sendOne(nextRevision(item, 'create', null))
    expect(again).toMatchObject({ outcome: 'duplicate', duplicateOf: { platformRef, sha256: item.sha256 } })
  })
})

describe('operations', () => {
  it('correct, mark, take down and withdraw what is held', async () => {
    const item = licenceItem(30)
    const { platformRef } = await sendOne(item)
    const corrected = nextRevision(item, 'correct', platformRef, {
      payload: { ...item.payload, XK_NR: '更正后的内容' },
    })
    const marked = nextRevision(corrected, 'repairMark', platformRef)
    const takenDown = nextRevision(marked, 'takeDown', platformRef)
    const withdrawn = nextRevision(takenDown, 'withdraw', platformRef)
    for (const revision of [corrected, marked, takenDown, withdrawn]) {
      expect(await sendOne(revision)).toMatchObject({ outcome: 'accepted', platformRef })
    }
    expect(effectsOf(item).map((line) => [line.revision, line.op, line.platformRef])).toEqual([
      [1, 'create', platformRef],
      [2, 'correct', platformRef],
      [3, 'repairMark', platformRef],
      [4, 'takeDown', platformRef],
      [5, 'withdraw', platformRef],
    ])
    const freed = await sendOne(licenceItem(30))
    expect(freed.outcome).toBe('accepted')
    expect(freed.platformRef).not.toBe(platformRef)
  })

  it('need the reference of something that is held, of the same bureau, in order', async () => {
    const item = licenceItem(31)
    const { platformRef } = await sendOne(item)
    for (const op of ['correct', 'withdraw', 'takeDown', 'repairMark'] as const) {
      for (const reference of [null, 'PX-20260302-9999999']) {
        const result = await sendOne({ ...nextRevision(item, op, reference), recordId: uuidv7() })
        expect([result.outcome, codes(result)]).toEqual(['rejected', ['1012']])
      }
    }
    const { client } = await harness.secondDesk('11360300014500040C')
    const [foreign] = await client.submit([nextRevision(item, 'withdraw', platformRef)], uuidv7())
    expect([foreign!.outcome, codes(foreign!)]).toEqual(['rejected', ['1012']])
    await sendOne(
      nextRevision(item, 'correct', platformRef, {
        revision: 5,
        payload: { ...item.payload, XK_NR: '新内容' },
      }),
    )
    const stale = await sendOne(nextRevision(item, 'correct', platformRef, { revision: 4 }))
    expect([stale.outcome, codes(stale)]).toEqual(['rejected', ['1012']])
  })

  it('need a reason where they end or mark a publication', async () => {
    const item = licenceItem(32)
    const { platformRef } = await sendOne(item)
    for (const [revision, op] of [
      [2, 'withdraw'],
      [3, 'takeDown'],
      [4, 'repairMark'],
    ] as const) {
      for (const reason of [null, '  ']) {
        const result = await sendOne(
          nextRevision(item, op, platformRef, { revision: revision * 2 + (reason === null ? 0 : 1), reason }),
        )
        expect([result.outcome, codes(result)]).toEqual(['rejected', ['1003']])
      }
    }
    expect(effectsOf(item)).toHaveLength(1)
  })

  it('end with a withdrawal', async () => {
    const item = licenceItem(33)
    const { platformRef } = await sendOne(item)
    await sendOne(nextRevision(item, 'withdraw', platformRef))
    const result = await sendOne(nextRevision(item, 'correct', platformRef, { revision: 3 }))
    expect([result.outcome, codes(result)]).toEqual(['rejected', ['1012']])
  })

  it('work for a desk that adopted the reference of its own duplicate', async () => {
    const first = await sendOne(licenceItem(34))
    const adopted = licenceItem(34)
    const { duplicateOf } = await sendOne(adopted)
    const corrected = nextRevision(adopted, 'correct', duplicateOf!.platformRef, {
      payload: { ...adopted.payload, XK_NR: '采用后更正' },
    })
    expect(await sendOne(corrected)).toMatchObject({ outcome: 'accepted', platformRef: first.platformRef })
  })

  it('do not let a correction take the key of another record', async () => {
    await sendOne(licenceItem(35))
    const item = licenceItem(36)
    const { platformRef } = await sendOne(item)
    const result = await sendOne(nextRevision(item, 'correct', platformRef, { payload: licencePayload(35) }))
    expect([result.outcome, codes(result)]).toEqual(['rejected', ['1007']])
  })
})
