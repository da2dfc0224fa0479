import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '@test/fixtures/command-line'
import type { CommandRun } from '@test/fixtures/command-line'
import { testBureau } from '@test/fixtures/invented-subjects'
import { writeMessyLicences } from '@test/fixtures/messy-licences'
import { makePracticeDesk, rehearsalNow } from '@test/fixtures/practice-desk'
import type { PracticeDesk } from '@test/fixtures/practice-desk'

let folder: string
let desk: PracticeDesk
let workbook: string

const run = (...args: readonly string[]): Promise<CommandRun> =>
  runCommand([...args, '--data', desk.deskDir, '--json', '--now', rehearsalNow])
const bureauWords = ['--bureau-code', testBureau.code, '--bureau-name', testBureau.name]

/** The code of a failure, after looking at its sentence. */
function refusedWith(result: CommandRun, exit: number): string {
  expect(result.code, result.stderr).toBe(exit)
  const { failure } = result.json as { failure: { code: string; message: string } }
  expect(failure.message).toMatch(/[\u4e00-\u9fff]{4}.*。$/)
  expect(failure.message).not.toMatch(/Unknown|Option|[{}]/)
  return failure.code
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xinbao-refused-use-'))
  workbook = join(folder, '许可.xlsx')
  await writeMessyLicences(workbook, 10)
  desk = await makePracticeDesk(folder, 'clean')
  await run('import', workbook, '--type', 'XZXK_FR')
})
afterAll(async () => {
  await desk?.platform.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('a command that is not typed as it should be', () => {
  it.each([[['--json']], [['--json', 'list']], [['nope', '--json']], [['list', '--nope', '--json']]])(
    '%j is a wrong use, said in Chinese',
    async (words) => {
      expect(refusedWith(await runCommand(words), 2)).toBe('usage.invalid')
    },
  )

  it('a bureau code that does not hold makes no desk', async () => {
    const dataDir = join(folder, 'none')
    for (const code of ['123', `${testBureau.code.slice(0, 17)}X`]) {
      const made = await runCommand([
        ...['init', '--data', dataDir, '--json', '--bureau-code', code, '--bureau-name', testBureau.name],
      ])
      expect(refusedWith(made, 2)).toBe('usage.invalid')
    }
    expect(existsSync(dataDir)).toBe(false)
  })

  it('a client id that could break a header is a wrong use, and leaves nothing behind', async () => {
    const dataDir = join(folder, 'none')
    for (const id of ['px\r\nX-Evil: 1', 'px-1\r\n', 'px 1', 'x'.repeat(65), '']) {
      const made = await runCommand(['init', '--data', dataDir, '--json', ...bureauWords, '--client-id', id])
      expect(refusedWith(made, 2)).toBe('usage.invalid')
    }
    expect(existsSync(dataDir)).toBe(false)
  })
})

describe('the time of rehearsals', () => {
  it('is refused at a platform that is not on this machine, and taken without one', async () => {
    const dataDir = join(folder, 'real')
    const keyFile = join(folder, 'real.hex')
    writeFileSync(keyFile, desk.platform.platformPublicKey)
    const real = ['--platform', 'https://exchange.invalid/api/v1', '--platform-key', keyFile]
    const init = ['init', '--data', dataDir, '--json', ...bureauWords, ...real]
    expect(refusedWith(await runCommand([...init, '--now', rehearsalNow]), 2)).toBe('usage.invalid')
    expect((await runCommand(init)).code).toBe(0)
    const list = ['list', '--data', dataDir, '--json']
    expect((await runCommand(list)).code).toBe(0)
    expect(refusedWith(await runCommand([...list, '--now', rehearsalNow]), 2)).toBe('usage.invalid')
    expect(refusedWith(await runCommand(['submit', ...list.slice(1), '--now', rehearsalNow]), 2)).toBe(
      'usage.invalid',
    )
    const connect = ['connect', ...real, '--client-id', 'px-1']
    expect(refusedWith(await run(...connect), 2)).toBe('usage.invalid')

    const bare = ['--data', join(folder, 'bare'), '--json', '--now', rehearsalNow]
    expect((await runCommand(['init', ...bureauWords, ...bare])).code).toBe(0)
    expect((await runCommand(['list', ...bare])).code).toBe(0)
  })
})

describe('a key file that is gone', () => {
  it('is named as such; nothing is made anew and the old key opens the data again', async () => {
    const key = join(desk.deskDir, 'desk.key')
    const away = join(folder, 'away.key')
    renameSync(key, away)
    for (const words of [['list'], ['init', ...bureauWords]]) {
      const refused = await run(...words)
      expect(refusedWith(refused, 3)).toBe('storage.key-missing')
      expect(refused.stderr).toMatch(/desk\.key.*数据完好.*XINBAO_KEY/)
      expect(existsSync(key)).toBe(false)
    }
    const env = { XINBAO_KEY: readFileSync(away, 'utf8').trim() }
    expect((await runCommand(['list', '--data', desk.deskDir, '--json'], env)).code).toBe(0)
    renameSync(away, key)
    expect((await run('list')).code).toBe(0)
  })
})

describe('values that were shown masked', () => {
  it('are no new values, and no others are taken masked', async () => {
    const [record] = (
      (await run('list')).json as { records: { recordId: string; docNo: string; quality: string }[] }
    ).records.filter(({ quality }) => quality === 'clean')
    const set = async (...words: readonly string[]) =>
      (await run('set', record!.recordId, ...words)).json as {
        revision: number
        quality: string
        values: Record<string, string>
        issues: { code: string; severity: string }[]
      }
    const first = await set(`XK_WSH=${record!.docNo}`)
    const masked = first.values['XK_FRDB']!
    expect(masked).toMatch(/^.\*+$/)
    expect(await set(`XK_FRDB=${masked}`)).toMatchObject({ revision: first.revision, quality: 'clean' })
    expect(await set('XK_FRDB=周＊＊')).toMatchObject({
      quality: 'blocked',
      issues: [{ code: 'text.masked', severity: 'error' }],
    })
  })
})

describe('a failed connect', () => {
  it('keeps the connection that works, and says so', async () => {
    const keyFile = join(folder, 'platform-key.hex')
    const words = ['connect', '--platform', desk.platform.url, '--platform-key', keyFile, '--client-id']
    const failed = await run(...words, 'nobody')
    expect(failed.code).toBe(3)
    expect(failed.stderr).toContain('原来的连接没有改动')
    expect((await run('pull')).code).toBe(0)
  })
})

describe('validate', () => {
  it('says what could be imported, and that nothing was stored', async () => {
    const checked = await runCommand(['validate', workbook, '--type', 'XZXK_FR'])
    expect(checked.stdout).toMatch(/10 行，可导入 10 行（只核对，没有保存）/)
    expect(checked.stdout).not.toContain('新增')
  })
})
