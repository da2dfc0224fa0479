/** The desk's one connection to a platform: its settings, its transport, its test, and what the platform last said. */
import type { ConnectionStep, ConnectionTest } from '@shared/contract/views/connection-views'
import type { TransportSettings } from '@shared/contract/transport-settings'
import type { Capabilities } from '@shared/domain/exchange'
import { defaultSpelling, isSameSpelling } from '@shared/domain/signature-spelling'
import type { SignatureSpelling } from '@shared/domain/signature-spelling'
import { businessDate } from '@shared/kernel/clock'
import type { Clock } from '@shared/kernel/clock'
import { failure, refuse } from '@shared/kernel/failure'
import type { StandardPack } from '@shared/standard/pack'
import { connectionDetails, connectionNotes } from '@shared/texts/zh-CN/connection'
import type { SigningKey } from '@engine/crypto/signing-key'
import type { EventBus } from '@engine/event-bus'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { AuditRepo, SettingRepo, Store } from '@engine/repos/repo-types'
import { checkPlatformAddress } from '@engine/transports/platform-address'
import type { AddressCheck } from '@engine/transports/platform-address'
import { transportRegistry } from '@engine/transports/transport-registry'
import type { Reply, Transport } from '@engine/transports/transport-port'
import { enrol } from './connection-enrolment'
import { addressOf, handTest, placeOf, rowTest } from './connection-choice'
import { createConnectionLink } from './connection-link'
import type { ConnectionInput, ConnectionService } from './connection-port'
import { createConnectionRoute } from './connection-route'
import { connectionTest } from './connection-steps'
import { saneLimits } from './sealing-parts'

export interface ConnectionDeps {
  readonly store: Store
  readonly settings: SettingRepo
  readonly batches: Pick<BatchRepo, 'open'>
  readonly audit: AuditRepo
  readonly clock: Clock
  readonly bus: EventBus
  readonly actor: () => string
  readonly pack: () => Pick<StandardPack, 'id' | 'version'>
  readonly deskKey: SigningKey
  readonly makeTransport: (settings: TransportSettings) => Transport
}

const PUBLIC_KEY = /^04[0-9a-f]{128}$/
/** Steps that show that it is not our platform, or that it does not know this desk. */
const KEPT_AT: readonly ConnectionStep['step'][] = ['page', 'signature', 'bureau']

type FullInput = Required<ConnectionInput>

/** What a transport over HTTP was made for. */
const placeKey = ({ platformUrl, clientId, spelling }: Omit<FullInput, 'platformPublicKey'>): string =>
  JSON.stringify([platformUrl, clientId, spelling.encoding, spelling.userId])

export function createConnectionService(deps: ConnectionDeps): ConnectionService {
  const { store, settings, clock, deskKey } = deps
  const link = createConnectionLink({ store, settings, clock, bus: deps.bus })
  /** `made` is the transport itself, `transport` the same with every answer noted. */
  let current: { readonly key: string; readonly made: Transport; readonly transport: Transport } | null = null

  const route = createConnectionRoute(settings)
  const stored = route.credentials
  const desk = (): { readonly bureauCode: string; readonly bureauName: string } => {
    const found = settings.get<{ readonly bureauCode: string; readonly bureauName: string }>('desk')
    if (found === null) throw new Error('the desk has no bureau')
    return found
  }

  const dispose = (): void => {
    current?.transport.dispose()
    current = null
  }

  const transport = (): Transport => {
    const chosen = route.settings() ?? refuse('connection.missing')
    if (chosen.kind === 'package') refuse('connection.by-hand')
    const key = chosen.kind === 'http' ? placeKey(chosen) : JSON.stringify(chosen)
    if (current?.key === key) return current.transport
    dispose()
    const made = deps.makeTransport(chosen)
    current = { key, made, transport: link.watched(made) }
    return current.transport
  }

  const takesStandard: ConnectionService['takesStandard'] = (capabilities, today) => {
    const { id, version } = deps.pack()
    return capabilities.standards.some(
      (one) =>
        one.id === id && one.version === version && one.from <= today && (one.to === null || today <= one.to),
    )
  }

  const keepCapabilities = (reply: Reply<Capabilities>): void => {
    if (reply.kind === 'ok') store.write(() => settings.set('capabilities', reply.value))
  }

  const refresh = async (signal?: AbortSignal): Promise<Reply<Capabilities>> => {
    const reply = await transport().capabilities(signal)
    keepCapabilities(reply)
    return reply
  }

  const judged = (
    address: AddressCheck,
    reply: Reply<Capabilities> | null,
    skewMs: number | null,
    spelling: SignatureSpelling,
  ): ConnectionTest =>
    connectionTest({
      address,
      reply,
      skewMs,
      bureauCode: desk().bureauCode,
      standardVersion: deps.pack().version,
      spelling,
      takesStandard: (capabilities) => takesStandard(capabilities, businessDate(clock.now())),
    })

  const test = async (): Promise<ConnectionTest> => {
    const kind = route.kind()
    if (kind === 'package') return handTest(stored().platformPublicKey !== null)
    if (kind !== 'http') return rowTest(await refresh())
    const { platformUrl, spelling } = stored()
    if (platformUrl === null) refuse('connection.missing')
    const address = checkPlatformAddress(platformUrl)
    const reply = address.ok ? await refresh() : null
    return judged(address, reply, address.ok ? transport().skewMs() : null, spelling)
  }

  const ensureNothingOpen = (): void => {
    const [first, ...others] = deps.batches.open(true)
    if (first === undefined) return
    refuse('connection.batches-open', { count: others.length + 1, label: first.label })
  }

  /**
   * A platform that has moved keeps its key, one that has changed its key keeps its address: only where both differ
   * would open batches be asked about at a platform that has never heard of them, and be sent there again.
   */
  const refuseOtherPlatform = (input: Pick<ConnectionInput, 'platformUrl' | 'platformPublicKey'>): void => {
    const { platformUrl, platformPublicKey } = stored()
    const isOther = platformUrl !== input.platformUrl && platformPublicKey !== input.platformPublicKey
    if (platformUrl !== null && isOther) ensureNothingOpen()
  }

  const isStored = (input: FullInput): boolean => {
    const { platformUrl, clientId, platformPublicKey, spelling } = stored()
    return (
      route.kind() === 'http' &&
      platformUrl === input.platformUrl &&
      clientId === input.clientId &&
      platformPublicKey === input.platformPublicKey &&
      isSameSpelling(spelling, input.spelling)
    )
  }

  const keep = (next: TransportSettings, place: string): void => {
    const before = stored()
    store.write(() => {
      // What was said to another desk or by another platform says nothing here.
      const isOther =
        next.kind !== 'http' || before.platformUrl !== next.platformUrl || before.clientId !== next.clientId
      route.store(next)
      if (isOther) settings.set('capabilities', null)
      const entry = { at: clock.now(), actor: deps.actor(), act: 'connection.changed', ref: null }
      deps.audit.append({ ...entry, body: { url: place, kind: next.kind } })
    })
    dispose()
    link.reset(place)
  }

  const remember = (input: FullInput): void => {
    if (isStored(input)) return
    keep({ kind: 'http', ...input }, input.platformUrl)
  }

  /** Tries a connection before it takes the place of the present one. */
  const replace = async (input: FullInput, address: AddressCheck): Promise<ConnectionTest> => {
    const made = deps.makeTransport({ kind: 'http', ...input })
    const reply = await made.capabilities()
    const result = judged(address, reply, made.skewMs(), input.spelling)
    if (result.steps.some(({ step, ok }) => !ok && KEPT_AT.includes(step))) {
      made.dispose()
      return withNote(result, connectionNotes.kept)
    }
    remember(input)
    dispose()
    current = { key: placeKey(input), made, transport: link.watched(made) }
    link.note(reply, made.skewMs())
    keepCapabilities(reply)
    return result
  }

  const checkedKey = (text: string): string => {
    const key = text.toLowerCase()
    return PUBLIC_KEY.test(key)
      ? key
      : refuse('connection.wrong-key', { detail: connectionDetails.platformKey })
  }

  const service: ConnectionService = {
    view: () => ({ ...stored(), deskPublicKey: deskKey.publicKey, transport: route.view() }),
    traits: () => transportRegistry[route.kind()].traits,
    reaches: () => addressOf(route.settings()),
    link: () => link.view(),
    transport,
    ask(signal) {
      const watched = transport()
      return (current?.made ?? watched).capabilities(signal)
    },
    refresh,
    test,
    takesStandard,
    ensureNothingOpen,
    dispose,
    isReady: () => route.kind() !== 'package' && route.settings() !== null,
    platformPublicKey: () => stored().platformPublicKey,
    spelling: () => stored().spelling,
    identity() {
      const { clientId, platformPublicKey, spelling } = stored()
      if (clientId === null) refuse('connection.missing')
      return { clientId, platformPublicKey, spelling, bureau: desk().bureauCode, key: deskKey }
    },
    otherBureau() {
      const said = settings.get<Capabilities>('capabilities')?.bureau
      const own = desk().bureauCode
      return said === undefined || said.code === own
        ? null
        : failure('platform.other-bureau', { ...said, own })
    },
    limits: () => saneLimits(settings.get<Capabilities>('capabilities')?.limits ?? null),

    async save(input) {
      const { clientId, spelling = defaultSpelling } = input
      const platformPublicKey = checkedKey(input.platformPublicKey)
      const address = checkPlatformAddress(input.platformUrl)
      if (address.ok) {
        const platformUrl = address.url
        const next = { platformUrl, clientId, platformPublicKey, spelling }
        refuseOtherPlatform(next)
        if (stored().platformUrl !== null && !isStored(next)) return replace(next, address)
        remember(next)
        return test()
      }
      return judged(address, null, null, spelling)
    },

    async choose(next) {
      if (next.kind === 'http') return service.save(next)
      const chosen =
        next.kind === 'package' ? { ...next, platformPublicKey: checkedKey(next.platformPublicKey) } : next
      const place = placeOf(chosen)
      if (!route.isSamePlace(chosen)) ensureNothingOpen()
      keep(chosen, place)
      return test()
    },

    async enrolPractice(practice, isOwn = false) {
      const address = checkPlatformAddress(practice.url)
      if (
        !address.ok ||
        !address.isLoopback ||
        new URL(address.url).origin !== new URL(practice.origin).origin
      ) {
        refuse('connection.invalid', { detail: connectionDetails.address })
      }
      const platformPublicKey = checkedKey(practice.platformPublicKey)
      if (!isOwn) refuseOtherPlatform({ platformUrl: address.url, platformPublicKey })
      const { clientId, spelling = defaultSpelling } = practice
      const { bureauCode, bureauName } = desk()
      const body = {
        clientId,
        publicKey: deskKey.publicKey,
        bureau: { code: bureauCode, name: bureauName },
        // A desk made anew takes the place of the old one in its own practice platform.
        replace: true,
      }
      await enrol(practice.origin, body)
      remember({ platformUrl: address.url, clientId, platformPublicKey, spelling })
    },
  }
  return service
}

/** A test whose failed step says one thing more. */
const withNote = (test: ConnectionTest, note: string): ConnectionTest => ({
  ...test,
  steps: test.steps.map((step) => (step.ok ? step : { ...step, message: `${step.message}${note}` })),
})
