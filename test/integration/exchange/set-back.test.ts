import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { storeFile } from '@engine/repos/data-folder'
import { MARK_FILE } from '@engine/repos/head-mark'
import { licencePayload } from '@test/integration/practice/invented-items'
import { startChaosProxy } from './chaos-proxy'
import {
  connect,
  effectKeys,
  everything,
  newDeskFolder,
  openDesk,
  startPlatform,
  task,
} from './exchange-fixture'
import type { Desk } from './exchange-fixture'

/** A desk whose line is watched, and a way to take a copy of its store and put it back by hand. */
async function startCopied(settleDelayMs = 0) {
  const platform = await startPlatform({ settleDelayMs })
  const proxy = await startChaosProxy(platform.server.url)
  const folder = await newDeskFolder()
  const copies = mkdtempSync(join(tmpdir(), 'xinbao-copies-'))
  onTestFinished(() => rmSync(copies, { recursive: true, force: true }))
  const desk = openDesk(folder)
  await connect(desk, platform, proxy.url)
  const copy = join(copies, 'store.db')
  return {
    platform,
    proxy,
    desk,
    /** Closes the desk, keeps a copy of its store alone, and opens it again. */
    keepCopy(before: Desk): Desk {
      before.close()
      cpSync(storeFile(folder), copy)
      return openDesk(folder)
    },
    putBack(before: Desk, withoutMark = false): Desk {
      before.close()
      cpSync(copy, storeFile(folder))
      if (withoutMark) rmSync(join(folder, MARK_FILE))
      proxy.seen.length = 0
      return openDesk(folder)
    },
    reopen(before: Desk): Desk {
      before.close()
      return openDesk(folder)
    },
    parts: () => proxy.seen.filter(({ method, path }) => method === 'PUT' && path.includes('/parts/')).length,
  }
}

const acts = (desk: Desk, act: string) => desk.audit.recent([act], 50)
const oncePerRecord = (ids: readonly string[]) => ids.map((id) => `${id}/1`).sort()

const refAt = (platform: Awaited<ReturnType<typeof startPlatform>>, recordId: string) =>
  platform.ledger().find((effect) => effect.recordId === recordId)?.platformRef

describe('a store that nobody put back', () => {
  test('is taken for what it is, however often it is opened, and after a kill', async () => {
    const { desk, reopen } = await startCopied()
    desk.addLicences(1, 2)
    const again = reopen(desk)
    await again.submission.submit(everything, task)
    const last = reopen(reopen(again))
    expect(last.setBack.open()).toBeNull()
    expect(acts(last, 'desk.set-back')).toEqual([])
  })

  test('may be ahead of its mark: a process that died in between lost only the mark', async () => {
    const { desk, reopen } = await startCopied()
    const markOf = join(desk.folder, MARK_FILE)
    const kept = `${markOf}.kept`
    cpSync(markOf, kept)
    desk.addLicences(1, 2)
    desk.close()
    cpSync(kept, markOf)
    rmSync(kept)
    expect(reopen(desk).setBack.open()).toBeNull()
  })
})

describe.each([
  ['behind its mark', false, 'older-store', 'desk.set-back'],
  ['without the mark that it had', true, 'mark-missing', 'desk.mark-missing'],
] as const)('a store %s', (_name, withoutMark, cause, act) => {
  test('is found, once, and says so until a person has taken note', async () => {
    const { desk, keepCopy, putBack, reopen } = await startCopied()
    desk.addLicences(1, 1)
    const worked = keepCopy(desk)
    worked.addLicences(2, 1)
    const old = putBack(worked, withoutMark)
    expect(old.setBack.open()).toMatchObject({ cause, isNoted: false })
    expect(acts(old, act)).toHaveLength(1)
    const again = reopen(old)
    expect(acts(again, act)).toHaveLength(1)
    again.setBack.note()
    expect(again.setBack.open()).toBeNull()
    expect(reopen(again).setBack.open()).toBeNull()
    expect(again.database.open).toBe(false)
  })

  test('asks about a batch that it still holds, and does not send it again', async () => {
    const { platform, desk, keepCopy, putBack, parts } = await startCopied()
    const ids = desk.addLicences(1, 3)
    desk.sealing.seal(everything)
    const worked = keepCopy(desk)
    await worked.submission.resume(task)
    const old = putBack(worked, withoutMark)
    const run = await old.submission.resume(task)
    expect(run.batches).toMatchObject([{ state: 'settled', counts: { accepted: 3 } }])
    expect(parts()).toBe(0)
    expect(effectKeys(platform).sort()).toEqual(oncePerRecord(ids))
  })

  test('takes over what was sent under a batch that it has lost, and sends only the rest', async () => {
    const { platform, desk, keepCopy, putBack, parts, proxy } = await startCopied()
    const ids = desk.addLicences(1, 3)
    const worked = keepCopy(desk)
    await worked.submission.submit(everything, task)
    const old = putBack(worked, withoutMark)
    const [more] = old.addLicences(4, 1)
    const run = await old.submission.submit(everything, task)
    expect(run).toMatchObject({ failure: null, notSent: [] })
    expect(run.batches).toMatchObject([{ state: 'settled', items: 1, counts: { accepted: 1 } }])
    expect(old.deliveries()).toEqual({ accepted: 4 })
    expect(old.records.find(ids[0]!)!.platformRef).toBe(refAt(platform, ids[0]!))
    expect(acts(old, 'item.adopted')).toHaveLength(3)
    expect(parts()).toBe(1)
    expect(effectKeys(platform).sort()).toEqual(oncePerRecord([...ids, more!]))
    expect(old.audit.firstBroken()).toBeNull()
    // Nothing was opened for what was not sent.
    expect(
      proxy.seen.filter(({ method, path }) => method === 'PUT' && !path.includes('/parts/')),
    ).toHaveLength(1)
  })

  test('takes over what was entered anew after it had been sent', async () => {
    const { platform, desk, keepCopy, putBack, parts } = await startCopied()
    const worked = keepCopy(desk)
    const [first] = worked.addLicences(7, 1)
    await worked.submission.submit(everything, task)
    const old = putBack(worked, withoutMark)
    const second = old.editing.create('XZXK_FR', licencePayload(7))
    const run = await old.submission.submit(everything, task)
    expect(run).toMatchObject({ failure: null, batches: [], notSent: [] })
    expect(old.records.find(second)).toMatchObject({
      delivery: 'accepted',
      platformRef: refAt(platform, first!),
    })
    expect(parts()).toBe(0)
  })
})

test('what the platform is still at work on is waited for, not sent again', async () => {
  const { platform, desk, keepCopy, putBack, parts } = await startCopied(2_000)
  const ids = desk.addLicences(1, 2)
  const worked = keepCopy(desk)
  await worked.submission.visit(worked.sealing.seal(everything).batchIds[0]!, task, {
    attempts: 1,
    settleWithinMs: 0,
    longestPauseMs: 0,
  })
  const old = putBack(worked)
  const run = await old.submission.submit(everything, task)
  expect(run.failure).toMatchObject({ code: 'platform.still-processing' })
  expect(parts()).toBe(0)
  await expect.poll(() => platform.ledger().length, { timeout: 20_000 }).toBe(2)
  await expect.poll(async () => (await old.submission.resume(task)).failure, { timeout: 20_000 }).toBeNull()
  expect(old.deliveries()).toEqual({ accepted: 2 })
  expect(parts()).toBe(0)
  expect(effectKeys(platform).sort()).toEqual(oncePerRecord(ids))
})

test('a line that is down keeps all as it is: nothing is sent on a guess', async () => {
  const { platform, desk, keepCopy, putBack, parts, proxy } = await startCopied()
  const ids = desk.addLicences(1, 2)
  const worked = keepCopy(desk)
  await worked.submission.submit(everything, task)
  const old = putBack(worked)
  proxy.decide(({ path }) => (path.includes('/lookup') ? 'reset-before' : 'pass'))
  expect((await old.submission.submit(everything, task)).failure).not.toBeNull()
  expect(parts()).toBe(0)
  proxy.decide(() => 'pass')
  expect((await old.submission.resume(task)).failure).toBeNull()
  expect(old.deliveries()).toEqual({ accepted: 2 })
  expect(effectKeys(platform).sort()).toEqual(oncePerRecord(ids))
})

test('other content under the same key is a conflict for a person, as ever', async () => {
  const { desk, keepCopy, putBack } = await startCopied()
  const worked = keepCopy(desk)
  worked.addLicences(7, 1)
  await worked.submission.submit(everything, task)
  const old = putBack(worked)
  const other = old.editing.create('XZXK_FR', { ...licencePayload(7), BZ: '另一内容' })
  await old.submission.submit(everything, task)
  expect(old.delivery(other)).toBe('duplicate')
})

test('a later decision cannot have been sent before, so nothing is asked about it', async () => {
  const { desk, keepCopy, putBack, proxy } = await startCopied()
  const worked = keepCopy(desk)
  worked.addLicences(1, 1)
  const old = putBack(worked)
  const found = old.settings.get<{ at: string }>('restored')
  old.store.write(() => old.settings.set('restored', { ...found, at: '2026-01-05T00:00:00.000Z' }))
  old.addLicences(2, 2)
  await old.submission.submit(everything, task)
  expect(proxy.seen.filter(({ path }) => path.includes('/lookup'))).toEqual([])
  expect(old.deliveries()).toEqual({ accepted: 2 })
})
