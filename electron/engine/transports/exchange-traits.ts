import { operations } from '@shared/domain/record-status'
import type { TransportKind } from '@shared/domain/transport'
import type { TransportTraits } from './transport-port'

/** The traits of every way that speaks the exchange protocol itself, over a wire or by hand. */
export const exchangeTraits = (kind: TransportKind): TransportTraits => ({
  kind,
  hasReceipts: true,
  hasFeed: true,
  operations,
  isOneTypeEach: false,
  countsAtClose: true,
})
