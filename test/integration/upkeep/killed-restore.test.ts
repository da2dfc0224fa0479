import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleEntry } from '@test/fixtures/bundle-entry'
import type { BundledEntry } from '@test/fixtures/bundle-entry'
import { newDeskFolder, resourceDir, testKey } from '@test/integration/exchange/exchange-fixture'
import { openUpkeepDesk } from './upkeep-desk'

const password = '示例-恢复-口令-1'
let child: BundledEntry
let scratch: string

beforeAll(async () => {
  child = await bundleEntry('test/integration/upkeep/restore-child.ts')
  // The store's native package is outside the bundle.
  symlinkSync(resolve(resourceDir, '../node_modules'), join(dirname(child.path), 'node_modules'), 'junction')
  scratch = mkdtempSync(join(tmpdir(), 'xinbao-killed-restore-'))
})
afterAll(() => {
  child.remove()
  rmSync(scratch, { recursive: true, force: true })
})

test('ended at any step a restoration leaves the old desk or the new one, whole, and no leftovers', async () => {
  const made = await newDeskFolder()
  const desk = await openUpkeepDesk(made)
  await desk.addLicences(1, 1)
  await desk.backUp(join(scratch, 'backup'), password)
  await desk.addLicences(2, 2)
  const { id } = (await desk.prepare(join(scratch, 'backup'), password)).restore!
  await desk.close()

  const steps = ['settle', 'keepFormer', 'replace', 'forgetMark', 'tidy']
  for (const step of steps)
    for (const when of step === 'keepFormer' ? ['before', 'during', 'after'] : ['before', 'after']) {
      const at = `${when} ${step}`
      const dataDir = join(scratch, `${step}-${when}`)
      cpSync(made, dataDir, { recursive: true })
      const run = spawnSync(process.execPath, [child.path, dataDir, resourceDir, testKey, id, step, when], {
        encoding: 'utf8',
      })
      expect(run.signal, `${at}: ${run.stderr}`).toBe('SIGKILL')

      const isNew = steps.indexOf(step) > 2 || at === 'after replace'
      const after = await openUpkeepDesk(dataDir)
      expect(await after.total(), at).toBe(isNew ? 1 : 3)
      expect(await after.must('backup.check', {}), at).toEqual({ problems: [] })
      // Whatever the mark says by then: a restored desk asks the platform before it sends what may have left.
      expect((await after.must('desk.overview', {})).setBack !== null, at).toBe(isNew)
      const former = await after.must('restore.former', {})
      expect(former.length, at).toBe(isNew ? 1 : 0)
      expect(existsSync(join(dataDir, 'restoring')), at).toBe(false)
      expect(existsSync(join(dataDir, 'former')) ? readdirSync(join(dataDir, 'former')) : []).toHaveLength(
        former.length,
      )
      await after.close()
      if (former[0] === undefined) continue
      const kept = await openUpkeepDesk(former[0].path)
      expect(await kept.total(), at).toBe(3)
      await kept.close()
    }
})
