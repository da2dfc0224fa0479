import type { LinkView } from '@shared/contract/views/desk-views'
import type { Clock } from '@shared/kernel/clock'
import type { EventBus } from '@engine/event-bus'
import type { SettingRepo, Store } from '@engine/repos/repo-types'
import type { Refusal, Reply, Transport } from '@engine/transports/transport-port'

/** The state of the link as the last answers showed it. */
export interface ConnectionLink {
  view(): LinkView
  /** Takes the measure of one answer. */
  note(reply: Reply<unknown>, skewMs: number | null): void
  /** Forgets what was known, for a new connection. */
  reset(platformUrl: string | null): void
  /** The same transport, with every answer noted. */
  watched(transport: Transport): Transport
}

/** Skew that the platform no longer takes without correction. */
export const MAX_SKEW_SECONDS = 300
/** Unchanged news is written down at most this often. */
const SAME_NEWS_MS = 60_000

const none: LinkView = {
  state: 'none',
  checkedAt: null,
  skewSeconds: null,
  platformUrl: null,
  failureCode: null,
}

function stateOf(refusal: Refusal): LinkView['state'] | null {
  const { code } = refusal.failure
  if (code === 'task.cancelled') return null
  if (code === 'platform.clock-skew') return 'skew'
  switch (refusal.kind) {
    case 'auth':
      return 'auth'
    case 'protocol':
      return 'refused'
    case 'retryable':
    case 'unknown':
      // A platform that says "busy" or "not yet" is there.
      return code === 'transport.busy' || code.startsWith('platform.') ? 'ok' : 'offline'
    case 'conflict':
    case 'poison':
      return 'ok'
  }
}

export function createConnectionLink(deps: {
  readonly store: Store
  readonly settings: SettingRepo
  readonly clock: Clock
  readonly bus: EventBus
}): ConnectionLink {
  const view = (): LinkView => deps.settings.get<LinkView>('link') ?? none

  const save = (next: LinkView): void => {
    deps.store.write(() => deps.settings.set('link', next))
    deps.bus.emit('link.changed', next)
  }

  const note: ConnectionLink['note'] = (reply, skewMs) => {
    const before = view()
    const skewSeconds = skewMs === null ? null : Math.round(skewMs / 1_000)
    const isSkewed = skewSeconds !== null && Math.abs(skewSeconds) > MAX_SKEW_SECONDS
    const state = reply.kind === 'ok' ? 'ok' : stateOf(reply)
    if (state === null) return
    const checkedAt = deps.clock.now()
    const failureCode = reply.kind === 'ok' || state === 'ok' ? null : reply.failure.code
    const next: LinkView = {
      state: state === 'ok' && isSkewed ? 'skew' : state,
      checkedAt,
      skewSeconds,
      platformUrl: before.platformUrl,
      failureCode,
    }
    const isNews = next.state !== before.state || next.failureCode !== before.failureCode
    const ageMs =
      before.checkedAt === null ? Infinity : Math.abs(Date.parse(checkedAt) - Date.parse(before.checkedAt))
    if (isNews || ageMs >= SAME_NEWS_MS) save(next)
  }

  return {
    view,
    note,
    reset(platformUrl) {
      save({ ...none, platformUrl })
    },
    watched(transport) {
      const watch =
        <Args extends unknown[], T>(call: (...args: Args) => Promise<Reply<T>>) =>
        async (...args: Args): Promise<Reply<T>> => {
          const reply = await call(...args)
          note(reply, transport.skewMs())
          return reply
        }
      return {
        traits: transport.traits,
        capabilities: watch(transport.capabilities),
        open: watch(transport.open),
        part: watch(transport.part),
        close: watch(transport.close),
        state: watch(transport.state),
        items: watch(transport.items),
        receipt: watch(transport.receipt),
        lookup: watch(transport.lookup),
        feed: watch(transport.feed),
        standard: watch(transport.standard),
        answerNotice: watch(transport.answerNotice),
        ...(transport.doubt === undefined ? {} : { doubt: transport.doubt }),
        ...(transport.decide === undefined ? {} : { decide: transport.decide }),
        skewMs: () => transport.skewMs(),
        dispose: () => transport.dispose(),
      }
    },
  }
}
