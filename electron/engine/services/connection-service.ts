/** The desk's one connection to a platform: its settings, its transport, its test, and what the platform last said. */
import type { ConnectionStep, ConnectionTest, ConnectionView } from '@shared/contract/views/exchange-views'
import type { LinkView } from '@shared/contract/views/desk-views'
import type { Capabilities, PlatformLimits } from '@shared/domain/exchange'
import { businessDate } from '@shared/kernel/clock'
import type { Clock } from '@shared/kernel/clock'
import { failure, refuse } from '@shared/kernel/failure'
import type { Failure } from '@shared/kernel/failure'
import type { StandardPack } from '@shared/standard/pack'
import { connectionDetails, connectionNotes } from '@shared/texts/zh-CN/connection'
import type { SmKeyPair } from '@engine/crypto/sm-provider'
import type { EventBus } from '@engine/event-bus'
import type { PracticeLink } from '@engine/ports'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { AuditRepo, SettingRepo, Store } from '@engine/repos/repo-types'
import { checkPlatformAddress } from '@engine/transports/platform-address'
import type { AddressCheck } from '@engine/transports/platform-address'
import type { Reply, Transport, TransportFactory } from '@engine/transports/transport-port'
import { enrol } from './connection-enrolment'
import { createConnectionLink } from './connection-link'
import { connectionTest } from './connection-steps'
import { saneLimits } from './sealing-parts'

export interface ConnectionInput {
  readonly platformUrl: string
  readonly clientId: string
  /** 130 hex digits. */
  readonly platformPublicKey: string
}

export interface ConnectionService {
  view(): ConnectionView
  /**
   * Stores a connection and tests it. An address that no platform can have is not stored: the test says so. Neither is
   * a connection that takes the place of another and at which something else than our platform answers, or a platform
   * that does not know this desk: the former one is kept, and the failed step says so. Refuses
   * `connection.wrong-key` for a key that is none, and another platform with `connection.batches-open` while batches
   * wait for their end at the present one.
   */
  save(input: ConnectionInput): Promise<ConnectionTest>
  /** Asks the platform once and says, step by step, what that showed. Refuses `connection.missing`. */
  test(): Promise<ConnectionTest>
  link(): LinkView
  isReady(): boolean
  /** The transport of the connection as it is set now; refuses `connection.missing`. */
  transport(): Transport
  platformPublicKey(): string | null
  /** Asks for the capabilities without taking note of the answer: for looks at the line. */
  ask(signal?: AbortSignal): Promise<Reply<Capabilities>>
  /** Asks for the capabilities and keeps them. */
  refresh(signal?: AbortSignal): Promise<Reply<Capabilities>>
  /** The limits last told, within reason. */
  limits(): PlatformLimits
  /** Why nothing may be sent: the platform, as it last said, knows this desk as that of another bureau. */
  otherBureau(): Failure | null
  /** Whether a platform takes our standard on a day. */
  takesStandard(capabilities: Capabilities, today: string): boolean
  /** Refuses `connection.batches-open` while batches wait for their end at the platform of this desk. */
  ensureNothingOpen(): void
  /**
   * Makes the desk known to a practice platform and connects to it. Refuses as `save` does, and `transport.offline`,
   * `connection.invalid`. `isOwn`: the host has started it for this desk, so it takes the place of any former one.
   */
  enrolPractice(practice: PracticeLink, isOwn?: boolean): Promise<void>
  /** Lets go of open connections. */
  dispose(): void
}

export interface ConnectionDeps {
  readonly store: Store
  readonly settings: SettingRepo
  readonly batches: Pick<BatchRepo, 'open'>
  readonly audit: AuditRepo
  readonly clock: Clock
  readonly bus: EventBus
  readonly actor: () => string
  readonly pack: () => Pick<StandardPack, 'id' | 'version'>
  readonly transportFactory: TransportFactory
}

interface StoredConnection {
  readonly platformUrl: string | null
  readonly clientId: string | null
  readonly platformPublicKey: string | null
}

const PUBLIC_KEY = /^04[0-9a-f]{128}$/
/** Steps that show that it is not our platform, or that it does not know this desk. */
const KEPT_AT: readonly ConnectionStep['step'][] = ['page', 'signature', 'bureau']

const nothing: StoredConnection = { platformUrl: null, clientId: null, platformPublicKey: null }

export function createConnectionService(deps: ConnectionDeps): ConnectionService {
  const { store, settings, clock } = deps
  const link = createConnectionLink({ store, settings, clock, bus: deps.bus })
  /** `made` is the transport itself, `transport` the same with every answer noted. */
  let current: { readonly key: string; readonly made: Transport; readonly transport: Transport } | null = null

  const stored = (): StoredConnection => settings.get<StoredConnection>('connection') ?? nothing
  const deskKey = (): SmKeyPair =>
    settings.get<SmKeyPair>('deskKey') ??
    refuse('connection.wrong-key', { detail: connectionDetails.deskKey })
  const desk = (): { readonly bureauCode: string; readonly bureauName: string } => {
    const found = settings.get<{ readonly bureauCode: string; readonly bureauName: string }>('desk')
    if (found === null) throw new Error('the desk has no bureau')
    return found
  }

  const dispose = (): void => {
    current?.transport.dispose()
    current = null
  }

  const keyOf = ({ platformUrl, clientId }: StoredConnection): string => `${platformUrl} ${clientId}`

  const transport = (): Transport => {
    const { platformUrl, clientId } = stored()
    if (platformUrl === null || clientId === null) refuse('connection.missing')
    const key = keyOf(stored())
    if (current?.key === key) return current.transport
    dispose()
    const made = deps.transportFactory({ platformUrl, clientId, privateKey: deskKey().privateKey })
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
  ): ConnectionTest =>
    connectionTest({
      address,
      reply,
      skewMs,
      bureauCode: desk().bureauCode,
      standardVersion: deps.pack().version,
      takesStandard: (capabilities) => takesStandard(capabilities, businessDate(clock.now())),
    })

  const test = async (): Promise<ConnectionTest> => {
    const { platformUrl } = stored()
    if (platformUrl === null) refuse('connection.missing')
    const address = checkPlatformAddress(platformUrl)
    const reply = address.ok ? await refresh() : null
    return judged(address, reply, address.ok ? transport().skewMs() : null)
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

  const isStored = (input: ConnectionInput): boolean => {
    const { platformUrl, clientId, platformPublicKey } = stored()
    return (
      platformUrl === input.platformUrl &&
      clientId === input.clientId &&
      platformPublicKey === input.platformPublicKey
    )
  }

  const remember = (input: ConnectionInput): void => {
    if (isStored(input)) return
    const before = stored()
    store.write(() => {
      settings.set('connection', { ...input })
      // What was said to another desk or by another platform says nothing here.
      if (keyOf(before) !== keyOf(input)) settings.set('capabilities', null)
      const at = clock.now()
      deps.audit.append({
        at,
        actor: deps.actor(),
        act: 'connection.changed',
        ref: null,
        body: { url: input.platformUrl },
      })
    })
    dispose()
    link.reset(input.platformUrl)
  }

  /** Tries a connection before it takes the place of the present one. */
  const replace = async (input: ConnectionInput, address: AddressCheck): Promise<ConnectionTest> => {
    const { platformUrl, clientId } = input
    const made = deps.transportFactory({ platformUrl, clientId, privateKey: deskKey().privateKey })
    const reply = await made.capabilities()
    const result = judged(address, reply, made.skewMs())
    if (result.steps.some(({ step, ok }) => !ok && KEPT_AT.includes(step))) {
      made.dispose()
      return withNote(result, connectionNotes.kept)
    }
    remember(input)
    dispose()
    current = { key: keyOf(input), made, transport: link.watched(made) }
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

  return {
    view: () => ({ ...stored(), deskPublicKey: deskKey().publicKey }),
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
    isReady: () => stored().platformUrl !== null && stored().clientId !== null,
    platformPublicKey: () => stored().platformPublicKey,
    otherBureau() {
      const said = settings.get<Capabilities>('capabilities')?.bureau
      const own = desk().bureauCode
      return said === undefined || said.code === own
        ? null
        : failure('platform.other-bureau', { ...said, own })
    },
    limits: () => saneLimits(settings.get<Capabilities>('capabilities')?.limits ?? null),

    async save(input) {
      const platformPublicKey = checkedKey(input.platformPublicKey)
      const address = checkPlatformAddress(input.platformUrl)
      if (address.ok) {
        const platformUrl = address.url
        const next = { platformUrl, clientId: input.clientId, platformPublicKey }
        refuseOtherPlatform(next)
        if (stored().platformUrl !== null && !isStored(next)) return replace(next, address)
        remember(next)
        return test()
      }
      return judged(address, null, null)
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
      const { bureauCode, bureauName } = desk()
      const body = {
        clientId: practice.clientId,
        publicKey: deskKey().publicKey,
        bureau: { code: bureauCode, name: bureauName },
        // A desk made anew takes the place of the old one in its own practice platform.
        replace: true,
      }
      await enrol(new URL('/practice/enrol', practice.origin).href, body)
      remember({ platformUrl: address.url, clientId: practice.clientId, platformPublicKey })
    },
  }
}

/** A test whose failed step says one thing more. */
const withNote = (test: ConnectionTest, note: string): ConnectionTest => ({
  ...test,
  steps: test.steps.map((step) => (step.ok ? step : { ...step, message: `${step.message}${note}` })),
})
