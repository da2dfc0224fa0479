/**
 * The versions of the data-access standard at this desk: taking packages in, showing what they would do, adopting them.
 * A package is verified before anything else is done with it; whatever fails leaves the standard in force as it was.
 * The trust root is the platform's public key of the connection: the key that signs the receipts also signs the
 * packages (protocol, section 5), so a desk has one key to get right. Each package keeps the key under which it came.
 */
import type { StandardPreview, StandardsView } from '@shared/contract/views/standard-views'
import { businessDate, type Clock } from '@shared/kernel/clock'
import { FailureError, refuse, type FailureCode } from '@shared/kernel/failure'
import { comparePackVersions, isPackVersion } from '@shared/standard/pack-version'
import type { CompiledStandard } from '@shared/standard/standard'
import { fill } from '@shared/texts/fill'
import { noticeTexts, noticeTitles } from '@shared/texts/zh-CN/exchange'
import type { EventBus } from '@engine/event-bus'
import type { Log } from '@engine/ports'
import type { NoticeRepo } from '@engine/repos/notice-repo'
import type { RecordLookup } from '@engine/repos/record-lookup'
import type { AuditRepo, RecordRepo, SettingRepo, Store } from '@engine/repos/repo-types'
import { openPackage, type OpenedPackage, type PackageOpening } from '@engine/standards/package-check'
import type { PackageFolder } from '@engine/standards/package-folder'
import {
  isExpired,
  type InstalledPackage,
  type StandardCatalogue,
} from '@engine/standards/standard-catalogue'
import type { Transport } from '@engine/transports/transport-port'
import { createStandardsFetching } from './standards-fetching'
import { previewStandard } from './standards-preview'
import { standardsView } from './standards-view'
import type { TaskHandle } from './tasks-service'

/** A version that the platform has announced and that has not come yet. */
export interface Announcement {
  readonly version: string
  /** Why it was not taken; null while it is still to be fetched. */
  readonly problem: FailureCode | null
  /** SHA-256 of what is to come, 64 hex digits in lower case; absent when the announcement did not say. */
  readonly sha256?: string | null
}

/** What the store keeps of the standard, under the setting `standards`. */
export interface StoredStandards {
  readonly installed: readonly InstalledPackage[]
  readonly announced: readonly Announcement[]
  /** The version that was in force when the desk last looked. */
  readonly inForce: string | null
}

export const noStandards: StoredStandards = { installed: [], announced: [], inForce: null }

export interface StandardsService {
  /** The standard in force today. */
  current(): CompiledStandard
  view(): StandardsView
  /**
   * Takes a signed package in; it waits for consent. One that is here already changes nothing. Refuses `pack.*` and
   * `storage.*`; gives the version.
   */
  install(bytes: Uint8Array): string
  /** Tries a version on all drafts and changes nothing. Refuses `pack.not-found`, `task.cancelled`. */
  preview(version: string, task: TaskHandle): Promise<StandardPreview>
  /** A person agrees to a version whose effect they have seen. True when it is in force from now on. */
  adopt(version: string): boolean
  /** Notes an announcement of the platform; runs inside the caller's transaction. */
  announce(standard: { readonly id: string; readonly version: string; readonly sha256: string | null }): void
  /** Fetches what was announced, and what was found damaged. What does not come now is asked for at a later pull. */
  fetchAnnounced(transport: Transport, task: TaskHandle): Promise<void>
  /** Notices that another version has come into force, that one waits, or that a term is over. True at a change. */
  noteDay(): boolean
}

export interface StandardsDeps {
  readonly catalogue: StandardCatalogue
  readonly folder: PackageFolder
  readonly trust: { readonly standardId: string; readonly bureauCode: string }
  readonly store: Store
  readonly settings: SettingRepo
  readonly audit: AuditRepo
  readonly notices: NoticeRepo
  readonly records: RecordRepo
  readonly lookup: RecordLookup
  readonly opening: PackageOpening
  readonly clock: Clock
  readonly bus: EventBus
  readonly log: Log
  readonly actor: () => string
  /** Tells the pages of the desk that another standard is in force. */
  readonly onChange: () => void
}

const KEY = 'standards'
const noticeIdOf = (id: string, version: string): string => `standard:${id}:${version}`

export function createStandardsService(deps: StandardsDeps): StandardsService {
  const { catalogue, settings, store, clock } = deps
  const { standardId } = deps.trust
  /** What was shown in this sitting, by version: nobody adopts unseen. */
  const previews = new Map<string, StandardPreview>()

  const stored = (): StoredStandards => settings.get<StoredStandards>(KEY) ?? noStandards
  const change = (changes: Partial<StoredStandards>): void => settings.set(KEY, { ...stored(), ...changes })
  const today = (): string => businessDate(clock.now())
  const current = (): CompiledStandard => catalogue.inForce(today())
  const log = (act: string, body: Readonly<Record<string, string | number>>): void =>
    deps.audit.append({ at: clock.now(), actor: deps.actor(), act, ref: null, body })

  const platformKey = (): string =>
    settings.get<{ readonly platformPublicKey: string | null }>('connection')?.platformPublicKey ??
    refuse('pack.no-key')

  /** Whether a package that is genuine fits what is here; true when it is here already. */
  function isKnown({ header, packSha256 }: OpenedPackage): boolean {
    const { version, supersedes } = header
    const same = catalogue.find(version)
    // A damaged one may be put in place again by the very same package.
    if (same?.standard != null) {
      return same.packSha256 === packSha256 || refuse('pack.same-version', { version })
    }
    const newest = catalogue.versions()[0]!.version
    if (same === null && comparePackVersions(version, newest) <= 0) refuse('pack.older', { version, newest })
    if (supersedes !== null && catalogue.find(supersedes) === null)
      refuse('pack.gap', { version, supersedes })
    return false
  }

  function take(bytes: Uint8Array, verify: (opened: OpenedPackage) => void = () => undefined): string {
    const publicKey = platformKey()
    const opened = openPackage(bytes, { ...deps.trust, publicKey }, deps.opening)
    verify(opened)
    const { id, version } = opened.header
    const repaired = stored().installed.find((one) => one.version === version)
    if (repaired !== undefined && repaired.sha256 !== opened.sha256) refuse('pack.same-version', { version })
    if (!isKnown(opened)) {
      const fresh = { id, version, sha256: opened.sha256, signedBy: publicKey, adoptedAt: null }
      const installed = repaired ?? { ...fresh, installedAt: clock.now() }
      // The file first: a row without its file would be a version that cannot be opened.
      deps.folder.save(id, version, bytes)
      store.write(() => {
        const { installed: others, announced } = stored()
        change({
          installed: [...others.filter((one) => one.version !== version), installed],
          announced: announced
            .filter((one) => one.version !== version)
            .map((one) => (one.problem === 'pack.gap' ? { ...one, problem: null } : one)),
        })
        deps.notices.setState(`standard.refused:${version}`, 'done')
        log('standard.installed', { version, sha256: opened.sha256 })
      })
      catalogue.add(opened, installed)
    }
    previews.clear()
    return version
  }

  const refuseInTrail = (version: string, error: FailureError): void => {
    const { code } = error.failure
    store.write(() => {
      const { announced } = stored()
      const marked = announced.map((one) => (one.version === version ? { ...one, problem: code } : one))
      change({ announced: marked })
      log('standard.refused', { version, code })
    })
  }

  const fetching = createStandardsFetching({ ...deps, standardId, take, refused: refuseInTrail })

  const install: StandardsService['install'] = (bytes) => {
    try {
      const version = take(bytes)
      noteDay()
      deps.bus.emit('standards.changed', {})
      return version
    } catch (error) {
      if (error instanceof FailureError) refuseInTrail(String(error.failure.params['version'] ?? ''), error)
      throw error
    }
  }

  const keepNotice = (kind: 'standard.waiting' | 'standard.expired', version: string): void => {
    deps.notices.keep({
      noticeId: `${kind}:${version}`,
      kind,
      recordId: null,
      platformRef: null,
      title: noticeTitles[kind]!,
      text: fill(noticeTexts[kind]!, { version }),
      bodyJson: '{}',
      dueOn: null,
      state: 'open',
      receivedAt: clock.now(),
    })
  }

  function noteDay(): boolean {
    const { pack } = current()
    const before = stored().inForce
    const waiting = catalogue
      .versions()
      .filter(({ standard, installed }) => installed?.adoptedAt === null && standard !== null)
      .filter(({ standard }) => standard!.pack.from <= today())
    store.write(() => {
      for (const { version } of waiting) keepNotice('standard.waiting', version)
      if (isExpired(pack, today())) keepNotice('standard.expired', pack.version)
      if (before === pack.version) return
      change({ inForce: pack.version })
      deps.notices.setState(`standard.waiting:${pack.version}`, 'done')
      if (before !== null) {
        deps.notices.setState(`standard.expired:${before}`, 'done')
        log('standard.in-force', { version: pack.version, before })
      }
    })
    const isChanged = before !== null && before !== pack.version
    if (isChanged) deps.onChange()
    return isChanged
  }

  return {
    current,
    install,
    noteDay,
    view: () => standardsView(catalogue, current().pack, stored().announced, previews, today()),

    async preview(version, task) {
      const next = catalogue.find(version)?.standard ?? refuse('pack.not-found', { version })
      const preview = await previewStandard(deps, { now: current(), next }, today(), task)
      previews.set(version, preview)
      return preview
    },

    adopt(version) {
      const entry = catalogue.find(version)
      if (entry?.installed == null || entry.standard === null) return refuse('pack.not-found', { version })
      const before = current().pack.version
      if (entry.installed.adoptedAt === null) {
        if (!previews.has(version)) refuse('pack.preview-needed', { version })
        const at = clock.now()
        const { from } = entry.standard.pack
        store.write(() => {
          const installed = stored().installed.map((one) =>
            one.version === version ? { ...one, adoptedAt: at } : one,
          )
          change({ installed })
          deps.notices.setState(noticeIdOf(standardId, version), 'done')
          deps.notices.setState(`standard.waiting:${version}`, 'done')
          log('standard.adopted', { version, from })
        })
        catalogue.adopt(version, at)
      }
      noteDay()
      previews.clear()
      deps.bus.emit('standards.changed', {})
      deps.bus.emit('inbox.changed', {})
      return current().pack.version !== before
    },

    announce({ id, version, sha256 }) {
      const { announced } = stored()
      // The event is not signed: what it says becomes part of an address.
      if (id !== standardId || !isPackVersion(version) || catalogue.find(version) !== null) return
      change({
        announced: [
          ...announced.filter((one) => one.version !== version),
          { version, sha256, problem: null },
        ],
      })
    },

    async fetchAnnounced(transport, task) {
      const announced = stored()
        .announced.filter(({ problem }) => problem === null || problem === 'pack.gap')
        .map(({ version, sha256 = null }) => ({ version, sha256, isAnnounced: true }))
      const damaged = catalogue
        .versions()
        .filter(({ standard }) => standard === null)
        .map(({ version }) => ({ version, sha256: null, isAnnounced: false }))
      if (!(await fetching.fetch([...announced, ...damaged], transport, task))) return
      noteDay()
      deps.bus.emit('standards.changed', {})
      deps.bus.emit('inbox.changed', {})
    },
  }
}
