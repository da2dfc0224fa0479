import type { TransportKind } from '@shared/domain/transport'
import type { TransportTraits } from '@engine/transports/transport-port'

/** The traits of platforms that take rows: new and corrected content, nothing signed, nothing pushed back. */
export const rowTraits = (kind: TransportKind): TransportTraits => ({
  kind,
  hasReceipts: false,
  hasFeed: false,
  operations: ['create', 'correct'],
  isOneTypeEach: true,
  countsAtClose: false,
})
