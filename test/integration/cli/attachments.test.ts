import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '@test/fixtures/command-line'
import type { CommandRun } from '@test/fixtures/command-line'
import { testBureau } from '@test/fixtures/invented-subjects'
import { cameraExif, jpegWith, smallPdf } from '@test/fixtures/pictures'
import { goodCsv } from '@test/integration/acceptance/bad-files'

let folder: string
let recordId: string

const at = (name: string): string => join(folder, name)
const write = (name: string, bytes: Buffer | string): string => {
  mkdirSync(dirname(at(name)), { recursive: true })
  writeFileSync(at(name), bytes)
  return at(name)
}
const words = (...args: readonly string[]): readonly string[] => [
  ...args,
  ...['--data', at('desk'), '--now', '2026-11-20T09:00:00+08:00'],
]
const run = (...args: readonly string[]): Promise<CommandRun> => runCommand([...words(...args), '--json'])
const codeOf = ({ json }: CommandRun): string => (json as { failure: { code: string } }).failure.code
const names = async (): Promise<readonly string[]> =>
  ((await run('attachments', recordId)).json as { attachments: { name: string }[] }).attachments.map(
    ({ name }) => name,
  )

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xinbao-attach-'))
  const bureau = ['--bureau-code', testBureau.code, '--bureau-name', testBureau.name]
  expect((await runCommand(['init', '--data', at('desk'), '--json', ...bureau])).code).toBe(0)
  await run('import', write('台账.csv', goodCsv(1)), '--type', 'XZXK_FR')
  const { records } = (await run('list')).json as { records: { recordId: string }[] }
  recordId = records[0]!.recordId
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('attach and attachments', () => {
  it('adds files and folders, says what was taken out of a photograph, lists, saves, removes and packs', async () => {
    write('材料/现场.jpg', jpegWith(cameraExif(1)))
    write('材料/营业执照.pdf', smallPdf('licence'))
    const added = await run('attach', recordId, write('决定书.pdf', smallPdf('decision')), at('材料'))
    expect(added.code, added.stderr).toBe(0)
    expect(added.json).toMatchObject({ added: [{ no: 1 }, { no: 2 }, { no: 3 }], refused: [] })
    expect(added.stderr).toMatch(/“现场.jpg”中去掉.*拍摄地点/)
    expect(await names()).toEqual(['决定书.pdf', '现场.jpg', '营业执照.pdf'])
    const people = await runCommand(words('attachments', recordId))
    expect(people.stdout).toContain('1\tPDF\t')

    expect((await run('attachments', recordId, 'save', '1', at('另存.pdf'))).code).toBe(0)
    expect(readFileSync(at('另存.pdf')).equals(smallPdf('decision'))).toBe(true)
    expect((await run('attachments', recordId, 'remove', '1')).json).toMatchObject({ removed: [{ no: 1 }] })
    expect(codeOf(await run('attachments', recordId, 'save', '1', at('x.pdf')))).toBe('attachment.not-found')
    expect((await run('attachments', recordId, 'restore', '1')).json).toMatchObject({ removed: [] })
    expect((await run('attachments', recordId, 'pack', at('材料.zip'))).json).toMatchObject({ files: 3 })
    expect((await run('attachments', recordId, 'burn', '1')).code).toBe(2)
    expect((await run('attach', recordId)).code).toBe(2)
    expect((await run('verify')).json).toEqual({ ok: true, problems: [] })
  })

  it('P3 P5 refuses what is no document and every link in a chosen folder, and adds the rest', async () => {
    write('外面/秘密.pdf', smallPdf('secret'))
    write('混杂/证明.pdf.exe', smallPdf('x'))
    write('混杂/😀𠮷.pdf', smallPdf('emoji'))
    symlinkSync(at('外面/秘密.pdf'), at('混杂/链接.pdf'))
    const { code, json } = await run('attach', recordId, at('混杂'))
    expect(code).toBe(1)
    expect(json).toMatchObject({
      added: [{ name: '😀𠮷.pdf' }],
      refused: [
        { file: '证明.pdf.exe', code: 'attachment.name-refused' },
        { file: '链接.pdf', code: 'attachment.link' },
      ],
    })
  })

  it('P1 P5 a list names files below its own folder, and neither a link nor a path leads out of it', async () => {
    write('清单/甲.pdf', smallPdf('a'))
    write('清单/下/乙.pdf', smallPdf('b'))
    symlinkSync(at('外面'), at('清单/出去'))
    const list = (...lines: readonly string[]): string => write('清单/清单.txt', lines.join('\r\n'))
    const good = await run('attach', recordId, '--list', list('甲.pdf', '', '下\\乙.pdf'))
    expect(good.json).toMatchObject({ added: [{ name: '甲.pdf' }, { name: '乙.pdf' }] })
    const before = await names()
    expect(codeOf(await run('attach', recordId, '--list', list('甲.pdf', '出去/秘密.pdf')))).toBe(
      'attachment.link',
    )
    for (const path of ['..\\..\\a.exe', '../外面/秘密.pdf', 'C:\\x', '\\\\host\\share\\a.pdf', '//?/C:/x']) {
      const refused = await run('attach', recordId, '--list', list('甲.pdf', path))
      expect(codeOf(refused), path).toBe('attachment.path-refused')
      expect(refused.code).toBe(3)
    }
    expect(codeOf(await run('attach', recordId, at('决定书.pdf'), '\\\\host\\share\\a.pdf'))).toBe(
      'attachment.path-refused',
    )
    expect(await names()).toEqual(before)
    expect((await run('attach', recordId, '--list', at('没有.txt'))).code).toBe(2)
  })

  const mayTrace = spawnSync('strace', ['-e', 'trace=%file', 'true']).status === 0
  it.skipIf(!mayTrace)('P1 no file system is ever asked for a share that somebody wrote down', () => {
    const program = resolve(import.meta.dirname, '../../../out/main/cli.js')
    const trace = at('trace.txt')
    const list = write('清单/share.txt', '甲.pdf\n\\\\spy-host\\share\\b.pdf\n')
    const lead = [
      '-f',
      '-qq',
      '-s',
      '400',
      '-e',
      'trace=%file,connect',
      '-o',
      trace,
      process.execPath,
      program,
    ]
    spawnSync('strace', [...lead, ...words('attach', recordId, '--list', list)])
    spawnSync('strace', ['-A', ...lead, ...words('attach', recordId, '//spy-host/share/a.pdf')])
    const calls = readFileSync(trace, 'utf8').split('\n')
    expect(calls.length).toBeGreaterThan(100)
    expect(calls.filter((line) => line.includes('spy-host') && !line.includes('execve'))).toEqual([])
    expect(calls.filter((line) => line.includes('desk/store.db'))).toEqual([])
  })
})
