import { softwareSmProvider } from '@engine/crypto/software-sm-provider'
import type { PracticeOptions } from '@practice/practice-options'
import type { TaskHandle } from '@engine/services/tasks-service'
import { testBureau } from '@test/fixtures/invented-subjects'
import type { Desk, Platform } from '@test/integration/exchange/exchange-fixture'

/** What goes wrong on the way, once. */
export type Accident =
  /** The platform has acted, its answer never comes. */
  | 'lost-reply'
  /** The line is cut while something is half sent. */
  | 'cut'
  /** The platform does not know this desk. */
  | 'refused'

/** One way to a platform, from a desk to the practice platform that plays its other end. */
export interface Lane {
  readonly platform: Platform
  /** The desk as it is open now. */
  desk(): Desk
  /** Sends what is ready and brings back what the platform says; a person does what only a person can do. */
  send(recordIds?: readonly string[], task?: TaskHandle): Promise<void>
  /** Goes on with what is open, as far as this way can by itself. */
  goOn(): Promise<void>
  /** Arms an accident for the next thing that is sent. */
  arm(accident: Accident): Promise<void>
  /** Nothing goes wrong any more. */
  heal(): Promise<void>
  /** Abandons the desk as a kill would and opens it again. */
  restart(): void
}

/** Has the platform take this desk for another one, or for itself again. */
export async function enrolAs(
  lane: Pick<Lane, 'desk' | 'platform'>,
  who: 'itself' | 'stranger',
): Promise<void> {
  const { clientId, deskPublicKey } = lane.desk().connection.view()
  const publicKey = who === 'itself' ? deskPublicKey : softwareSmProvider.generateKeyPair().publicKey
  const bureau = { ...testBureau }
  await lane.platform.control('/enrol', { clientId, publicKey, bureau, replace: true })
}

/** Hash of what was last sealed of a record. */
export const hashOf = (lane: Pick<Lane, 'desk'>, recordId: string): string =>
  lane
    .desk()
    .database.prepare<[string], string>(
      'SELECT sha256 FROM batch_item WHERE record_id = ? ORDER BY revision DESC LIMIT 1',
    )
    .pluck()
    .get(recordId) ?? ''

/** A line of the suite: how a way is called and how it is set up. */
export interface LaneSpec {
  readonly name: string
  /** Why it cannot run on this machine; null when it can. */
  readonly missing: string | null
  start(options?: Partial<PracticeOptions>): Promise<Lane>
}
