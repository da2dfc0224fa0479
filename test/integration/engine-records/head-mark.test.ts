import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { MARK_FILE, openHeadMark } from '@engine/repos/head-mark'
import type { HeadMark } from '@engine/repos/head-mark'

const key = '5a'.repeat(32)
const head = (seq: number) => ({ seq, hash: seq.toString(16).padStart(64, '0') })

function folderWith(marks: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'xinbao-mark-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  withMark(folder, (mark) => {
    for (let seq = 1; seq <= marks; seq++) mark.write(head(seq))
  })
  return folder
}

function withMark<T>(folder: string, work: (mark: HeadMark) => T, withKey = key): T {
  const mark = openHeadMark(folder, withKey)
  try {
    return work(mark)
  } finally {
    mark.close()
  }
}

const readAgain = (folder: string, withKey = key) => withMark(folder, (mark) => mark.read(), withKey)

test('a new folder has no mark; what was written is read by the next to open it', () => {
  expect(readAgain(folderWith(0))).toBeNull()
  const folder = folderWith(7)
  expect(readAgain(folder)).toEqual(head(7))
  // A head may also lie behind the one before it: the store is then another one.
  withMark(folder, (mark) => mark.write(head(3)))
  expect(readAgain(folder)).toEqual(head(3))
})

test('a mark of another key counts for nothing', () => {
  expect(readAgain(folderWith(2), 'a5'.repeat(32))).toBeNull()
})

test('a write that was cut off anywhere leaves the mark before it', () => {
  const folder = folderWith(4)
  const file = join(folder, MARK_FILE)
  const before = readFileSync(file)
  withMark(folder, (mark) => mark.write(head(5)))
  const after = readFileSync(file)
  const changed = [...after.keys()].filter((at) => after[at] !== before[at])
  fc.assert(
    fc.property(fc.nat(after.length), (at) => {
      writeFileSync(file, Buffer.concat([after.subarray(0, at), before.subarray(at)]))
      const isWhole = at > changed.at(-1)!
      const isUntouched = at <= changed[0]!
      const found = readAgain(folder)
      if (isWhole) expect(found).toEqual(head(5))
      else if (isUntouched) expect(found).toEqual(head(4))
      else expect([head(4), head(5)]).toContainEqual(found)
    }),
    { numRuns: 300 },
  )
})

test('a byte that was altered never gives a mark that was not written', () => {
  const folder = folderWith(6)
  const file = join(folder, MARK_FILE)
  const sound = readFileSync(file)
  fc.assert(
    fc.property(fc.nat(sound.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const altered = Buffer.from(sound)
      altered[at]! ^= flip
      writeFileSync(file, altered)
      expect([head(6), head(5)]).toContainEqual(readAgain(folder))
    }),
    { numRuns: 300 },
  )
})
