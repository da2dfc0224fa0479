/**
 * The versions of the desk's standard: the one that the release ships, and those installed since. Which one is in force
 * follows from the day alone: the newest that a person has adopted and that has begun. Every installed package is
 * verified anew when the desk is opened; one that does not hold is left out, and the others stay as they are.
 */
import { FailureError, type FailureCode } from '@shared/kernel/failure'
import { comparePackVersions } from '@shared/standard/pack-version'
import type { Issue } from '@shared/standard/issue'
import type { StandardPack } from '@shared/standard/pack'
import type { CompiledStandard, CompiledType } from '@shared/standard/standard'
import { withdrawnTypeText } from '@shared/texts/zh-CN/standards'
import { openPackage, type OpenedPackage, type PackageOpening } from './package-check'
import type { PackageFolder } from './package-folder'

/** What the store keeps of an installed package. */
export interface InstalledPackage {
  readonly id: string
  readonly version: string
  readonly sha256: string
  /** The key under which it was taken, so that a later change of the connection does not undo it. */
  readonly signedBy: string
  readonly installedAt: string
  /** When a person agreed to it; null while nobody has. */
  readonly adoptedAt: string | null
}

/** One version as the desk knows it. */
export interface CataloguedVersion {
  readonly version: string
  /** Null when the package did not hold at this start. */
  readonly standard: CompiledStandard | null
  readonly problem: FailureCode | null
  /** Null for the version that came with the release. */
  readonly installed: InstalledPackage | null
  readonly packSha256: string | null
  readonly changes: string
}

export interface StandardCatalogue {
  /** The standard in force on a day, with the record types of older versions for the records that still have one. */
  inForce(today: string): CompiledStandard
  /** All versions, the newest first. */
  versions(): readonly CataloguedVersion[]
  find(version: string): CataloguedVersion | null
  /** Takes a package that was just installed. */
  add(opened: OpenedPackage, installed: InstalledPackage): void
  /** Notes that a version was adopted. */
  adopt(version: string, at: string): void
}

/** Code of the issue under a record whose type is no more. */
export const WITHDRAWN_TYPE = 'standard.type-withdrawn'

const withdrawnIssue: Issue = {
  code: WITHDRAWN_TYPE,
  severity: 'error',
  field: null,
  value: null,
  params: {},
}

/** A type that the standard in force has dropped: its records can be read, but no more be sent. */
const withdrawn = (type: CompiledType): CompiledType => ({
  ...type,
  check: () => [withdrawnIssue],
  message: (issue) => (issue.code === WITHDRAWN_TYPE ? withdrawnTypeText : type.message(issue)),
})

const hasBegun = ({ from }: StandardPack, today: string): boolean => from <= today

/** Whether the term of a standard is over. */
export const isExpired = ({ to }: StandardPack, today: string): boolean => to !== null && to < today

function reopen(deps: CatalogueDeps, installed: InstalledPackage): CataloguedVersion {
  const { version } = installed
  const left = (problem: FailureCode): CataloguedVersion => ({
    ...{ version, installed, problem, standard: null, packSha256: null, changes: '' },
  })
  const bytes = deps.folder.read(installed.id, version)
  if (bytes === null) return left('pack.unreadable')
  try {
    const trust = { ...deps.trust, publicKey: installed.signedBy }
    const { standard, header, sha256, packSha256 } = openPackage(bytes, trust, deps.opening)
    // A genuine package of another version, or of the same with other content, under this name.
    if (header.version !== version || sha256 !== installed.sha256) return left('pack.same-version')
    return { version, standard, problem: null, installed, packSha256, changes: header.changes }
  } catch (error) {
    if (error instanceof FailureError) return left(error.failure.code)
    throw error
  }
}

export interface CatalogueDeps {
  readonly shipped: { readonly standard: CompiledStandard; readonly packSha256: string }
  readonly folder: PackageFolder
  readonly opening: PackageOpening
  readonly trust: { readonly standardId: string; readonly bureauCode: string }
}

/** Opens the versions of a desk; never refuses, since the version of the release is always there. */
export function createStandardCatalogue(
  deps: CatalogueDeps,
  installed: readonly InstalledPackage[],
): StandardCatalogue {
  const { standard: shipped, packSha256 } = deps.shipped
  const known = new Map<string, CataloguedVersion>()
  const release = { version: shipped.pack.version, standard: shipped, packSha256 }
  for (const one of installed) if (one.id === shipped.pack.id) known.set(one.version, reopen(deps, one))
  known.set(release.version, { ...release, problem: null, installed: null, changes: '' })
  const newestFirst = (): readonly CataloguedVersion[] =>
    [...known.values()].sort((a, b) => comparePackVersions(b.version, a.version))

  let cached: { readonly today: string; readonly standard: CompiledStandard } | null = null

  function choose(today: string): CompiledStandard {
    const usable = newestFirst().flatMap(({ standard, installed }) =>
      standard !== null && (installed === null || installed.adoptedAt !== null) ? [standard] : [],
    )
    const begun = usable.filter(({ pack }) => hasBegun(pack, today))
    // One whose term is over stays until a newer one is adopted: going back would undo what it changed.
    const chosen = begun[0] ?? usable.at(-1) ?? shipped
    const types = new Map<string, CompiledType>(chosen.types)
    for (const other of begun) {
      for (const [code, type] of other.types) if (!types.has(code)) types.set(code, withdrawn(type))
    }
    return { ...chosen, types }
  }

  return {
    inForce(today) {
      if (cached?.today !== today) cached = { today, standard: choose(today) }
      return cached.standard
    },
    versions: newestFirst,
    find: (version) => known.get(version) ?? null,
    add({ standard, header, packSha256: sha }, one) {
      const { version, changes } = header
      known.set(version, { version, standard, problem: null, installed: one, packSha256: sha, changes })
      cached = null
    },
    adopt(version, at) {
      const entry = known.get(version)
      if (entry?.installed == null) throw new Error(`version ${version} is not installed`)
      known.set(version, { ...entry, installed: { ...entry.installed, adoptedAt: at } })
      cached = null
    },
  }
}
