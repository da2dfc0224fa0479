/**
 * The versions of the desk's standard: the one that the release ships, and those installed since. Which one is in force
 * follows from the day alone: the newest that a person has adopted and that has begun. Every installed package is
 * verified anew when the desk is opened; one that does not hold is left out, and the others stay as they are.
 */
import { FailureError, refuse, type FailureCode } from '@shared/kernel/failure'
import { parsePack } from '@shared/standard/pack-schema'
import { fittingValues, type SettingValues } from '@shared/standard/pack-settings'
import { comparePackVersions } from '@shared/standard/pack-version'
import type { Issue } from '@shared/standard/issue'
import type { StandardPack } from '@shared/standard/pack'
import type { CompiledStandard, CompiledType } from '@shared/standard/standard'
import { withdrawnTypeText } from '@shared/texts/zh-CN/standards'
import type { ShippedStandard } from './installed-standard'
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

/** A version with the pack that it is compiled from; null for one that did not hold. */
interface Entry extends CataloguedVersion {
  readonly raw: object | null
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
  /** A version as it would be with other values of its settings; refuses `pack.not-found`, `pack.invalid`. */
  withSettings(version: string, values: SettingValues): CompiledStandard
  /** From now on every version is as these values make it. */
  applySettings(values: SettingValues): void
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

function reopen(deps: CatalogueDeps, installed: InstalledPackage): Entry {
  const { version } = installed
  const left = (problem: FailureCode): Entry => ({
    ...{ version, installed, problem, standard: null, raw: null, packSha256: null, changes: '' },
  })
  const bytes = deps.folder.read(installed.id, version)
  if (bytes === null) return left('pack.unreadable')
  try {
    const trust = { ...deps.trust, publicKey: installed.signedBy }
    const { standard, raw, header, sha256, packSha256 } = openPackage(bytes, trust, deps.opening)
    // A genuine package of another version, or of the same with other content, under this name.
    if (header.version !== version || sha256 !== installed.sha256) return left('pack.same-version')
    return { version, standard, raw, problem: null, installed, packSha256, changes: header.changes }
  } catch (error) {
    if (error instanceof FailureError) return left(error.failure.code)
    throw error
  }
}

export interface CatalogueDeps {
  readonly shipped: ShippedStandard
  readonly folder: PackageFolder
  readonly opening: PackageOpening
  readonly trust: { readonly standardId: string; readonly bureauCode: string }
}

/**
 * Opens the versions of a desk with the settings that the desk has chosen; never refuses, since the version of the
 * release is always there. A value that a version cannot take leaves that version its own.
 */
export function createStandardCatalogue(
  deps: CatalogueDeps,
  installed: readonly InstalledPackage[],
  chosen: SettingValues,
): StandardCatalogue {
  const { standard: shipped, raw, packSha256 } = deps.shipped
  const known = new Map<string, Entry>()
  const release = { version: shipped.pack.version, standard: shipped, raw, packSha256 }
  for (const one of installed) if (one.id === shipped.pack.id) known.set(one.version, reopen(deps, one))
  known.set(release.version, { ...release, problem: null, installed: null, changes: '' })
  let values: SettingValues = {}

  function compiled(standard: CompiledStandard, from: object, others: SettingValues): CompiledStandard {
    const { settings } = standard.pack
    const fitting = fittingValues(settings, others)
    const isSame = settings.every((setting) => setting.value === (fitting[setting.id] ?? setting.default))
    return isSame ? standard : deps.opening.compile(parsePack(from, fitting))
  }

  /** The entry as the values of the desk make it; as it was when they break it. */
  function asSet(entry: Entry): Entry {
    if (entry.standard === null || entry.raw === null) return entry
    try {
      return { ...entry, standard: compiled(entry.standard, entry.raw, values) }
    } catch (error) {
      if (error instanceof FailureError) return entry
      throw error
    }
  }

  function applySettings(others: SettingValues): void {
    values = others
    for (const [version, entry] of known) known.set(version, asSet(entry))
    cached = null
  }

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

  applySettings(chosen)

  return {
    inForce(today) {
      if (cached?.today !== today) cached = { today, standard: choose(today) }
      return cached.standard
    },
    versions: newestFirst,
    find: (version) => known.get(version) ?? null,
    add({ standard, raw: pack, header, packSha256: sha }, one) {
      const { version, changes } = header
      const entry = { version, standard, raw: pack, installed: one, packSha256: sha, changes }
      known.set(version, asSet({ ...entry, problem: null }))
      cached = null
    },
    adopt(version, at) {
      const entry = known.get(version)
      if (entry?.installed == null) throw new Error(`version ${version} is not installed`)
      known.set(version, { ...entry, installed: { ...entry.installed, adoptedAt: at } })
      cached = null
    },
    withSettings(version, others) {
      const entry = known.get(version)
      if (entry?.standard == null || entry.raw === null) return refuse('pack.not-found', { version })
      return compiled(entry.standard, entry.raw, others)
    },
    applySettings,
  }
}
