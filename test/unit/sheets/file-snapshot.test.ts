import { execFileSync } from 'node:child_process'
import { mkdirSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openSheetFile } from '@engine/sheets/file-reader'
import { readSnapshot } from '@engine/sheets/file-snapshot'
import { defaultSheetLimits } from '@engine/sheets/sheet-limits'
import { refusalOf } from '@test/fixtures/sheets/reading'
import { TemporaryFolder } from '@test/fixtures/sheets/temporary-file'

const folder = new TemporaryFolder()
afterAll(() => folder.remove())

const refusal = async (path: string, limits = defaultSheetLimits) => refusalOf(readSnapshot(path, limits))

describe('file snapshots', () => {
  it('has content and SHA-256', async () => {
    const { file, sha256, bytes } = await readSnapshot(folder.write('名单.csv', 'abc'), defaultSheetLimits)
    expect([file, sha256, bytes.toString()]).toEqual([
      '名单.csv',
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      'abc',
    ])
  })

  it('Z21 a missing file, a folder, an empty file and a pipe are told apart and never waited for', async () => {
    expect(await refusal(join(folder.path, '没有.xlsx'))).toMatchObject({
      code: 'input.missing-file',
      params: { file: '没有.xlsx' },
    })
    expect((await refusal(join(folder.write('a.csv', 'x'), 'b.csv'))).code).toBe('input.missing-file')
    mkdirSync(join(folder.path, 'd.xlsx'))
    expect(await refusal(join(folder.path, 'd.xlsx'))).toMatchObject({
      code: 'input.not-a-workbook',
      params: { kind: 'folder' },
    })
    expect(await refusal(folder.write('leer.xlsx', ''))).toMatchObject({ params: { kind: 'empty' } })
    execFileSync('mkfifo', [join(folder.path, 'pipe.csv')])
    expect(await refusal(join(folder.path, 'pipe.csv'))).toMatchObject({ params: { kind: 'device' } })
  })

  it('a file beyond the size cap is refused without being read', async () => {
    const path = folder.write('gross.xlsx', '')
    truncateSync(path, 51 * 1024 * 1024)
    expect(await refusal(path)).toMatchObject({ code: 'input.file-too-large', params: { limitMb: 50 } })
  })

  it('Z21 a file that is another than the one inspected is refused', async () => {
    const path = folder.write('b.csv', 'a,b\n')
    const { sha256 } = await readSnapshot(path, defaultSheetLimits)
    await openSheetFile({ path, expectedSha256: sha256 }, defaultSheetLimits)
    folder.write('b.csv', 'a,c\n')
    expect(
      await refusalOf(openSheetFile({ path, expectedSha256: sha256 }, defaultSheetLimits)),
    ).toMatchObject({ code: 'input.file-changed' })
  })
})
