import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createEngine } from '@engine/compose'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'
import { createAuditRepo } from '@engine/repos/audit-repo'
import { createUpdatesService } from '@engine/services/updates-service'
import type { LaunchSheetChild } from '@engine/sheets/sheet-types'
import { uuidIds } from '@engine/system-ids'
import { proveUpdate } from '@engine/updates/update-package'
import { loadUpdateTrust } from '@engine/updates/update-trust'
import { compareVersions, type UpdateTrust } from '@shared/domain/update'
import { failureSentence } from '@shared/texts/zh-CN/failures'
import { FailureError } from '@shared/kernel/failure'
import { bundleEntry } from '@test/fixtures/bundle-entry'
import { runCommand } from '@test/fixtures/command-line'
import { openedStore, temporaryFolder } from '@test/integration/engine-records/store-fixture'
import { newDeskFolder, resourceDir, testKey } from '@test/integration/exchange/exchange-fixture'
import { codeOf } from '@test/integration/publicity/publicity-desk'
import {
  foreignKeys,
  installerBytes,
  makerKeys,
  packagesIn,
  resourcesWithKey,
  trust,
} from './update-packages'

const prove = (path: string, changes: { trust?: UpdateTrust | null; own?: string } = {}) =>
  proveUpdate({ path, name: 'update.xbupdate' }, { trust, own: '0.1.0', sm, ...changes }, null)

describe('K6 an update package', () => {
  it('of the makers, newer, of this channel and whole is good', async () => {
    const packages = packagesIn(temporaryFolder())
    expect(await prove(await packages.make('good'))).toMatchObject({
      version: '0.2.0',
      size: installerBytes().length,
      notes: '修复若干问题',
    })
  })

  it('is refused for what is wrong with it, in a sentence', async () => {
    const packages = packagesIn(temporaryFolder())
    const cases = {
      'update.older': await packages.make('a', { version: '0.0.9' }),
      'update.same-version': await packages.make('b', { version: '0.1.0' }),
      'update.other-channel': await packages.make('c', { channel: 'beta' }),
      'update.other-product': await packages.make('d', { product: 'another' }),
      'update.unsigned': await packages.unsigned('e'),
      'update.wrong-signer': await packages.make('f', {}, foreignKeys.privateKey),
      'update.truncated': await packages.cutTo('g', 1_000_000),
      'update.altered': await packages.swapped('h'),
      'update.not-a-package': packages.write('renamed.xbupdate', installerBytes()),
    }
    for (const [code, path] of Object.entries(cases)) {
      const error: unknown = await prove(path).catch((thrown: unknown) => thrown)
      if (!(error instanceof FailureError)) throw error
      expect(error.failure.code).toBe(code)
      expect(failureSentence(error.failure)).toMatch(/。$/)
      expect(failureSentence(error.failure)).not.toMatch(/[{}]/)
    }
    expect(await codeOf(prove(await packages.relabelled('i')))).toBe('update.wrong-signer')
    expect(await codeOf(prove(await packages.lengthened('j')))).toBe('update.altered')
    expect(await codeOf(prove(await packages.cutTo('k', 0)))).toBe('update.truncated')
    expect(await codeOf(prove(packages.write('l', '')))).toBe('update.not-a-package')
    for (const line of [
      '{}',
      '{"update":1,"signature":"x"}',
      '[',
      'null',
      '{"update":{}}',
      `${'['.repeat(60_000)}`,
    ])
      expect(await codeOf(prove(packages.write('m', `${line}\nMZ`)))).toMatch(/not-a-package|unsigned/)
    expect(await codeOf(prove(packages.write('n', `{"a":"${'x'.repeat(70_000)}"}\nMZ`)))).toBe(
      'update.not-a-package',
    )
    expect(await codeOf(prove(temporaryFolder()))).toBe('update.not-a-package')
    expect(await codeOf(prove('/nowhere/a.xbupdate'))).toBe('input.missing-file')
  })

  it('is taken by no release into which no key was put: the one in the repository is such a one', async () => {
    const packages = packagesIn(temporaryFolder())
    const good = await packages.make('good')
    expect(loadUpdateTrust(resourceDir)).toEqual({ product: 'xinbao', channel: 'stable', publicKey: null })
    expect(await codeOf(prove(good, { trust: loadUpdateTrust(resourceDir) }))).toBe('update.no-key')
    expect(await codeOf(prove(good, { trust: null }))).toBe('update.no-key')
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'updates'))
    for (const text of ['', '{', '{"product":"xinbao","channel":"stable","publicKey":"04"}', '[]']) {
      writeFileSync(join(folder, 'updates/trust.json'), text)
      expect(loadUpdateTrust(folder)).toBeNull()
    }
  })

  it('versions are compared by their numbers', () => {
    expect(compareVersions('0.10.0', '0.9.9')).toBeGreaterThan(0)
    expect(compareVersions('1.0.0', '0.99.99')).toBeGreaterThan(0)
    expect(compareVersions('0.1.0', '0.1.0-test')).toBe(0)
    expect(compareVersions('0.1.0', '0.1.1')).toBeLessThan(0)
  })
})

/** The service over a real store, with a switch for being busy. */
function serviceBench() {
  const { folder, database, store, clock } = openedStore()
  const packages = packagesIn(join(folder, 'packages'))
  let isBusy = false
  const audit = createAuditRepo(database)
  const service = () =>
    createUpdatesService({
      ...{ dataDir: folder, store, audit, clock, actor: () => '经办员', isBusy: () => isBusy },
      judge: { trust, own: '0.1.0', sm },
    })
  const staged = join(folder, 'updates', 'xinbao-0.2.0.exe')
  return { packages, service, audit, staged, folder, setBusy: (busy: boolean) => (isBusy = busy) }
}

describe('K6 an update that is put ready', () => {
  it('lies whole beside the desk, is noted in the trail, and goes at the next start', async () => {
    const { packages, service, audit, staged } = serviceBench()
    const updates = service()
    const path = await packages.make('good')
    expect(await updates.prepare({ path, name: 'good' })).toMatchObject({ version: '0.2.0', own: '0.1.0' })
    expect(readFileSync(staged).equals(installerBytes())).toBe(true)
    expect(updates.ready()).toMatchObject({ notes: '修复若干问题' })
    expect(await updates.confirm()).toEqual(updates.ready())
    expect(audit.recent(['update.ready', 'update.started'], 5).map(({ act }) => act)).toEqual([
      'update.started',
      'update.ready',
    ])
    expect(service().ready()).toBeNull()
    expect(existsSync(staged)).toBe(false)
  })

  it('is not given out while anything is being sent, and stays ready', async () => {
    const { packages, service, setBusy } = serviceBench()
    const updates = service()
    expect(await codeOf(updates.confirm())).toBe('update.none')
    await updates.prepare({ path: await packages.make('good'), name: 'good' })
    setBusy(true)
    expect(await codeOf(updates.confirm())).toBe('update.busy')
    setBusy(false)
    expect(await updates.confirm()).toMatchObject({ version: '0.2.0' })
  })

  it('is dropped when its bytes were changed meanwhile', async () => {
    const { packages, service, staged } = serviceBench()
    const updates = service()
    await updates.prepare({ path: await packages.make('good'), name: 'good' })
    writeFileSync(staged, 'MZ another program')
    expect(await codeOf(updates.confirm())).toBe('update.altered')
    expect([updates.ready(), existsSync(staged)]).toEqual([null, false])
  })

  it('leaves nothing behind of a package that is refused', async () => {
    const { packages, service, folder } = serviceBench()
    const updates = service()
    await updates.prepare({ path: await packages.make('good'), name: 'good' })
    expect(await codeOf(updates.prepare({ path: await packages.cutTo('cut', 5_000), name: 'cut' }))).toBe(
      'update.truncated',
    )
    expect([updates.ready(), existsSync(join(folder, 'updates'))]).toEqual([null, false])
  })
})

/** A child that never answers: an import that goes on for as long as it is let. */
const silentChild: LaunchSheetChild = () => {
  let ended: (exit: { code: null; signal: string }) => void = () => undefined
  return {
    send: () => undefined,
    onMessage: () => undefined,
    onExit: (listener) => (ended = listener),
    kill: () => ended({ code: null, signal: 'SIGKILL' }),
  }
}

const makeTable = (folder: string): string => {
  const path = join(folder, 'table.csv')
  writeFileSync(path, 'a,b\n1,2\n')
  return path
}

it('K6 a desk takes an update by the contract and knows when it is busy', async () => {
  const folder = temporaryFolder()
  const engine = await createEngine({
    ...{ dataDir: await newDeskFolder(), resourceDir: resourcesWithKey(folder), storeKey: testKey },
    ...{ clock: { now: () => '2026-11-20T01:00:00.000Z' }, ids: uuidIds, mode: 'practice', practice: null },
    log: { info: () => undefined, error: (event, error) => console.error(event, error) },
    files: {
      source: (token) => ({ path: token, name: 'update.xbupdate' }),
      target: (token) => ({ path: token, name: token }),
    },
    launchSheetChild: silentChild,
    appVersion: '0.1.0',
  })
  onTestFinished(() => engine.close())
  const file = await packagesIn(join(folder, 'packages')).make('good')
  expect(await engine.call('updates.prepare', { file })).toMatchObject({
    ok: true,
    value: { version: '0.2.0' },
  })
  expect(await engine.call('updates.confirm', {})).toMatchObject({ ok: true })
  const reading = { recordType: 'XZXK_FR', sheet: '台账', headerRow: 1, mapping: {} }
  const task = await engine.call('import.preview', { ...reading, file: makeTable(folder) })
  expect(task).toMatchObject({ ok: true, value: { state: 'running' } })
  expect(await engine.call('updates.confirm', {})).toMatchObject({ failure: { code: 'update.busy' } })
})

describe('K6 the commands of the makers and of the desk', () => {
  it('an installer becomes a package that a client with the makers’ key takes', async () => {
    const folder = temporaryFolder()
    const program = await bundleEntry('electron/cli/sign-update.ts')
    onTestFinished(() => program.remove())
    writeFileSync(join(folder, 'setup.exe'), installerBytes())
    writeFileSync(join(folder, 'key.hex'), makerKeys.privateKey)
    writeFileSync(join(folder, 'notes.txt'), '修复若干问题')
    const sign = (...words: readonly string[]) =>
      spawnSync(process.execPath, [program.path, ...words], { cwd: folder, encoding: 'utf8' })
    const key = ['--key', 'key.hex']
    const made = sign('setup.exe', 'out.xbupdate', ...key, '--version', '0.2.0', '--notes', 'notes.txt')
    expect(made, made.stderr).toMatchObject({ status: 0 })
    expect(JSON.parse(made.stdout)).toMatchObject({ version: '0.2.0', publicKey: makerKeys.publicKey })
    expect(await prove(join(folder, 'out.xbupdate'))).toMatchObject({ notes: '修复若干问题' })
    expect(sign('setup.exe', 'x', ...key, '--version', 'new').status).toBe(2)
    expect(sign('none.exe', 'x', ...key, '--version', '0.2.0').stderr).toContain('none.exe')
    expect(sign().stdout).toContain('sign-update')
  })

  it('the desk’s command says what it would do, and starts nothing', async () => {
    const packages = packagesIn(temporaryFolder())
    const refused = await runCommand(['update', packages.installer, '--json'])
    expect(refused.code).toBe(3)
    expect(refused.json).toMatchObject({ failure: { code: 'update.not-a-package' } })
    const good = await packages.make('good.xbupdate', { version: '9.0.0' })
    expect((await runCommand(['update', good, '--json'])).json).toMatchObject({
      failure: { code: 'update.no-key' },
    })
  })
})
