import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { runCommand } from '@test/fixtures/command-line'
import { rehearsalNow } from '@test/fixtures/practice-desk'
import { goodTable, workbookBytes } from './bad-files'
import { makeIndependentDesk, scratchFolder } from './desk-under-test'

/** Clears a terminal, names its window, ends a text early and turns what follows. */
const hostile = '\u001b[2J\u001b]0;x\u0007\u0000\u009b31m\u202e\u2066'
// eslint-disable-next-line no-control-regex -- control characters are what this is about
const steering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/

const scratch = scratchFolder('hostile')
afterAll(() => scratch.remove())

it("a platform's words reach a terminal as words, wherever they stand", async () => {
  const { desk, platform } = await makeIndependentDesk(scratch.path)
  const file = join(scratch.path, '好.xlsx')
  writeFileSync(file, workbookBytes('xlsx', goodTable(2)))
  await desk.import(file, 'XZXK_FR')
  platform.book.judge = () => {
    for (const batch of platform.book.batches.values()) batch.receiptNo = `R-7${hostile}`
    return [
      { code: '1001', field: 'XK_WSH', value: hostile, message: `查无${hostile}此人`, severity: 'error' },
    ]
  }
  const say = (...words: readonly string[]) =>
    runCommand([...words, '--data', desk.dataDir, '--now', rehearsalNow])

  const sent = await say('submit')
  expect(sent.stdout).toContain('回执 R-7')
  const listed = await say('list')
  expect(listed.stdout).toContain('查无')
  platform.desks.splice(0)
  const refused = await say('pull')
  expect(refused.code).toBe(3)
  for (const { stdout, stderr } of [sent, listed, refused]) expect(`${stdout}${stderr}`).not.toMatch(steering)
  await platform.stop()
})
