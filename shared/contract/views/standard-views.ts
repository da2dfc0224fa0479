import type { FailureCode } from '@shared/kernel/failure'
import type { CodeList, PackSetting, RecordTypeSpec } from '@shared/standard/pack'
import type { ReferenceRule } from '@shared/standard/reference'
import type { SettingPlace } from '@shared/standard/setting-places'

/** The standard in force, as the form, the grid and the reference page need it. */
export interface StandardView {
  readonly id: string
  readonly version: string
  readonly title: string
  readonly from: string
  readonly recordTypes: readonly RecordTypeSpec[]
  /** Layouts of older standards that can still be imported; their rows become records of this one. */
  readonly olderLayouts: readonly RecordTypeSpec[]
  readonly codeLists: Readonly<Record<string, CodeList>>
}

/** Everything that people can look up about the standard in force. */
export interface StandardReference extends StandardView {
  readonly to: string | null
  readonly sources: readonly string[]
  readonly rules: readonly ReferenceRule[]
}

/** How a version stands: `consent` and `day` wait, `damaged` did not pass its verification at this start. */
export type StandardVersionState = 'in-force' | 'consent' | 'day' | 'past' | 'damaged'

/** What a version would do to the drafts of this desk. */
export interface StandardPreview {
  readonly version: string
  /** The difference in one line, with the number of drafts affected. */
  readonly summary: string
  /** One sentence per change, the gravest first, at most 200. */
  readonly details: readonly string[]
  readonly changes: number
  readonly drafts: number
  /** Drafts about which the new version says something else than the old one. */
  readonly affected: number
  /** Of these, drafts that could be sent by the old version and have an error by the new one. */
  readonly newlyBlocked: number
}

export interface StandardVersionView {
  readonly version: string
  /** Blank while damaged. */
  readonly title: string
  readonly from: string
  readonly to: string | null
  readonly state: StandardVersionState
  readonly origin: 'release' | 'installed'
  readonly installedAt: string | null
  readonly adoptedAt: string | null
  /** The platform's own words about the version, hostile text. */
  readonly changes: string
  readonly problem: FailureCode | null
  /** What it would do, once it has been looked at. */
  readonly preview: StandardPreview | null
}

/** The versions of the desk's standard, the newest first. */
export interface StandardsView {
  readonly id: string
  readonly inForce: string
  /** The term of the version in force is over and no newer one has been adopted. */
  readonly isExpired: boolean
  readonly versions: readonly StandardVersionView[]
  /** Versions that the platform has announced and that are not here yet, with the reason once they were refused. */
  readonly announced: readonly { readonly version: string; readonly problem: FailureCode | null }[]
}

/** One value that the sources of the standard leave open, as this desk has it. */
export interface PackSettingView extends Omit<PackSetting, 'sets'> {
  readonly places: readonly SettingPlace[]
}

/** Every setting of the version in force. */
export interface PackSettingsView {
  readonly standard: string
  readonly version: string
  readonly settings: readonly PackSettingView[]
}
