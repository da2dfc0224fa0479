import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '@engine/repos/database'
import { runCommand } from '@test/fixtures/command-line'
import type { CommandRun } from '@test/fixtures/command-line'
import { writeMessyLicences } from '@test/fixtures/messy-licences'
import { makePracticeDesk, rehearsalNow } from '@test/fixtures/practice-desk'
import type { PracticeDesk } from '@test/fixtures/practice-desk'

let folder: string
let desk: PracticeDesk
const backup = () => join(folder, '备份.xinbao')

const run = (dataDir: string, ...args: readonly string[]): Promise<CommandRun> =>
  runCommand([...args, '--data', dataDir, '--json', '--now', rehearsalNow])
const recordsOf = async (dataDir: string): Promise<unknown> => (await run(dataDir, 'list')).json
const codeOf = ({ json }: CommandRun): string => (json as { failure: { code: string } }).failure.code
const keyOf = (dataDir: string): string => readFileSync(join(dataDir, 'desk.key'), 'utf8').trim()

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xinbao-backup-'))
  const workbook = join(folder, '许可.xlsx')
  await writeMessyLicences(workbook, 60)
  desk = await makePracticeDesk(folder, 'clean')
  await run(desk.deskDir, 'import', workbook, '--type', 'XZXK_FR')
  expect((await run(desk.deskDir, 'submit')).code).toBeLessThan(2)
})
afterAll(async () => {
  await desk?.platform.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('a backup', () => {
  it('comes back whole in an empty folder, with the key that was kept beside it', async () => {
    const made = await run(desk.deskDir, 'backup', backup())
    expect(made.json, made.stderr).toEqual({ ok: true, problems: [] })
    expect(made.code).toBe(0)
    expect(statSync(`${backup()}.key`).mode & 0o077).toBe(0)
    const restored = join(folder, 'restored')
    const result = await run(restored, 'restore', backup())
    expect(result.json, result.stderr).toEqual({ ok: true, problems: [] })
    expect(await recordsOf(restored)).toEqual(await recordsOf(desk.deskDir))
    expect(keyOf(restored)).not.toBe(keyOf(desk.deskDir))
    const again = await run(restored, 'submit')
    expect(again.json, again.stderr).toMatchObject({ batches: [] })
  })

  it('is not readable without its key', () => {
    const bytes = readFileSync(backup())
    expect(bytes.includes(Buffer.from('SQLite format 3'))).toBe(false)
    expect(bytes.includes(Buffer.from('示例'))).toBe(false)
  })

  it('is opened by its password alone, on a machine without the key', async () => {
    const passwordFile = join(folder, 'password.txt')
    const path = join(folder, 'carried.xinbao')
    writeFileSync(passwordFile, "it's a long password\n")
    const made = await run(desk.deskDir, 'backup', path, '--password-file', passwordFile)
    expect(made.code, made.stderr).toBe(0)
    expect(existsSync(`${path}.key`)).toBe(false)
    expect(codeOf(await run(join(folder, 'keyless'), 'restore', path))).toBe('backup.wrong-secret')
    const restored = join(folder, 'carried')
    expect((await run(restored, 'restore', path, '--password-file', passwordFile)).json).toEqual({
      ok: true,
      problems: [],
    })
    expect(await recordsOf(restored)).toEqual(await recordsOf(desk.deskDir))
    writeFileSync(passwordFile, 'another long password')
    const wrong = await run(join(folder, 'wrong'), 'restore', path, '--password-file', passwordFile)
    expect(codeOf(wrong)).toBe('backup.wrong-secret')
    writeFileSync(passwordFile, 'short')
    const weak = await run(desk.deskDir, 'backup', path, '--password-file', passwordFile)
    expect(codeOf(weak)).toBe('backup.weak-password')
  })

  it('never takes the place of a desk, and a damaged one makes none', async () => {
    expect(codeOf(await run(desk.deskDir, 'restore', backup()))).toBe('storage.already-initialised')
    expect(codeOf(await run(join(folder, 'no'), 'restore', join(folder, 'none')))).toBe('backup.missing-file')
    const torn = join(folder, 'torn.xinbao')
    const bytes = readFileSync(backup())
    bytes[Math.floor(bytes.length * 0.6)]! ^= 1
    writeFileSync(torn, bytes)
    writeFileSync(`${torn}.key`, readFileSync(`${backup()}.key`))
    const target = join(folder, 'from-torn')
    expect(codeOf(await run(target, 'restore', torn))).toBe('storage.damaged')
    expect(existsSync(join(target, 'store.db'))).toBe(false)
  })
})

describe('verify', () => {
  it('finds a trail, a batch and a receipt that somebody changed, and no backup is made of them', async () => {
    expect((await run(desk.deskDir, 'verify')).json).toEqual({ ok: true, problems: [] })
    const copy = join(folder, 'tampered')
    await run(copy, 'restore', backup())
    const database = openDatabase({ file: join(copy, 'store.db'), key: keyOf(copy) })
    database.exec(`
      DROP TRIGGER audit_no_update;
      UPDATE audit SET actor = '别人' WHERE seq = 5;
      UPDATE batch_part SET bytes = CAST(substr(bytes, 1, length(bytes) - 1) || x'01' AS BLOB);
      UPDATE receipt SET raw = CAST(raw || ' ' AS BLOB);
    `)
    database.close()
    const found = await run(copy, 'verify')
    expect(found.code).toBe(3)
    const { ok, problems } = found.json as { ok: boolean; problems: readonly string[] }
    expect(ok).toBe(false)
    expect(problems).toHaveLength(3)
    expect(problems[0]).toMatch(/第 5 条/)
    expect(problems.join()).toMatch(/第 1 段.*回执/s)
    const target = join(folder, 'of-tampered.xinbao')
    expect((await run(copy, 'backup', target)).json).toMatchObject({ ok: false })
    expect(existsSync(target)).toBe(false)
  })
})
