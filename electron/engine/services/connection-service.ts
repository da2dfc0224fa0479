/** The desk's one connection to a platform: its settings, its transport, its test, and what the platform last said. */
import * as v from 'valibot'
import type { ConnectionTest, ConnectionView } from '@shared/contract/views/exchange-views'
import type { LinkView } from '@shared/contract/views/desk-views'
import type { Capabilities, PlatformLimits } from '@shared/domain/exchange'
import { businessDate } from '@shared/kernel/clock'
import type { Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import type { StandardPack } from '@shared/standard/pack'
import { fill } from '@shared/texts/fill'
import { connectionDetails } from '@shared/texts/zh-CN/connection'
import type { SmKeyPair } from '@engine/crypto/sm-provider'
import type { EventBus } from '@engine/event-bus'
import type { PracticeLink } from '@engine/ports'
import type { AuditRepo, SettingRepo, Store } from '@engine/repos/repo-types'
import { createWire } from '@engine/transports/http/wire-exchange'
import { checkPlatformAddress } from '@engine/transports/platform-address'
import type { Reply, Transport, TransportFactory } from '@engine/transports/transport-port'
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
   * Stores a connection and tests it. An address that no platform can have is not stored: the test says so. Refuses
   * `connection.wrong-key` for a key that is none.
   */
  save(input: ConnectionInput): Promise<ConnectionTest>
  /** Asks the platform once and says, step by step, what that showed. Refuses `connection.missing`. */
  test(): Promise<ConnectionTest>
  link(): LinkView
  isReady(): boolean
  /** The transport of the connection as it is set now; refuses `connection.missing`. */
  transport(): Transport
  platformPublicKey(): string | null
  /** Asks for the capabilities and keeps them. */
  refresh(signal?: AbortSignal): Promise<Reply<Capabilities>>
  /** The limits last told, within reason. */
  limits(): PlatformLimits
  /** Whether a platform takes our standard on a day. */
  takesStandard(capabilities: Capabilities, today: string): boolean
  /** Makes the desk known to a practice platform and connects to it. Refuses `transport.offline`, `connection.invalid`. */
  enrolPractice(practice: PracticeLink): Promise<void>
  /** Lets go of open connections. */
  dispose(): void
}

export interface ConnectionDeps {
  readonly store: Store
  readonly settings: SettingRepo
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
const ENROL_DEADLINE_MS = 15_000

const nothing: StoredConnection = { platformUrl: null, clientId: null, platformPublicKey: null }

export function createConnectionService(deps: ConnectionDeps): ConnectionService {
  const { store, settings, clock } = deps
  const link = createConnectionLink({ store, settings, clock, bus: deps.bus })
  let current: { readonly key: string; readonly transport: Transport } | null = null

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

  const transport = (): Transport => {
    const { platformUrl, clientId } = stored()
    if (platformUrl === null || clientId === null) refuse('connection.missing')
    const key = `${platformUrl} ${clientId}`
    if (current?.key === key) return current.transport
    dispose()
    const made = deps.transportFactory({ platformUrl, clientId, privateKey: deskKey().privateKey })
    current = { key, transport: link.watched(made) }
    return current.transport
  }

  const takesStandard: ConnectionService['takesStandard'] = (capabilities, today) => {
    const { id, version } = deps.pack()
    return capabilities.standards.some(
      (one) =>
        one.id === id && one.version === version && one.from <= today && (one.to === null || today <= one.to),
    )
  }

  const refresh = async (signal?: AbortSignal): Promise<Reply<Capabilities>> => {
    const reply = await transport().capabilities(signal)
    if (reply.kind === 'ok') store.write(() => settings.set('capabilities', reply.value))
    return reply
  }

  const test = async (): Promise<ConnectionTest> => {
    const { platformUrl } = stored()
    if (platformUrl === null) refuse('connection.missing')
    const address = checkPlatformAddress(platformUrl)
    const reply = address.ok ? await refresh() : null
    return connectionTest({
      address,
      reply,
      skewMs: address.ok ? transport().skewMs() : null,
      bureauCode: desk().bureauCode,
      standardVersion: deps.pack().version,
      takesStandard: (capabilities) => takesStandard(capabilities, businessDate(clock.now())),
    })
  }

  const remember = (input: ConnectionInput): void => {
    const before = stored()
    const isSame =
      before.platformUrl === input.platformUrl &&
      before.clientId === input.clientId &&
      before.platformPublicKey === input.platformPublicKey
    if (isSame) return
    store.write(() => {
      settings.set('connection', { ...input })
      // Limits of another platform say nothing about this one.
      if (before.platformUrl !== input.platformUrl) settings.set('capabilities', null)
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
    refresh,
    test,
    takesStandard,
    dispose,
    isReady: () => stored().platformUrl !== null && stored().clientId !== null,
    platformPublicKey: () => stored().platformPublicKey,
    limits: () => saneLimits(settings.get<Capabilities>('capabilities')?.limits ?? null),

    async save(input) {
      const platformPublicKey = checkedKey(input.platformPublicKey)
      const address = checkPlatformAddress(input.platformUrl)
      if (address.ok) {
        remember({ platformUrl: address.url, clientId: input.clientId, platformPublicKey })
        return test()
      }
      const { bureauCode } = desk()
      const standardVersion = deps.pack().version
      return connectionTest({
        address,
        reply: null,
        skewMs: null,
        bureauCode,
        standardVersion,
        takesStandard: () => false,
      })
    },

    async enrolPractice(practice) {
      const address = checkPlatformAddress(practice.url)
      if (
        !address.ok ||
        !address.isLoopback ||
        new URL(address.url).origin !== new URL(practice.origin).origin
      ) {
        refuse('connection.invalid', { detail: connectionDetails.address })
      }
      const platformPublicKey = checkedKey(practice.platformPublicKey)
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

async function enrol(url: string, body: unknown): Promise<void> {
  const wire = createWire({ isLoopback: true, deadlineMs: ENROL_DEADLINE_MS })
  try {
    const answer = await wire.send(
      {
        method: 'POST',
        url,
        headers: { 'Content-Type': 'application/json' },
        body: Buffer.from(JSON.stringify(body)),
      },
      undefined,
    )
    if (answer.kind === 'none') refuse('transport.offline', { detail: answer.detail }, { kind: 'auto' })
    const isEnrolled = v.is(v.object({ clientId: v.string() }), parsed(answer.text))
    if (answer.status >= 300 || !isEnrolled) {
      refuse('connection.invalid', { detail: fill(connectionDetails.enrol, { detail: answer.status }) })
    }
  } finally {
    wire.dispose()
  }
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : (JSON.parse(text) as unknown)
  } catch {
    return null
  }
}
