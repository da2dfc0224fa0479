/** A platform that writes signatures in its own way, over the public interface of the built program. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runCommand, startPlatform } from '@test/fixtures/command-line'
import { testBureau } from '@test/fixtures/invented-subjects'
import { rehearsalNow } from '@test/fixtures/practice-desk'

const spelling = ['--signature-encoding', 'raw', '--signature-user-id', 'PX-360300']

test('practice, init, connect: a platform with r||s and an id of its own', async () => {
  const place = mkdtempSync(join(tmpdir(), 'xinbao-spelling-'))
  onTestFinished(() => rmSync(place, { recursive: true, force: true }))
  const started = ['--data', join(place, 'platform'), '--now', rehearsalNow]
  const platform = await startPlatform([...started, ...spelling])
  onTestFinished(() => platform.stop())
  const keyFile = join(place, 'platform-key.hex')
  writeFileSync(keyFile, platform.platformPublicKey)
  const desk = (...args: string[]) =>
    runCommand([...args, '--data', join(place, 'desk'), '--now', rehearsalNow, '--json'])
  const way = ['--platform', platform.url, '--client-id', platform.clientId, '--platform-key', keyFile]
  const made = await desk('init', '--bureau-code', testBureau.code, '--bureau-name', testBureau.name)
  expect(made.code).toBe(0)

  const refused = await desk('connect', ...way, '--enrol')
  expect(refused).toMatchObject({ code: 3, json: { ok: false } })
  expect(refused.stderr).toContain('签名 ID 是“1234567812345678”')
  const halfRight = await desk('connect', ...way, ...spelling.slice(0, 2))
  expect(halfRight).toMatchObject({ code: 3, json: { ok: false } })
  expect(await desk('connect', ...way, ...spelling)).toMatchObject({ code: 0, json: { ok: true } })
  expect(await desk('pull')).toMatchObject({ code: 0 })

  for (const wrong of [
    ['--signature-encoding', 'pem'],
    ['--signature-user-id', ''],
    ['--signature-user-id', 'x'.repeat(8_192)],
  ]) {
    const misuse = await desk('connect', ...way, ...wrong)
    expect(misuse).toMatchObject({ code: 2, json: { failure: { code: 'usage.invalid' } } })
    expect(misuse.stderr).toContain(wrong[0])
  }
  expect(await desk('pull')).toMatchObject({ code: 0 })
})
