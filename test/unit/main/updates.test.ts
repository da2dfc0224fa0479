import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Bridge } from '@shared/contract/bridge'
import { failure } from '@shared/kernel/failure'
import { newShell } from './shell-under-test'
import type { ShellUnderTest } from './shell-under-test'

const update = {
  ...{ version: '0.2.0', own: '0.1.0', channel: 'stable', notes: '', bytes: 4, sha256: 'ab'.repeat(32) },
}

let shell: ShellUnderTest
let bridge: Bridge

beforeEach(async () => {
  shell = await newShell()
  bridge = await shell.start()
  Object.assign(shell.engines.answers, { 'updates.ready': update, 'updates.confirm': update })
})
const install = () => bridge.call('host.installUpdate', {})
const opened = (): readonly string[] => shell.electron.shell.opened

describe('K6 the shell installs an update', () => {
  it('after the clerk’s yes and the engine’s last word, then the client quits', async () => {
    expect(await install()).toEqual({ ok: true, value: { started: true } })
    expect(shell.electron.dialog.shown.at(-1)).toMatchObject({
      message: '安装信报 0.2.0？现在是 0.1.0。',
      defaultId: 1,
      cancelId: 1,
    })
    expect(shell.engines.asked.slice(-2)).toEqual(['updates.ready', 'updates.confirm'])
    expect(opened()).toEqual([join(shell.baseDir, 'practice', 'updates', 'xinbao-0.2.0.exe')])
    await expect.poll(() => shell.electron.app.quits).toBe(1)
    expect(shell.engines.closed).toBe(1)
  })

  it('not without a yes', async () => {
    shell.electron.dialog.response = 1
    expect(await install()).toEqual({ ok: true, value: { started: false } })
    expect(shell.engines.asked).not.toContain('updates.confirm')
    expect([opened(), shell.electron.app.quits]).toEqual([[], 0])
  })

  it('not when nothing is ready: nobody is even asked', async () => {
    Object.assign(shell.engines.answers, { 'updates.ready': null })
    expect(await install()).toMatchObject({ failure: { code: 'update.none' } })
    expect([shell.electron.dialog.shown, opened()]).toEqual([[], []])
  })

  it.each(['update.busy', 'update.altered'] as const)('not when the engine says %s', async (code) => {
    Object.assign(shell.engines.refusals, { 'updates.confirm': failure(code) })
    expect(await install()).toMatchObject({ failure: { code } })
    expect([opened(), shell.electron.app.quits]).toEqual([[], 0])
  })

  it('and goes on when the system did not start the installer', async () => {
    shell.electron.shell.openProblem = 'Access is denied.'
    expect(await install()).toMatchObject({ failure: { code: 'update.not-started' } })
    expect(shell.electron.app.quits).toBe(0)
  })
})
