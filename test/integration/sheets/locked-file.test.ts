import { spawnSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleEntry, type BundledEntry } from '@test/fixtures/bundle-entry'
import { TemporaryFolder } from '@test/fixtures/sheets/temporary-file'

/** Somebody without rights: the one who runs the tests may be allowed everything. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
const runsNode = spawnSync(process.execPath, ['--version'], nobody).status === 0

const folder = new TemporaryFolder()
let entry: BundledEntry

beforeAll(async () => {
  entry = await bundleEntry('electron/engine/sheets/file-snapshot.ts')
  for (const path of [dirname(entry.path), folder.path]) chmodSync(path, 0o755)
})
afterAll(() => {
  entry.remove()
  folder.remove()
})

/** Reads a file in a process of its own as somebody without rights; gives the failure's code and the file's name. */
function readAsNobody(path: string): string {
  const script = `import { readSnapshot } from ${JSON.stringify(entry.path)}
    readSnapshot(${JSON.stringify(path)}, { fileBytes: 1e6 }).then(
      ({ file }) => console.log('read', file),
      ({ failure }) => console.log(failure?.code, failure?.params.file),
    )`
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    ...nobody,
    cwd: '/',
    encoding: 'utf8',
  })
  return stdout.trim()
}

describe.runIf(runsNode)('a file that the system will not open', () => {
  it('is called locked, which a clerk can do something about, and is left as it is', () => {
    const path = folder.write('11月许可.csv', '甲,乙\n1,2\n')
    expect(readAsNobody(path)).toBe('read 11月许可.csv')
    chmodSync(path, 0)
    expect(readAsNobody(path)).toBe('input.file-locked 11月许可.csv')
  })
})
