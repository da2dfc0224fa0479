import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { readStoredZip } from '@engine/envelope/stored-zip'
import { openDatabase } from '@engine/repos/database'
import {
  connect,
  newDeskFolder,
  openDesk,
  startPlatform,
  testKey,
} from '@test/integration/exchange/exchange-fixture'
import { everything } from '@test/integration/exchange/exchange-fixture'
import { licencePayload } from '@test/integration/practice/invented-items'
import { openUpkeepDesk } from './upkeep-desk'

const person = {
  operator: '欧阳示例',
  reason: '示例当事人电话核实',
  user: 'zhangshili',
  password: '示例-诊断-口令-甲乙',
}

/** Every text of four characters and more that a store holds anywhere, but for codes that the bundle is made of. */
function textsOf(folder: string): Set<string> {
  const database = openDatabase({ file: join(folder, 'store.db'), key: testKey })
  const tables = database
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite_%'",
    )
    .pluck()
    .all()
  const found = new Set<string>()
  const collect = (value: unknown): void => {
    if (typeof value === 'string') {
      try {
        const parsed: unknown = JSON.parse(value)
        if (typeof parsed === 'object' && parsed !== null) return collect(parsed)
        if (typeof parsed === 'string') return void found.add(parsed)
      } catch {
        // Not JSON: the text itself.
      }
      found.add(value)
    } else if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array))
      for (const one of Object.values(value)) collect(one)
  }
  for (const table of tables) for (const row of database.prepare(`SELECT * FROM ${table}`).all()) collect(row)
  database.close()
  return found
}

/** Codes, enums, instants and dates: what the bundle is made of. */
const isCode = (text: string): boolean =>
  /^[a-z][A-Za-z_.-]*$|^[A-Z][A-Z_]*$|^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$|^\d{4}\.\d+$|^\d{2}:\d{2}$|^pingxiang-credit$|^https?$/.test(
    text,
  )

it('tells versions, counts and failures, and holds nothing that anybody has typed, no key and no path', async () => {
  const platform = await startPlatform()
  const folder = await newDeskFolder()
  const scratch = mkdtempSync(join(tmpdir(), 'xinbao-diagnostics-'))
  onTestFinished(() => rmSync(scratch, { recursive: true, force: true }))
  const enrolling = openDesk(folder)
  await connect(enrolling, platform)
  enrolling.close()

  const logFolder = join(scratch, 'logs')
  mkdirSync(logFolder)
  writeFileSync(
    join(logFolder, 'shell-2026-03.log'),
    [
      '[2026-03-02 09:00:00.123] [info]  engine.opened {"mode":"live"}',
      `[2026-03-02 09:00:01.123] [error] engine.crashed {"code":1,"who":"${person.operator}","key":"${testKey}"} Error: cannot read ${person.reason}`,
      `    at open (C:\\Users\\${person.user}\\AppData\\Local\\Programs\\xinbao\\out\\main\\engine.js:12:7)`,
      `    at async file:///home/${person.user}/xinbao/out/main/engine.js:9:1`,
      `  whatever ${person.operator} wrote`,
    ].join('\n'),
  )

  const desk = await openUpkeepDesk(folder, { logFolder })
  await desk.must('settings.set', { operator: person.operator, cutOff: '17:30' })
  const [first] = await desk.addLicences(1, 3)
  await desk.must('records.create', {
    recordType: 'XZXK_FR',
    values: { ...licencePayload(9), XK_XDR_SHXYM: '91360302MA35示例X', XK_FRDB: '诸葛示例' },
  })
  await desk.must('records.hold', { recordIds: [first!], reason: person.reason, until: null })
  await desk.ended(await desk.must('submission.start', everything))
  await desk.backUp(join(scratch, 'desk.xinbao'), person.password)
  const failed = await desk.prepare(join(scratch, 'desk.xinbao'), 'another password')
  expect(failed.state).toBe('failed')

  const shown = await desk.must('diagnostics.collect', {})
  const path = join(scratch, 'diagnostics.zip')
  const { members } = await desk.must('diagnostics.write', { target: desk.fileOf('target', path, 'd.zip') })
  const zip = readFileSync(path)
  const read = (await readStoredZip(zip))!
  expect([...read.keys()]).toEqual(members)
  const texts = Object.fromEntries(
    [...read].map(([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')]),
  )
  // What was shown is what was saved.
  expect(texts).toEqual(Object.fromEntries(shown.map(({ name, text }) => [name, text])))

  const counts = JSON.parse(texts['counts.json']!) as Record<string, Record<string, number>>
  expect(counts['records']).toMatchObject({ 'XZXK_FR accepted': 2, 'XZXK_FR held': 1, 'XZXK_FR blocked': 1 })
  expect(counts['batches']).toEqual({ settled: 1 })
  expect(JSON.parse(texts['versions.json']!)).toMatchObject({ app: '0.0.0', mode: 'live' })
  expect(JSON.parse(texts['settings.json']!)).toMatchObject({
    ...{ cutOff: '17:30', way: 'http' },
    connection: { platformUrl: true, clientId: true, platformPublicKey: true },
  })
  expect(JSON.parse(texts['failures.json']!)).toMatchObject([
    { kind: 'restore', code: 'backup.wrong-secret' },
  ])
  expect(JSON.parse(texts['soundness.json']!)).toEqual([])
  expect(texts['log.txt']).toContain('engine.crashed {"code":1,"who":"***","key":"***"}')
  expect(texts['log.txt']).toContain('at open engine.js:12:7')
  expect((await desk.must('audit.page', { scope: 'desk', before: null, limit: 1 })).rows[0]).toMatchObject({
    act: 'diagnostics.written',
  })
  await desk.close()

  const secrets = [...textsOf(folder)].filter((text) => text.length > 3 && !isCode(text))
  expect(secrets.length).toBeGreaterThan(50)
  for (const known of [licencePayload(1)['XK_WSH']!, person.operator, person.reason, '诸葛示例'])
    expect(secrets).toContain(known)
  const more = [...Object.values(person), testKey, folder, scratch, tmpdir(), logFolder, '诸葛', '欧阳']
  for (const secret of [...secrets, ...more]) {
    for (const [name, text] of Object.entries(texts))
      expect(text.includes(secret), `${secret} in ${name}`).toBe(false)
    expect(zip.includes(Buffer.from(secret)), secret).toBe(false)
  }
})
