/** Bounds on the size of a pack from outside, so that one whose signer errs cannot keep a desk busy for ever. */
import type { StandardPack } from './pack'
import { refusePack } from './pack-refusal'

const MAX_NODES = 400_000
const MAX_LIST = 20_000
const MAX_TEXT = 20_000
/** Lists whose elements are compared with one another, or looked at for every record. */
const MAX_MEMBERS: Readonly<Record<string, number>> = {
  recordTypes: 100,
  fields: 500,
  sharedRules: 1_000,
  settings: 500,
  on: 500,
  when: 50,
  words: 500,
  except: 500,
  values: 500,
  codes: 500,
  in: 500,
  aliases: 100,
}
const MAX_RULES_OF_TYPE = 1_000

/** Fields under rules, over all types; the largest pack known has a twentieth of it. */
const MAX_CHECKS = 50_000

type Visit = { readonly node: unknown; readonly name: string; readonly parent: string }

function limitOf({ name, parent }: Visit): number {
  return parent === 'rules' ? MAX_RULES_OF_TYPE : (MAX_MEMBERS[name] ?? MAX_LIST)
}

/** Refuses `pack.invalid` when a raw pack is beyond all reason in number or length of its parts. */
export function refuseOversizedPack(pack: object): void {
  const waiting: Visit[] = [{ node: pack, name: '', parent: '' }]
  for (let nodes = 0; waiting.length > 0; nodes++) {
    if (nodes > MAX_NODES) refusePack('', `more than ${MAX_NODES} values`)
    const visit = waiting.pop()!
    const { node, name } = visit
    if (typeof node === 'string' && node.length > MAX_TEXT) refusePack(name, 'the text is too long')
    if (typeof node !== 'object' || node === null) continue
    const limit = limitOf(visit)
    const members = Array.isArray(node)
      ? node.map((item: unknown) => ['', item] as const)
      : Object.entries(node)
    if (members.length > limit) refusePack(name, `more than ${limit} members`)
    for (const [key, value] of members) waiting.push({ node: value, name: key || name, parent: name })
  }
}

/** Refuses `pack.invalid` when shared rules have made more of a pack than any desk could check by. */
export function refuseTooManyChecks(rules: StandardPack['rules']): void {
  const checks = Object.values(rules)
    .flat()
    .reduce((sum, rule) => sum + rule.on.length, 0)
  if (checks > MAX_CHECKS) refusePack('rules', `more than ${MAX_CHECKS} checks`)
}
