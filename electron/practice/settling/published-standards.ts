import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { practiceNotices } from '@shared/texts/zh-CN/practice'
import { compileStandard } from '@shared/standard/compile-standard'
import { comparePackVersions } from '@shared/standard/pack-version'
import { parsePack } from '@shared/standard/pack-schema'
import type { CompiledStandard } from '@shared/standard/standard'
import type { SigningKey } from '@engine/crypto/signing-key'
import { issuePackage, type IssuedPackage } from '@engine/standards/package-signing'
import { rehearsalStandard } from '@practice/scenarios/rehearsal-standard'
import type { ShippedStandard } from '@practice/standard-folder'

/** The area of the platform, GB/T 2260. */
const REGION = '360300'

/** The packages that the platform gives out: those of the resource folder, and those published since. */
export interface PublishedStandards {
  /** Every standard, published ones included. */
  standards(): readonly CompiledStandard[]
  /** The signed package; null when there is none of that version. */
  packageText(id: string, version: string): string | null
  /** Publishes the next version of the first standard, with small changes of its own, in force from a day on. */
  publishNext(from: string): { readonly issued: IssuedPackage; readonly standard: CompiledStandard }
}

/** Keeps published packages in `folder`, so that they are there after the next start. */
export function createPublishedStandards(deps: {
  readonly folder: string
  readonly shipped: readonly ShippedStandard[]
  readonly key: SigningKey
}): PublishedStandards {
  const { folder, shipped } = deps
  mkdirSync(folder, { recursive: true })
  const published = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name): ShippedStandard => {
      const raw = JSON.parse(readFileSync(join(folder, name), 'utf8')) as object
      return { raw, standard: compileStandard(parsePack(raw)) }
    })
  const all: ShippedStandard[] = [...shipped, ...published]
  const issued = new Map<string, IssuedPackage>()

  const issue = ({ raw, standard }: ShippedStandard): IssuedPackage => {
    const { id, version } = standard.pack
    const before = all
      .map((one) => one.standard.pack)
      .filter((pack) => pack.id === id && comparePackVersions(pack.version, version) < 0)
      .map((pack) => pack.version)
      .sort(comparePackVersions)
      .at(-1)
    const changes = before === undefined ? '' : practiceNotices.standardChanges
    const statement = { region: REGION, supersedes: before ?? null, changes }
    const made = issuePackage(raw, statement, deps.key)
    issued.set(`${id} ${version}`, made)
    return made
  }

  const find = (id: string, version: string): ShippedStandard | undefined =>
    all.find(({ standard: { pack } }) => pack.id === id && pack.version === version)

  return {
    standards: () => all.map(({ standard }) => standard),

    packageText(id, version) {
      const one = find(id, version)
      return one === undefined ? null : (issued.get(`${id} ${version}`) ?? issue(one)).text
    },

    publishNext(from) {
      const { id } = all[0]!.standard.pack
      const newest = all
        .filter(({ standard }) => standard.pack.id === id)
        .sort((a, b) => comparePackVersions(a.standard.pack.version, b.standard.pack.version))
        .at(-1)!
      const raw = rehearsalStandard(newest.raw, from)
      const standard = compileStandard(parsePack(raw))
      const file = join(folder, `${id}-${standard.pack.version}.json`)
      writeFileSync(`${file}.partial`, JSON.stringify(raw))
      renameSync(`${file}.partial`, file)
      const next = { raw, standard }
      all.push(next)
      return { issued: issue(next), standard }
    },
  }
}
