/**
 * Outage evidence: while sending fails the line is looked at every few minutes, and each look is signed by the desk and
 * chained to the one before. A bureau that is blamed for lateness can hand in what was seen, on one signed page.
 */
import type {
  OutageProof,
  OutageSpan,
  SignedOutageProof,
  WaitingBatch,
} from '@shared/contract/views/outage-views'
import { faultOf } from '@shared/domain/line-probe'
import { canonicalJson } from '@shared/kernel/canonical-json'
import type { Json } from '@shared/kernel/canonical-json'
import type { Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import type { Failure } from '@shared/kernel/failure'
import { signDocument } from '@engine/crypto/document-signature'
import type { SigningKey } from '@engine/crypto/signing-key'
import type { SmProvider } from '@engine/crypto/sm-provider'
import type { EventBus } from '@engine/event-bus'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { LineProbeEntity, LineProbeRepo } from '@engine/repos/line-probe-repo'
import type { NoticeRepo } from '@engine/repos/notice-repo'
import type { SettingRepo, Store } from '@engine/repos/repo-types'
import type { ProbeLine } from '@engine/transports/line-probe'
import type { ConnectionService } from './connection-port'
import { serverWords } from './server-words'

export interface OutageService {
  /**
   * Takes note of how a run ended: after a failure of the line it is probed, at most every five minutes; a run that got
   * through is noted when the probe before it had found a fault. Never throws for the world.
   */
  note(ended: Failure | null, signal: AbortSignal): Promise<void>
  /**
   * The signed proof for a span of instants; null stands for the beginning and for now. Refuses `outage.nothing` when
   * nothing was probed in the span.
   */
  proof(from: string | null, to: string | null): SignedOutageProof
  /** The stretches of the last days, newest first. */
  spans(days: number): readonly OutageSpan[]
}

const GAP_MS = 5 * 60_000
const DAY_MS = 86_400_000
const LISTED = 200
const unprobed = { platformUrl: null }
const GENESIS = '0'.repeat(64)
/** Failures in which the line, or what answers on it, may have had a part. */
const OF_THE_LINE = [
  'transport.offline',
  'transport.timeout',
  'transport.tls',
  'transport.captive-page',
  'transport.redirected',
  'transport.busy',
  'transport.reply-too-large',
]

/** What the hash of a probe is over. */
const contentOf = (probe: Omit<LineProbeEntity, 'hash' | 'signature'>): string =>
  canonicalJson(probe as unknown as Json)

export function createOutageService(deps: {
  readonly store: Store
  readonly probes: LineProbeRepo
  readonly probeLine: ProbeLine
  readonly connection: Pick<ConnectionService, 'view' | 'traits' | 'ask'>
  readonly settings: SettingRepo
  readonly batches: Pick<BatchRepo, 'sealedBefore'>
  readonly notices: Pick<NoticeRepo, 'ofKind'>
  readonly sm: SmProvider
  readonly deskKey: SigningKey
  readonly clock: Clock
  readonly bus: EventBus
}): OutageService {
  const { probes, clock, sm, deskKey } = deps
  let isProbing = false

  const keep = (cause: string | null, steps: LineProbeEntity['steps']): void => {
    deps.store.write(() => {
      const before = probes.latest()
      const probe = {
        ...{ probeNo: (before?.probeNo ?? 0) + 1, at: clock.now(), fault: faultOf(steps), cause, steps },
        prevHash: before?.hash ?? GENESIS,
      }
      const hash = sm.sm3Hex(contentOf(probe))
      probes.insert({ ...probe, hash, signature: deskKey.sign(hash) })
    })
    deps.bus.emit('outage.probed', {})
  }

  const isDue = (cause: string | null): boolean => {
    const before = probes.latest()
    if (cause === null) return before !== null && before.fault !== 'ok'
    const sinceMs = before === null ? Infinity : Date.parse(clock.now()) - Date.parse(before.at)
    // A clock that was set back does not stop the evidence.
    return before?.fault === 'ok' || sinceMs >= GAP_MS || sinceMs < 0
  }

  const isSound = (probe: LineProbeEntity, before: LineProbeEntity | undefined): boolean => {
    const { hash, signature, ...content } = probe
    const follows =
      before === undefined || (probe.prevHash === before.hash && probe.probeNo === before.probeNo + 1)
    return follows && hash === sm.sm3Hex(contentOf(content)) && sm.verify(hash, signature, deskKey.publicKey)
  }

  const spansOf = (seen: readonly LineProbeEntity[]): readonly OutageSpan[] => {
    const spans: OutageSpan[] = []
    for (const { fault, at } of seen) {
      const last = spans.at(-1)
      if (last?.fault === fault) spans[spans.length - 1] = { ...last, to: at, probes: last.probes + 1 }
      // Until the next look nothing else was known.
      else {
        if (last !== undefined) spans[spans.length - 1] = { ...last, to: at }
        spans.push({ fault, from: at, to: at, probes: 1 })
      }
    }
    return spans
  }

  /** Beyond a page the middle of a stretch is left out; every change stays. */
  const thinned = (seen: readonly LineProbeEntity[]): readonly LineProbeEntity[] => {
    if (seen.length <= LISTED) return seen
    const changes = new Set<number>([0, seen.length - 1])
    seen.forEach(({ fault }, at) => {
      if (at > 0 && fault !== seen[at - 1]!.fault) changes.add(at - 1).add(at)
    })
    const step = Math.ceil(seen.length / Math.max(1, LISTED - Math.min(changes.size, LISTED - 1)))
    return seen.filter((_, at) => changes.has(at) || at % step === 0).slice(0, LISTED)
  }

  /** Batches that were sealed and not yet at the platform at some time of the span. */
  const waitingIn = (from: string, to: string): readonly WaitingBatch[] =>
    deps.batches
      .sealedBefore(to)
      .filter(({ state, receivedAt }) => state !== 'unsealed' && (receivedAt === null || receivedAt >= from))
      .map(({ label, itemCount, sealedAt, receivedAt }) => ({
        label,
        items: itemCount,
        sealedAt,
        receivedAt,
      }))

  return {
    async note(ended, signal) {
      const cause = ended === null ? null : ended.code
      if (cause !== null && !OF_THE_LINE.includes(cause)) return
      // A proof is about the platform of the exchange protocol; other ways have no such address.
      const { platformUrl } = deps.connection.traits().kind === 'http' ? deps.connection.view() : unprobed
      if (isProbing || platformUrl === null || signal.aborted || !isDue(cause)) return
      isProbing = true
      try {
        // A run that got through has shown that the line is whole.
        const steps =
          cause === null
            ? [{ step: 'https' as const, ok: true, detail: 'submitted', ms: 0 }]
            : await deps.probeLine(platformUrl, (end) => deps.connection.ask(end), signal)
        if (!signal.aborted) keep(cause, steps)
      } finally {
        isProbing = false
      }
    },

    spans: (days) =>
      spansOf(probes.between(new Date(Date.parse(clock.now()) - days * DAY_MS).toISOString(), '9'))
        .filter(({ fault }) => fault !== 'ok')
        .reverse(),

    proof(from, to) {
      const seen = probes.between(from ?? '', to ?? '9')
      const [first, last] = [seen[0], seen.at(-1)]
      if (first === undefined || last === undefined) refuse('outage.nothing')
      const { bureauCode, bureauName } = deps.settings.get<{ bureauCode: string; bureauName: string }>(
        'desk',
      ) ?? { bureauCode: '', bureauName: '' }
      const { clientId, platformUrl, deskPublicKey } = deps.connection.view()
      const proof: OutageProof = {
        kind: 'xinbao-outage-proof',
        version: 1,
        bureau: { code: bureauCode, name: bureauName },
        ...{ clientId, platformUrl, deskPublicKey, madeAt: clock.now(), from: first.at, to: last.at },
        spans: spansOf(seen),
        waiting: waitingIn(first.at, last.at),
        announced: deps.notices
          .ofKind('outage.announced', 20)
          .map(({ text, receivedAt }) => ({ text: serverWords(text), receivedAt })),
        isChainWhole: seen.every((probe, at) => isSound(probe, seen[at - 1])),
        probeCount: seen.length,
        probes: thinned(seen),
      }
      return { proof, signature: signDocument(deskKey, proof as unknown as Json) }
    },
  }
}
