import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { storeFile } from '@engine/repos/data-folder'
import { restoreDesk } from '@engine/services/backup-restorer'
import { startChaosProxy } from './chaos-proxy'
import {
  connect,
  effectKeys,
  everything,
  newDeskFolder,
  openDesk,
  runningClock,
  startPlatform,
  task,
  testKey,
} from './exchange-fixture'

test('a batch that was sealed before a backup and sent after it is asked about, not sent again', async () => {
  const platform = await startPlatform()
  const proxy = await startChaosProxy(platform.server.url)
  const folder = await newDeskFolder()
  const copies = mkdtempSync(join(tmpdir(), 'xinbao-restored-'))
  onTestFinished(() => rmSync(copies, { recursive: true, force: true }))
  const before = openDesk(folder)
  await connect(before, platform, proxy.url)
  const ids = before.addLicences(1, 2)
  before.sealing.seal(everything)
  before.close()
  const backup = join(copies, 'backup')
  cpSync(storeFile(folder), backup)

  const after = openDesk(folder)
  expect((await after.submission.resume(task)).batches).toMatchObject([{ state: 'settled' }])
  after.close()

  const dataDir = join(copies, 'desk')
  await restoreDesk({ backup, secret: { key: testKey }, dataDir, storeKey: testKey, clock: runningClock })
  const seenBefore = proxy.seen.length
  const restored = openDesk(dataDir)
  expect((await restored.submission.resume(task)).batches).toMatchObject([
    { state: 'settled', counts: { accepted: 2 } },
  ])
  expect(proxy.seen.slice(seenBefore).filter(({ method }) => method === 'PUT')).toEqual([])
  expect(effectKeys(platform).sort()).toEqual(ids.map((id) => `${id}/1`).sort())
})
