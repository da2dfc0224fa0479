import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { softwareKey } from '@engine/crypto/software-keys'
import { signDocument } from '@engine/crypto/document-signature'
import type { Json } from '@shared/kernel/canonical-json'
import {
  newDesk,
  nextPack,
  openStandardsDesk,
  otherKeys,
  packageOf,
  platformKeys,
  shippedPack,
  withMandatory,
} from './standards-desk'

type Edit = (document: Record<string, unknown>) => void

/** A package whose signed document was changed by hand, and then signed by the platform all the same. */
function signedAnyway(edit: Edit, pack = nextPack()): string {
  const { package: document } = JSON.parse(packageOf(pack)) as { package: Record<string, unknown> }
  edit(document)
  return JSON.stringify({
    package: document,
    signature: signDocument(softwareKey(platformKeys.privateKey), document as Json),
  })
}

/** The same, with the pack inside changed. */
const signedPack = (edit: Edit): string =>
  signedAnyway((document) => edit(document['pack'] as Record<string, unknown>))

const good = packageOf(withMandatory('BZ'))
const parsed = JSON.parse(good) as { package: Record<string, unknown>; signature: string }

const firstType = (pack: Record<string, unknown>) =>
  (pack['recordTypes'] as { fields: Record<string, unknown>[] }[])[0]!
const firstRules = (pack: Record<string, unknown>) =>
  (pack['rules'] as Record<string, Record<string, unknown>[]>)['XZXK_FR']!
const patternRule = (pattern: string) => ({
  id: 'document-number.shape',
  severity: 'error',
  on: ['XK_WSH'],
  function: 'pattern',
  options: { pattern },
})

const CASES: readonly [string, () => string | Uint8Array, string][] = [
  ['unsigned', () => JSON.stringify({ package: parsed.package }), 'pack.unsigned'],
  ['with an empty signature', () => JSON.stringify({ ...parsed, signature: '' }), 'pack.unsigned'],
  ['signed by somebody else', () => packageOf(nextPack(), {}, otherKeys.privateKey), 'pack.wrong-signer'],
  [
    'with the signature of another package',
    () => JSON.stringify({ ...parsed, signature: (JSON.parse(packageOf(nextPack())) as typeof parsed).signature }),
    'pack.wrong-signer',
  ],
  ['changed in one character', () => good.replace('许可', '许呵'), 'pack.wrong-signer'],
  ['with a signature that is none', () => JSON.stringify({ ...parsed, signature: 'AAAA' }), 'pack.wrong-signer'],
  ['of another city', () => packageOf(nextPack(), { region: '360100' }), 'pack.other-city'],
  ['of another district', () => packageOf(nextPack(), { region: '360313' }), 'pack.other-city'],
  ['of another standard', () => packageOf(nextPack({ id: 'nanchang-credit' })), 'pack.other-city'],
  ['older than the one in force', () => packageOf(nextPack({ version: '2025.9' })), 'pack.older'],
  [
    'of the same version with other content',
    () => packageOf({ ...shippedPack, title: '另一份' }),
    'pack.same-version',
  ],
  ['after a version that is not here', () => packageOf(nextPack({ version: '2026.4' }), { supersedes: '2026.3' }), 'pack.gap'],
  ['empty', () => '', 'pack.unreadable'],
  ['that is no JSON', () => 'PK\u0003\u0004 standard.zip', 'pack.unreadable'],
  ['that is no UTF-8', () => Buffer.from([0x7b, 0xff, 0xfe]), 'pack.unreadable'],
  ['that is another document', () => '[1, 2, 3]', 'pack.unreadable'],
  ['nested a million deep', () => '{"package":' + '['.repeat(1_000_000), 'pack.unreadable'],
  ['nested a hundred deep', () => `{"package":{"a":${'['.repeat(100)}${']'.repeat(100)}},"signature":"x"}`, 'pack.unreadable'],
  ['larger than any package', () => JSON.stringify({ ...parsed, rest: 'x'.repeat(5_000_000) }), 'pack.unreadable'],
  ['of a format to come', () => signedAnyway((document) => (document['format'] = 'xinbao-standard-9')), 'pack.unreadable'],
  ['whose version climbs out of its folder', () => signedAnyway((document) => (document['version'] = '../../2026.2')), 'pack.unreadable'],
  ['whose id climbs out of its folder', () => signedAnyway((document) => (document['id'] = '../../store')), 'pack.unreadable'],
  ['whose version is a device of Windows', () => signedAnyway((document) => (document['version'] = 'CON')), 'pack.unreadable'],
  ['that names another version than its pack', () => signedAnyway((document) => (document['version'] = '2026.3')), 'pack.invalid'],
  ['without half of its pack', () => signedPack((pack) => delete pack['rules']), 'pack.invalid'],
  ['without its sentences', () => signedPack((pack) => (pack['texts'] = {})), 'pack.invalid'],
  ['with a function that there is not', () => signedPack((pack) => firstRules(pack).push({ ...patternRule('x'), function: 'eval' })), 'pack.invalid'],
  ...['(a+)+$', '(a|aa)+$', '(x*)*y', '^(.*a){20}$', '.*.*.*=.*', '(?=(a+))\\1b'].map(
    (pattern) =>
      [`with the pattern ${pattern}`, () => signedPack((pack) => firstRules(pack).push(patternRule(pattern))), 'pack.invalid'] as [string, () => string, string],
  ),
  [
    'with ten thousand fields',
    () =>
      signedPack((pack) => {
        const { fields } = firstType(pack)
        for (let n = 0; n < 10_000; n++) fields.push({ ...fields[0], code: `F${n}`, label: `字段${n}` })
      }),
    'pack.invalid',
  ],
  [
    'with a list of thirty thousand codes',
    () =>
      signedPack((pack) => {
        const items = Array.from({ length: 30_000 }, (_, n) => ({ value: `v${n}`, label: `v${n}` }))
        ;(pack['codeLists'] as Record<string, unknown>)['XDR_LB'] = { id: 'XDR_LB', title: '类别', items }
      }),
    'pack.invalid',
  ],
  ['with a word of a hundred thousand characters', () => signedPack((pack) => (pack['title'] = '字'.repeat(100_000))), 'pack.invalid'],
  ['with two thousand rules of one type', () => signedPack((pack) => firstRules(pack).push(...Array.from({ length: 2_000 }, () => patternRule('x')))), 'pack.invalid'],
  ['with a member that reaches for the prototype', () => signedAnyway(() => undefined).replace('"format"', '"__proto__":{"polluted":1},"format"'), 'pack.wrong-signer'],
] // prettier-ignore

describe('a package', () => {
  let desk: Awaited<ReturnType<typeof openStandardsDesk>>
  const leftToDo: (() => Promise<void> | void)[] = []
  const whenDone = (work: () => Promise<void> | void): void => void leftToDo.unshift(work)
  beforeAll(async () => {
    desk = await openStandardsDesk(await newDesk({ whenDone }), { whenDone })
    await desk.addLicences(1, 3)
  })
  afterAll(async () => {
    for (const work of leftToDo) await work()
  })

  it.each(CASES)('K1 K2 %s is refused, and the standard stays as it is', async (_, make, code) => {
    const before = await desk.must('standard.current', {})
    const refused = await desk.install(make())
    expect(refused).toMatchObject({ ok: false, failure: { code } })
    expect(await desk.must('standard.current', {})).toEqual(before)
    expect((await desk.versions()).versions.map((one) => one.version)).toEqual(['2026.1'])
    expect(desk.packageFiles()).toEqual([])
    expect((await desk.must('desk.overview', {})).counts.ready).toBe(3)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it('is taken after all of that', async () => {
    expect(await desk.install(good)).toEqual({ ok: true, value: { version: '2026.2' } })
  })

  it('that is here already changes nothing; the same version with other content is refused', async () => {
    const file = join(desk.dataDir, 'standards/pingxiang-credit/2026.2.json')
    const before = readFileSync(file)
    expect(await desk.install(good)).toMatchObject({ ok: true })
    expect(await desk.install(packageOf(nextPack()))).toMatchObject({
      ok: false,
      failure: { code: 'pack.same-version' },
    })
    expect(readFileSync(file)).toEqual(before)
    expect(desk.packageFiles()).toHaveLength(1)
  })

  it('of the version that the release ships, with its very content, changes nothing', async () => {
    expect(await desk.install(packageOf(shippedPack, { supersedes: null }))).toMatchObject({ ok: true })
    expect(desk.packageFiles()).toHaveLength(1)
  })
})

test('half a package is none, wherever it was cut', async () => {
  const desk = await openStandardsDesk(await newDesk())
  const bytes = Buffer.from(good)
  for (let part = 0; part < 40; part++) {
    const cut = bytes.subarray(0, Math.floor((bytes.length * part) / 40))
    expect(await desk.install(cut)).toMatchObject({ ok: false, failure: { code: 'pack.unreadable' } })
  }
  expect(await desk.install(bytes.subarray(0, bytes.length - 1))).toMatchObject({ ok: false })
  expect((await desk.versions()).versions).toHaveLength(1)
  expect(desk.packageFiles()).toEqual([])
})

test('without the key of a platform nothing is installed', async () => {
  const unconnected = await openStandardsDesk(await newDesk({ publicKey: null }))
  expect(await unconnected.install(good)).toMatchObject({ failure: { code: 'pack.no-key' } })
  const wrongKey = await openStandardsDesk(await newDesk({ publicKey: otherKeys.publicKey }))
  expect(await wrongKey.install(good)).toMatchObject({ failure: { code: 'pack.wrong-signer' } })
})

describe('an installed package that was changed on disk', () => {
  const genuineOther = packageOf(nextPack({ title: '另一份' }))
  const newer = packageOf(nextPack({ version: '2026.3' }), { supersedes: '2026.2' })

  it.each<[string, (file: string) => void, string]>([
    ['in one byte', (file) => writeFileSync(file, readFileSync(file, 'utf8').replace('许可', '许呵')), 'pack.wrong-signer'],
    ['cut in half', (file) => truncateSync(file, 100_000), 'pack.unreadable'],
    ['emptied', (file) => truncateSync(file, 0), 'pack.unreadable'],
    ['taken away', (file) => rmSync(file), 'pack.unreadable'],
    ['for a genuine one with other content', (file) => writeFileSync(file, genuineOther), 'pack.same-version'],
    ['for a genuine one of another version', (file) => writeFileSync(file, newer), 'pack.same-version'],
    ['for one of another signer', (file) => writeFileSync(file, packageOf(nextPack(), {}, otherKeys.privateKey)), 'pack.wrong-signer'],
  ])('%s is found at the next start, and the older version holds', async (_, damage, problem) => {
    const folder = await newDesk()
    const desk = await openStandardsDesk(folder)
    await desk.install(good)
    await desk.preview('2026.2')
    await desk.adopt('2026.2')
    await desk.close()
    damage(join(desk.dataDir, 'standards/pingxiang-credit/2026.2.json'))

    const next = await openStandardsDesk(folder)
    expect(await next.versions()).toMatchObject({ inForce: '2026.1' })
    expect(await next.version('2026.2')).toMatchObject({ state: 'damaged', problem })
    // The very same package puts it right, and consent is not asked for twice.
    expect(await next.install(genuineOther)).toMatchObject({ failure: { code: 'pack.same-version' } })
    expect(await next.install(good)).toEqual({ ok: true, value: { version: '2026.2' } })
    expect(await next.versions()).toMatchObject({ inForce: '2026.2' })
  }) // prettier-ignore
})
