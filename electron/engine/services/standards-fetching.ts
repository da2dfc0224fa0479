/**
 * Fetching what the platform has announced, and what was found damaged. What does not come is asked for again at later
 * pulls, ever more rarely, and said once; what comes is compared with the announcement before anything else.
 */
import type { Clock } from '@shared/kernel/clock'
import { FailureError, refuse } from '@shared/kernel/failure'
import { comparePackVersions } from '@shared/standard/pack-version'
import { failureSentence } from '@shared/texts/zh-CN/failures'
import { fill } from '@shared/texts/fill'
import { noticeTexts, noticeTitles } from '@shared/texts/zh-CN/exchange'
import { sha256Hex } from '@engine/crypto/digest'
import type { Log } from '@engine/ports'
import type { NoticeRepo } from '@engine/repos/notice-repo'
import type { SettingRepo, Store } from '@engine/repos/repo-types'
import type { OpenedPackage } from '@engine/standards/package-check'
import type { Transport } from '@engine/transports/transport-port'
import type { TaskHandle } from './tasks-service'

/** A version to fetch. */
export interface WantedPackage {
  readonly version: string
  /** What the announcement says of its content; null when it says nothing. */
  readonly sha256: string | null
  /** Refusals of an announced one are kept; those of a damaged one are only logged, since it is asked for anew. */
  readonly isAnnounced: boolean
}

/** How often a version has not come, and when it is asked for again. */
interface Attempts {
  readonly count: number
  readonly nextAt: string
}

export interface StandardsFetching {
  /** Asks for each whose time has come, the oldest version first; true when one was taken or refused. */
  fetch(wanted: readonly WantedPackage[], transport: Transport, task: TaskHandle): Promise<boolean>
}

const KEY = 'standardFetches'
/** The first two pulls ask at once: most often only the line was bad. */
const FREE_ATTEMPTS = 2
const FIRST_REST_MS = 10 * 60 * 1_000
const LONGEST_REST_MS = 6 * 60 * 60 * 1_000

const restMs = (count: number, retryAfterMs: number): number =>
  count < FREE_ATTEMPTS
    ? retryAfterMs
    : Math.max(retryAfterMs, Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (count - FREE_ATTEMPTS)))

/**
 * Whether a package is the one that was announced. The protocol does not say whether the digest is of the reply's bytes
 * or of the signed text in it, so either will do: both stand for the whole pack.
 */
const isAsAnnounced = (sha256: string | null, bytes: Uint8Array, opened: OpenedPackage): boolean =>
  sha256 === null || [sha256Hex(bytes), opened.sha256].includes(sha256)

/** Stands beside the standards of a desk; `take` verifies and keeps a package, `refused` puts a refusal on record. */
export function createStandardsFetching(deps: {
  readonly standardId: string
  readonly settings: SettingRepo
  readonly store: Store
  readonly notices: NoticeRepo
  readonly clock: Clock
  readonly log: Log
  readonly take: (bytes: Uint8Array, verify: (opened: OpenedPackage) => void) => string
  readonly refused: (version: string, error: FailureError) => void
}): StandardsFetching {
  const { standardId, settings, store, clock, log } = deps
  const attempts = (): Readonly<Record<string, Attempts>> => settings.get(KEY) ?? {}
  const remember = (version: string, one: Attempts | null): void => {
    const { [version]: _, ...others } = attempts()
    settings.set(KEY, one === null ? others : { ...others, [version]: one })
  }

  const notice = (
    kind: 'standard.not-fetched' | 'standard.refused',
    version: string,
    reason: string,
  ): void => {
    deps.notices.keep({
      noticeId: `${kind}:${version}`,
      kind,
      recordId: null,
      platformRef: null,
      title: noticeTitles[kind]!,
      text: fill(noticeTexts[kind]!, { version, reason }),
      bodyJson: '{}',
      dueOn: null,
      state: 'open',
      receivedAt: clock.now(),
    })
  }

  const notCome = (version: string, retryAfterMs: number | null): void => {
    const count = (attempts()[version]?.count ?? 0) + 1
    const nextAt = new Date(Date.parse(clock.now()) + restMs(count, retryAfterMs ?? 0)).toISOString()
    store.write(() => {
      remember(version, { count, nextAt })
      notice('standard.not-fetched', version, '')
    })
  }

  const settled = (version: string): void =>
    store.write(() => {
      remember(version, null)
      deps.notices.setState(`standard.not-fetched:${version}`, 'done')
    })

  async function fetchOne(wanted: WantedPackage, transport: Transport, task: TaskHandle): Promise<boolean> {
    const { version, sha256, isAnnounced } = wanted
    const reply = await transport.standard(standardId, version, task.signal)
    if (reply.kind !== 'ok') {
      log.info('standard.not-fetched', { version, code: reply.failure.code })
      if (!task.signal.aborted) notCome(version, 'retryAfterMs' in reply ? reply.retryAfterMs : null)
      return false
    }
    try {
      const come = deps.take(reply.value, (opened) => {
        if (!isAsAnnounced(sha256, reply.value, opened)) refuse('pack.digest-differs', { version })
      })
      settled(version)
      log.info('standard.installed', { version: come })
    } catch (error) {
      if (!(error instanceof FailureError)) throw error
      const { failure } = error
      settled(version)
      if (!isAnnounced) log.info('standard.not-repaired', { version, code: failure.code })
      else {
        deps.refused(version, error)
        // The version before it may still be on its way.
        if (failure.code !== 'pack.gap')
          store.write(() => notice('standard.refused', version, failureSentence(failure)))
      }
    }
    return true
  }

  return {
    async fetch(wanted, transport, task) {
      const now = clock.now()
      const due = wanted
        .filter(({ version }) => (attempts()[version]?.nextAt ?? '') <= now)
        .sort((a, b) => comparePackVersions(a.version, b.version))
      let isChanged = false
      for (const one of due) isChanged = (await fetchOne(one, transport, task)) || isChanged
      return isChanged
    },
  }
}
