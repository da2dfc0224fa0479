/**
 * The axes of a record's state (records.md calls them A to D). They are never folded into one enum: "sent" is not
 * "accepted", and "checked" says nothing about either. The clock (axis D) is computed, see `shared/calendar`.
 *
 * A record is edited (editorial axis), its revisions are delivered (delivery axis), and what the platform accepted
 * is published for a term (publicity axis).
 */
export const editorialStates = [
  'draft',
  'checked',
  'in_review',
  'returned',
  'approved',
  'held',
  'sealed',
  'discarded',
] as const
export type Editorial = (typeof editorialStates)[number]

export const deliveryStates = [
  'none',
  'sealed',
  'sending',
  'processing',
  'unknown',
  'accepted',
  'warned',
  'rejected',
  'duplicate',
  'quarantined',
  'revoked',
] as const
export type Delivery = (typeof deliveryStates)[number]

export const publicityStates = [
  'none',
  'published',
  'expiring',
  'takedown_due',
  'takedown_requested',
  'taken_down',
  'suspended',
  'repair_applied',
  'repaired',
  'marked',
] as const
export type Publicity = (typeof publicityStates)[number]

export const operations = ['create', 'correct', 'withdraw', 'takeDown', 'repairMark'] as const
/** What a revision asks the platform to do. All but `create` need the reference of an accepted item. */
export type Operation = (typeof operations)[number]

export const clockStates = ['on_time', 'due_soon', 'due_today', 'overdue', 'met', 'met_late'] as const
export type ClockState = (typeof clockStates)[number]

/** Allowed editorial moves. Editing an approved record voids the approval; a sealed one reopens by a new revision. */
export const editorialMoves: Readonly<Record<Editorial, readonly Editorial[]>> = {
  draft: ['draft', 'checked', 'held', 'discarded'],
  checked: ['draft', 'checked', 'in_review', 'held', 'sealed', 'discarded'],
  in_review: ['draft', 'approved', 'returned'],
  returned: ['draft', 'checked', 'discarded'],
  approved: ['draft', 'checked', 'sealed'],
  held: ['draft', 'checked'],
  sealed: ['draft', 'checked', 'sealed'],
  discarded: ['draft', 'checked'],
}

/**
 * Allowed delivery moves of one revision. `unknown` leaves only by a look-up or a verified answer, never by time;
 * `accepted` ends only by a late rejection (`revoked`); out of quarantine a person lets it go again, or changes it, for
 * which it counts as refused.
 */
export const deliveryMoves: Readonly<Record<Delivery, readonly Delivery[]>> = {
  none: ['sealed'],
  sealed: ['none', 'sending', 'quarantined'],
  sending: ['processing', 'unknown', 'sealed', 'accepted', 'warned', 'rejected', 'duplicate'],
  processing: ['unknown', 'accepted', 'warned', 'rejected', 'duplicate'],
  unknown: ['sending', 'processing', 'sealed', 'accepted', 'warned', 'rejected', 'duplicate'],
  accepted: ['revoked'],
  warned: ['revoked'],
  rejected: [],
  duplicate: ['accepted'],
  quarantined: ['sealed', 'none', 'rejected'],
  revoked: [],
}

/** Whether a record may move along the editorial axis. */
export const canMoveEditorial = (from: Editorial, to: Editorial): boolean => editorialMoves[from].includes(to)

/** Whether a revision may move along the delivery axis. */
export const canMoveDelivery = (from: Delivery, to: Delivery): boolean => deliveryMoves[from].includes(to)

/** Delivery states in which a batch holds the revision and nobody may edit the record. */
export const inFlight: readonly Delivery[] = ['sealed', 'sending', 'processing', 'unknown', 'quarantined']

/** Delivery states that end in a verdict of the platform. */
export const isAccepted = (delivery: Delivery): boolean => delivery === 'accepted' || delivery === 'warned'

/** Why a record lawfully never goes to the platform. */
export const exclusionBases = ['classified', 'simple-procedure', 'not-to-be-published'] as const
export type ExclusionBasis = (typeof exclusionBases)[number]
