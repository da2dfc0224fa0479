import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLedgerFile } from '@practice/settling/ledger-file'
import type { Effect } from '@practice/store/register-repo'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-'))
  path = join(folder, 'deeper', 'ledger.ndjson')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const effect = (seq: number): Effect => ({
  seq,
  at: '2026-03-02T01:00:00.000Z',
  bureau: '11360300014500006J',
  batchId: 'b',
  itemNo: seq,
  recordId: `r${seq}`,
  revision: 1,
  op: 'create',
  recordType: 'XZXK_FR',
  sha256: 'd'.repeat(64),
  outcome: 'accepted',
  platformRef: `PX-${seq}`,
})
const lines = () =>
  readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Effect)

describe('ledger file', () => {
  it('is made with its folder and remembers its last number', () => {
    const ledger = openLedgerFile(path)
    expect(ledger.lastSeq).toBe(0)
    ledger.append([effect(1), effect(2)])
    ledger.append([])
    ledger.append([effect(5)])
    expect(ledger.lastSeq).toBe(5)
    ledger.close()
    const again = openLedgerFile(path)
    expect(again.lastSeq).toBe(5)
    again.append([effect(6)])
    again.close()
    expect(lines()).toEqual([effect(1), effect(2), effect(5), effect(6)])
  })

  it('has the members of a line in the documented order', () => {
    const ledger = openLedgerFile(path)
    ledger.append([effect(1)])
    ledger.close()
    expect(Object.keys(lines()[0]!).join()).toBe(
      'seq,at,bureau,batchId,itemNo,recordId,revision,op,recordType,sha256,outcome,platformRef',
    )
  })

  it('refuses numbers that it has, and writes none of such a group', () => {
    const ledger = openLedgerFile(path)
    ledger.append([effect(3)])
    expect(() => ledger.append([effect(3)])).toThrow()
    expect(() => ledger.append([effect(4), effect(4)])).toThrow()
    expect(ledger.lastSeq).toBe(3)
    ledger.close()
    expect(lines()).toHaveLength(1)
  })

  it('cuts a torn line off, however long', () => {
    const ledger = openLedgerFile(path)
    ledger.append([effect(1), effect(2)])
    ledger.close()
    const whole = readFileSync(path, 'utf8')
    for (const tail of ['{', '{"seq":3', 'x'.repeat(200_000)]) {
      writeFileSync(path, whole + tail)
      const reopened = openLedgerFile(path)
      expect(reopened.lastSeq).toBe(2)
      reopened.close()
      expect(readFileSync(path, 'utf8')).toBe(whole)
    }
    writeFileSync(path, 'x'.repeat(70_000))
    const emptied = openLedgerFile(path)
    expect(emptied.lastSeq).toBe(0)
    emptied.close()
    expect(readFileSync(path, 'utf8')).toBe('')
  })

  it('does not take another file for a ledger', () => {
    const ledger = openLedgerFile(path)
    ledger.close()
    for (const text of ['hello\n', '{"seq":"1"}\n', '{}\n']) {
      writeFileSync(path, text)
      expect(() => openLedgerFile(path)).toThrow()
      expect(readFileSync(path, 'utf8')).toBe(text)
    }
  })
})
