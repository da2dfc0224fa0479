/** The desk's one connection to a platform, as other services see it. */
import type { ConnectionTest, ConnectionView } from '@shared/contract/views/connection-views'
import type { LinkView } from '@shared/contract/views/desk-views'
import type { TransportSettings } from '@shared/contract/transport-settings'
import type { Capabilities, PlatformLimits } from '@shared/domain/exchange'
import type { SignatureSpelling } from '@shared/domain/signature-spelling'
import type { Failure } from '@shared/kernel/failure'
import type { SigningKey } from '@engine/crypto/signing-key'
import type { PracticeLink } from '@engine/ports'
import type { Reply, Transport, TransportTraits } from '@engine/transports/transport-port'

export interface ConnectionInput {
  readonly platformUrl: string
  readonly clientId: string
  /** 130 hex digits. */
  readonly platformPublicKey: string
  /** How both sides write signatures; default: as the exchange protocol prescribes. */
  readonly spelling?: SignatureSpelling
}

/** What files that travel by hand are signed with, addressed to and read by. */
export interface DeskIdentity {
  readonly clientId: string
  readonly bureau: string
  readonly key: SigningKey
  readonly platformPublicKey: string | null
  readonly spelling: SignatureSpelling
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
  /**
   * Chooses a way to the platform, stores it and tests it. Refuses `connection.invalid` for an address that cannot be
   * one, `connection.wrong-key`, and another platform with `connection.batches-open` while batches wait for their end.
   */
  choose(settings: TransportSettings): Promise<ConnectionTest>
  /** What the chosen way can and cannot do. */
  traits(): TransportTraits
  /** The machine that the chosen way reaches, as an address; null when none is set or files are carried by hand. */
  reaches(): string | null
  /** Asks the platform once and says, step by step, what that showed. Refuses `connection.missing`. */
  test(): Promise<ConnectionTest>
  link(): LinkView
  isReady(): boolean
  /** The transport of the connection as it is set now; refuses `connection.missing`. */
  transport(): Transport
  platformPublicKey(): string | null
  /** How the platform of the exchange protocol writes signatures, and wants ours written. */
  spelling(): SignatureSpelling
  /** Who this desk is to the platform, and whom it takes for it. Refuses `connection.missing`, `connection.wrong-key`. */
  identity(): DeskIdentity
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
