/** Packages that no desk may take, each signed by the platform's own key unless it says otherwise. */
import { signDocument } from '@engine/crypto/document-signature'
import { softwareKey } from '@engine/crypto/software-keys'
import type { Json } from '@shared/kernel/canonical-json'
import { nextPack, otherKeys, packageOf, platformKeys, shippedPack } from './standards-desk'

type Members = Record<string, unknown>
type List = Record<string, unknown>[]

/** A raw pack to be spoilt; the parts are the caller's own. */
interface Spoilt extends Members {
  recordTypes: (Members & { fields: List })[]
  rules: Record<string, List>
  sharedRules: List
  settings: List
  codeLists: Record<string, Members & { items: List }>
  texts: Record<string, string>
  conversions: Record<string, Members & { from: Members }>
}

function spoilt(edit: (pack: Spoilt) => void): string {
  const pack = structuredClone(nextPack()) as unknown as Spoilt
  edit(pack)
  return packageOf(pack as never)
}

/** The signed document changed, and then signed all the same. */
function header(edit: (document: Members) => void): string {
  const { package: document } = JSON.parse(packageOf(nextPack())) as { package: Members }
  edit(document)
  const signature = signDocument(softwareKey(platformKeys.privateKey), document as Json)
  return JSON.stringify({ package: document, signature })
}

const firstType = (pack: Spoilt) => pack.recordTypes[0]!
const rule = (changes: Members): Members => ({
  ...{ id: 'document-number.shape', severity: 'error', on: ['XK_WSH'], function: 'pattern' },
  options: { pattern: '^x' },
  ...changes,
})
const withRule = (changes: Members) => spoilt(({ rules }) => rules['XZXK_FR']!.push(rule(changes)))
const withField = (changes: Members) =>
  spoilt((pack) =>
    firstType(pack).fields.push({ code: 'EXTRA', label: '另加', type: 'text', group: '其他', ...changes }),
  )
const withItems = (items: List) =>
  spoilt(({ codeLists }) => (codeLists['XK_ZT'] = { id: 'XK_ZT', title: '状态', items }))
const item = (value: string, changes: Members = {}): Members => ({ value, label: value, ...changes })
const pattern = (text: string) => withRule({ options: { pattern: text } })
const named = (name: string): [string, () => string] => [
  `a field named ${name}`,
  () => withField({ code: name }),
]

/** What it is, and the bytes; the failure's code is one of `pack.*`. */
export const hostilePackages: readonly (readonly [string, () => string | Buffer])[] = [
  ['a regex bomb', () => pattern('^(a+)+$')],
  ['a regex bomb in a condition', () => withRule({ when: [{ field: 'XK_WSH', matches: '(x|xx)*y' }] })],
  ['a pattern of a thousand characters', () => pattern(`^${'a?'.repeat(500)}`)],
  ['a bounded repetition of repetitions', () => pattern('^(?:a{1,99}){1,99}$')],
  ['a code list of thirty thousand', () => withItems(Array.from({ length: 30_000 }, (_, n) => item(`v${n}`)))],
  ['rules that stand for millions of checks', () => spoilt((pack) => {
    const fields = Array.from({ length: 450 }, (_, n) => ({ code: `F${n}`, label: `${n}`, type: 'text', group: 'g' }))
    for (const type of pack.recordTypes.slice(0, 20)) type.fields.push(...fields)
    const shared = rule({ on: undefined, appliesTo: { types: ['text'] }, function: 'placeholder', options: {} })
    pack.sharedRules.push(...Array.from({ length: 900 }, () => shared))
  })],
  ['ten thousand fields', () => spoilt((pack) => {
    for (let n = 0; n < 10_000; n++) firstType(pack).fields.push({ code: `F${n}`, label: `${n}`, type: 'text', group: 'g' })
  })],
  ['a pack nested a thousand deep', () => header((document) => {
    let inner: unknown = 1
    for (let depth = 0; depth < 1_000; depth++) inner = [inner]
    document['pack'] = inner
  })],
  ['nothing but a million brackets', () => '['.repeat(1_000_000)],
  named('constructor'), named('toString'), named('hasOwnProperty'), named('valueOf'), named('__proto__'),
  ['a record type named constructor', () => spoilt((pack) => (firstType(pack)['code'] = 'constructor'))],
  ['a code list named constructor', () => withField({ type: 'code', codeList: 'constructor' })],
  ['a prototype in the document', () => packageOf(nextPack()).replace('"format"', '"__proto__":{"x":1},"format"')],
  ['a list where an object belongs', () => spoilt((pack) => ((pack as Members)['rules'] = []))],
  ['a number where a text belongs', () => spoilt((pack) => ((pack as Members)['title'] = 42))],
  ['null for its record types', () => spoilt((pack) => ((pack as Members)['recordTypes'] = null))],
  ['a negative length', () => withField({ maxLength: -1 })],
  ['a length beyond every number', () => withField({ maxLength: 1e308 })],
  ['a member that nobody knows', () => withField({ script: 'alert(1)' })],
  ['the same field twice', () => withField({ code: 'XK_WSH' })],
  ['the same record type twice', () => spoilt((pack) => pack.recordTypes.push(firstType(pack)))],
  ['the same code twice', () => withItems([item('1'), item('1', { label: '另一个' })])],
  ['one spelling for two codes', () => withItems([item('1', { aliases: ['有效'] }), item('2', { aliases: ['有效'] })])],
  ['codes that replace each other', () => withItems([item('1', { to: '2020-01-01', replacedBy: '2' }), item('2', { to: '2020-01-01', replacedBy: '1' })])],
  ['a code that replaces itself', () => withItems([item('1', { to: '2020-01-01', replacedBy: '1' }), item('2')])],
  ['a code that ends before it begins', () => withItems([item('1', { from: '2026-02-01', to: '2026-01-01' })])],
  ['a rule that ends before it begins', () => withRule({ from: '2026-02-01', to: '2026-01-01' })],
  ['a standard that ends before it begins', () => packageOf(nextPack({ from: '2026-03-01', to: '2026-02-01' }))],
  ['a day that does not exist', () => packageOf(nextPack({ from: '2026-02-30' }))],
  ['a setting inside a setting', () => spoilt(({ settings }) => (settings[0]!['value'] = { setting: 'penalty.fine' }))],
  ['a setting out of its range', () => spoilt(({ settings }) => (settings[0]!['value'] = 99))],
  ['a setting that nobody declares', () => withField({ maxLength: { setting: 'no.such' } })],
  ['the same setting twice', () => spoilt(({ settings }) => settings.push(settings[0]!))],
  ['a conversion from itself', () => spoilt(({ conversions }) => (conversions['XZXK_2015']!.from['standard'] = '../pingxiang-credit'))],
  ['a function that there is not', () => withRule({ function: 'eval', options: {} })],
  ['an option that there is not', () => withRule({ options: { pattern: '^x', flags: 'g' } })],
  ['a rule on a field that there is not', () => withRule({ on: ['NOWHERE'] })],
  ['a rule without a sentence', () => withRule({ id: 'some.thing-new' })],
  ['a sentence written backwards', () => spoilt(({ texts }) => (texts['field.required'] = '请补充\u202e。'))],
  ['a title that moves the cursor of a terminal', () => packageOf(nextPack({ title: '标准\u001b[2J' }))],
  ['a public identity number', () => withField({ format: 'residentId' })],
  ['a hundred megabytes', () => Buffer.alloc(100 * 1024 * 1024, 0x20)],
  ['half of a package', () => packageOf(nextPack()).slice(0, 80_000)],
  ['a package without its last byte', () => packageOf(nextPack()).slice(0, -1)],
  ['an empty file', () => ''],
  ['a workbook', () => Buffer.from('PK\u0003\u0004[Content_Types].xml')],
  ['UTF-16', () => Buffer.from(packageOf(nextPack()), 'utf16le')],
  ['no signature', () => JSON.stringify({ package: (JSON.parse(packageOf(nextPack())) as Members)['package'] })],
  ['the signature of another key', () => packageOf(nextPack(), {}, otherKeys.privateKey)],
  ['one changed character', () => packageOf(nextPack()).replace('许可', '许呵')],
  ['the region of another city', () => packageOf(nextPack(), { region: '360100' })],
  ['the region of a district', () => packageOf(nextPack(), { region: '360313' })],
  ['an older version', () => packageOf(nextPack({ version: '2025.9' }))],
  ['the same version with other content', () => packageOf({ ...shippedPack, title: '另一份' })],
  ['a version after one that is not here', () => packageOf(nextPack({ version: '2026.4' }), { supersedes: '2026.3' })],
] // prettier-ignore
