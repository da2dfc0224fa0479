/** Ways to a platform other than HTTP, over the public interface of the built program. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runCommand } from '@test/fixtures/command-line'
import { testBureau } from '@test/fixtures/invented-subjects'
import { makePracticeDesk, rehearsalNow } from '@test/fixtures/practice-desk'
import { licencePayload } from '@test/integration/practice/invented-items'

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'xinbao-ways-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

/** Two decisions of the rehearsal's days, as a text file. */
function writeLicences(path: string): void {
  const rows = [1, 2].map((number) => ({
    ...licencePayload(number),
    ...{ XK_JDRQ: '2026-11-10', XK_YXQZ: '2026-11-10', XK_YXQZI: '2031-11-09' },
  }))
  const head = Object.keys(rows[0]!)
  const lines = rows.map((row) => Object.values(row).join(','))
  writeFileSync(path, `\ufeff${[head.join(','), ...lines].join('\n')}\n`)
}

async function readyDesk() {
  const place = folder()
  const { deskDir, ledgerFile, platform } = await makePracticeDesk(place, 'clean')
  onTestFinished(() => platform.stop())
  const desk = (...args: string[]) =>
    runCommand([...args, '--data', deskDir, '--now', rehearsalNow, '--json'])
  const file = join(place, 'licences.csv')
  writeLicences(file)
  const imported = await desk('import', file, '--type', 'XZXK_FR')
  expect(imported.json).toMatchObject({ imported: 2, blocked: 0 })
  const ledger = () =>
    readFileSync(ledgerFile, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
  return { place, desk, platform, ledger, ledgerFile }
}

test('package, practice --package, receipts: a round by hand', async () => {
  const { place, desk, platform, ledger, ledgerFile } = await readyDesk()
  const keyFile = join(place, 'platform-key.hex')
  const by = await desk(
    'connect',
    '--by',
    'package',
    '--client-id',
    platform.clientId,
    '--platform-key',
    keyFile,
  )
  expect(by).toMatchObject({ code: 0, json: { ok: true } })
  const submitted = await desk('submit')
  expect(submitted).toMatchObject({ code: 3, json: { failure: { code: 'connection.by-hand' } } })

  const day = await desk('daily')
  expect(day).toMatchObject({
    code: 1,
    json: { pull: null, reconciliation: null, submit: { batches: [], byHand: { ready: 2, waiting: 0 } } },
  })

  const out = join(place, 'out.zip')
  const written = await desk('package', out)
  expect(written).toMatchObject({ code: 0, json: { path: out, isAgain: false, batches: [{ items: 2 }] } })
  const bytes = readFileSync(out)
  expect((await desk('package', join(place, 'again.zip'))).json).toMatchObject({ isAgain: true })
  expect(readFileSync(join(place, 'again.zip')).equals(bytes)).toBe(true)
  expect((await desk('daily')).json).toMatchObject({ submit: { byHand: { ready: 0, waiting: 1 } } })
  const resumed = await desk('resume')
  expect([resumed.code, resumed.stderr]).toEqual([0, expect.stringContaining('1 个离线报送包还没有回执')])

  await platform.stop()
  const back = join(place, 'back.zip')
  const practice = [
    'practice',
    '--data',
    join(place, 'platform'),
    '--ledger',
    ledgerFile,
    '--now',
    rehearsalNow,
  ]
  const answered = await runCommand([...practice, '--package', out, '--answer', back, '--json'])
  expect(answered).toMatchObject({ code: 0, json: { answer: back } })
  const refused = await runCommand([...practice, '--package', back, '--answer', join(place, 'no.zip')])
  expect(refused.code).toBe(3)

  const applied = await desk('receipts', back)
  expect(applied).toMatchObject({ code: 0, json: { isRepeat: false, batches: [{ accepted: 2 }] } })
  expect((await desk('receipts', back)).json).toMatchObject({ isRepeat: true })
  expect((await desk('daily')).json).toMatchObject({ submit: { byHand: { ready: 0, waiting: 0 } } })
  expect(ledger()).toHaveLength(2)
})

test('connect --by city-soap, submit: the counts of the platform are the end of the rows', async () => {
  const { desk, platform, ledger } = await readyDesk()
  const origin = new URL(platform.url).origin
  const soap = ['connect', '--by', 'city-soap', '--platform', origin, '--table-version', '1']
  expect(await desk(...soap, '--department', testBureau.code)).toMatchObject({ code: 0, json: { ok: true } })
  const run = await desk('submit')
  expect(run).toMatchObject({ code: 0, json: { batches: [{ items: 2, accepted: 2, unknown: 0 }] } })
  expect(ledger()).toHaveLength(2)
  const batchId = (run.json as { batches: { batchId: string }[] }).batches[0]!.batchId
  const late = await desk('decide', batchId, '--held', '--reason', '已核对')
  expect(late).toMatchObject({ code: 3, json: { failure: { code: 'batch.nothing-open' } } })
  const both = await desk('decide', batchId, '--held', '--not-held', '--reason', '已核对')
  expect(both.code).toBe(2)
})

test.each([
  [['--by', 'pigeon']],
  [['--by', 'city-soap', '--platform', 'https://city.example']],
  [['--by', 'front-db', '--database', 'postgres://user:secret@host/db']],
  [['--by', 'front-db', '--database', 'mysql://user@host/db']],
])('connect %j is a wrong use', async (args) => {
  const run = await runCommand(['connect', ...args, '--data', folder(), '--json'])
  expect(run).toMatchObject({ code: 2, json: { failure: { code: 'usage.invalid' } } })
})
