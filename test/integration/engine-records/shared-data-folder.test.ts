import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { bundleEntry } from '@test/fixtures/bundle-entry'
import { temporaryFolder } from './store-fixture'

it('refuses no folder because another program checks it at the same moment', async () => {
  const folder = temporaryFolder()
  const entry = await bundleEntry('test/integration/engine-records/verify-folder-child.ts')
  const refused = await Promise.all(
    Array.from({ length: 3 }, async () => {
      const [count] = (await once(fork(entry.path, [folder]), 'message')) as [number]
      return count
    }),
  )
  entry.remove()
  expect(refused).toEqual([0, 0, 0])
  expect(readdirSync(folder)).toEqual([])
})
