import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { runCommand } from '@test/fixtures/command-line'
import { hostilePackages } from './hostile-packages'
import { newDesk, nextPack, openStandardsDesk, packageOf, storeKey } from './standards-desk'

const env = { XINBAO_KEY: storeKey, NODE_OPTIONS: '--max-old-space-size=512' }
/** Chinese, with what stands now and a next step, and nothing of the program's own workings. */
const PLAIN = /^[\p{Script=Han}“].*。$/u
/** What the makers of a package are told stands behind this. */
const FOR_MAKERS = /（位置和原因，供技术人员：.*）/s

let folder: string
let scratch: string
const leftToDo: (() => Promise<void> | void)[] = []

beforeAll(async () => {
  folder = await newDesk({ whenDone: (work) => void leftToDo.push(work) })
  scratch = mkdtempSync(join(tmpdir(), 'xinbao-hostile-'))
})
afterAll(async () => {
  for (const work of leftToDo) await work()
  rmSync(scratch, { recursive: true, force: true })
})

const standard = (...words: readonly string[]) =>
  runCommand(['standard', ...words, '--data', join(folder, 'desk'), '--json'], env)

describe('the command line', () => {
  it.concurrent.each(hostilePackages.map(([name, make], index) => [name, make, index] as const))(
    'makes the package of %s',
    (_, make, index) => writeFileSync(join(scratch, `${index}.json`), make()),
  )

  it.each(hostilePackages.map(([name], index) => [name, index] as const))(
    'refuses %s in plain words, within half a gigabyte, and goes on as before',
    async (_, index) => {
      const { code, stderr, json } = await standard('install', join(scratch, `${index}.json`))
      expect([code, stderr]).toEqual([3, expect.anything()])
      const { failure } = json as { failure: { code: string; message: string } }
      expect(failure.code).toMatch(/^pack\./)
      expect(failure.message.replace(FOR_MAKERS, '')).toMatch(PLAIN)
    },
  )

  it('has the old standard in force after all of them, and takes a good one, a byte order mark before it', async () => {
    expect((await standard()).json).toMatchObject({ inForce: '2026.1', versions: [{ version: '2026.1' }] })
    const good = join(scratch, 'good.json')
    writeFileSync(good, `\ufeff${packageOf(nextPack())}`)
    expect(await standard('install', good)).toMatchObject({ code: 1, json: { version: '2026.2' } })
    expect(await standard('adopt', '2026.2')).toMatchObject({ code: 0, json: { inForce: '2026.2' } })
  })

  it.runIf(process.platform !== 'win32')('does not read from a device without end', async () => {
    const link = join(scratch, 'endless.json')
    symlinkSync('/dev/zero', link)
    expect(await standard('install', link)).toMatchObject({ code: 3 })
    expect(await standard('install', scratch)).toMatchObject({ code: 3 })
  })
})

test('a page refuses every one of them too', { timeout: 240_000 }, async () => {
  const desk = await openStandardsDesk(await newDesk())
  const before = await desk.must('standard.current', {})
  for (const [name, make] of hostilePackages) {
    const refused = await desk.install(make())
    expect([name, refused.ok]).toEqual([name, false])
  }
  expect(await desk.must('standard.current', {})).toEqual(before)
  expect(desk.packageFiles()).toEqual([])
})
