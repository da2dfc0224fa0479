import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readDeskMode, writeDeskMode } from '@main/desk-mode'
import { bureauOf, parseDeskMode, planDeskSwitch, practiceBureau } from '@shared/contract/desk-mode'
import { inspectUscc } from '@shared/standard/identifiers/uscc'
import { deskFolders } from '@web/desk-folders'

const bureau = { code: '11360300014500006J', name: '某某市场监督管理局' }

describe('the practice bureau', () => {
  it('has a code whose check digit holds', () => {
    expect(inspectUscc(practiceBureau.code)).toBeNull()
  })
})

describe('the mode file', () => {
  it.each([
    '',
    '{',
    '[]',
    'null',
    '"live"',
    '{"mode":"live"}',
    '{"mode":"other","liveReady":true}',
    '{"mode":"live","liveReady":false}',
  ])('opens practice when it holds %s', (text) =>
    expect(parseDeskMode(text)).toEqual({ mode: 'practice', liveReady: false }),
  )
  it('keeps what was written', () => {
    expect(parseDeskMode('{"mode":"live","liveReady":true,"later":1}')).toEqual({
      mode: 'live',
      liveReady: true,
    })
  })
})

describe('a switch', () => {
  const first = { mode: 'practice', liveReady: false } as const
  it('to a live desk that was never made needs a bureau', () => {
    expect(planDeskSwitch(first, 'live', null)).toBeNull()
    expect(planDeskSwitch(first, 'live', bureau)).toEqual({ mode: { mode: 'live', liveReady: true }, bureau })
  })
  it('never gives a live desk another bureau', () => {
    const ready = { mode: 'practice', liveReady: true } as const
    expect(planDeskSwitch(ready, 'live', bureau)).toEqual({
      mode: { mode: 'live', liveReady: true },
      bureau: null,
    })
  })
  it('to practice keeps the live desk ready and uses the practice bureau', () => {
    const live = { mode: 'live', liveReady: true } as const
    expect(planDeskSwitch(live, 'practice', bureau)).toEqual({
      mode: { mode: 'practice', liveReady: true },
      bureau: practiceBureau,
    })
    expect(bureauOf('live', null)).toBeNull()
  })
})

describe('the two hosts on one base folder', () => {
  let base: string
  beforeEach(() => void (base = mkdtempSync(join(tmpdir(), 'xinbao-base-'))))
  afterEach(() => rmSync(base, { recursive: true, force: true }))

  it('read and write the same file', () => {
    expect(readDeskMode(base)).toEqual(deskFolders(base).readMode())
    writeDeskMode(base, { mode: 'live', liveReady: true })
    expect(deskFolders(base).readMode()).toEqual({ mode: 'live', liveReady: true })
    deskFolders(base).writeMode({ mode: 'practice', liveReady: true })
    expect(readDeskMode(base)).toEqual({ mode: 'practice', liveReady: true })
  })

  it('a data folder of the command line is its own live desk, and opens live', () => {
    expect(deskFolders(base).of('live')).toBe(join(base, 'desk'))
    writeFileSync(join(base, 'store.db'), '')
    expect(deskFolders(base).of('live')).toBe(base)
    expect(deskFolders(base).of('practice')).toBe(join(base, 'practice'))
    expect(deskFolders(base).readMode()).toEqual({ mode: 'live', liveReady: true })
  })
})
