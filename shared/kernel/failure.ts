/**
 * Failures: expected refusals of the world (disk, network, platform, file, a rule of movement).
 * The codes are a closed list; each has one sentence in `shared/texts`. Defects (our own mistakes) are thrown
 * as ordinary errors and reach the user only as `defect.unexpected`.
 */
export const failureCodes = [
  'contract.invalid-input',
  'contract.unknown-call',
  'usage.invalid',
  'input.missing-file',
  'input.file-locked',
  'input.file-changed',
  'input.file-too-large',
  'input.not-a-workbook',
  'input.legacy-workbook',
  'input.encrypted',
  'input.damaged',
  'input.unsafe-workbook',
  'input.wrong-template',
  'input.other-template',
  'input.header-not-found',
  'input.sheet-not-found',
  'input.no-rows',
  'input.too-many-rows',
  'input.too-many-columns',
  'input.unknown-encoding',
  'input.malformed-csv',
  'input.timeout',
  'input.memory',
  'output.not-writable',
  'storage.newer-schema',
  'storage.wrong-key',
  'storage.key-missing',
  'storage.in-use',
  'storage.full',
  'storage.damaged',
  'storage.settings-refused',
  'storage.migration-failed',
  'storage.folder-refused',
  'storage.not-initialised',
  'storage.already-initialised',
  'storage.io',
  'backup.missing-file',
  'backup.weak-password',
  'backup.wrong-secret',
  'engine.stopped',
  'desk.wrong-bureau',
  'record.not-found',
  'record.changed-meanwhile',
  'record.not-editable',
  'record.unknown-field',
  'record.operation-refused',
  'record.reason-required',
  'filter.name-taken',
  'filter.too-many',
  'gap.unknown',
  'attachment.name-refused',
  'attachment.path-refused',
  'attachment.link',
  'attachment.content-refused',
  'attachment.too-large',
  'attachment.too-many',
  'attachment.repeated',
  'attachment.not-found',
  'batch.not-found',
  'batch.not-stopped',
  'batch.maybe-received',
  'notice.not-found',
  'notice.not-answerable',
  'dispute.nothing',
  'dispute.not-found',
  'conflict.nothing',
  'conflict.not-ours',
  'reconciliation.nothing',
  'outage.nothing',
  'batch.other-way',
  'batch.nothing-open',
  'batch.answer-needed',
  'batch.person-needed',
  'package.no-key',
  'package.not-found',
  'package.malformed',
  'package.altered',
  'package.other-platform',
  'package.other-desk',
  'package.unknown-batch',
  'package.given-back',
  'package.old',
  'pack.invalid',
  'pack.unreadable',
  'pack.unsigned',
  'pack.no-key',
  'pack.wrong-signer',
  'pack.other-city',
  'pack.older',
  'pack.same-version',
  'pack.gap',
  'pack.digest-differs',
  'pack.not-found',
  'pack.preview-needed',
  'pack.unknown-type',
  'pack.unknown-setting',
  'pack.setting-out-of-range',
  'update.not-a-package',
  'update.unsigned',
  'update.no-key',
  'update.wrong-signer',
  'update.other-product',
  'update.other-channel',
  'update.older',
  'update.same-version',
  'update.truncated',
  'update.altered',
  'update.none',
  'update.busy',
  'update.not-started',
  'update.not-here',
  'calendar.invalid',
  'publicity.invalid',
  'publicity.no-display',
  'publicity.outside-term',
  'publicity.no-rule',
  'repair.too-early',
  'repair.excluded',
  'repair.already-open',
  'repair.not-found',
  'repair.wrong-step',
  'repair.materials-missing',
  'repair.approval-missing',
  'task.cancelled',
  'task.not-found',
  'task.busy',
  'connection.missing',
  'connection.invalid',
  'connection.wrong-key',
  'connection.batches-open',
  'connection.by-hand',
  'transport.offline',
  'transport.timeout',
  'transport.tls',
  'transport.redirected',
  'transport.captive-page',
  'transport.reply-too-large',
  'transport.busy',
  'transport.protocol',
  'platform.auth-refused',
  'platform.other-bureau',
  'platform.clock-skew',
  'platform.standard-refused',
  'platform.batch-denied',
  'platform.manifest-conflict',
  'platform.refused',
  'platform.receipt-invalid',
  'platform.still-processing',
  'defect.unexpected',
] as const

/** One code of the closed list. */
export type FailureCode = (typeof failureCodes)[number]

/** Who acts next: the program by itself (optionally at an instant), the user, or nobody. */
export type Retry =
  { readonly kind: 'auto'; readonly at?: string } | { readonly kind: 'user' } | { readonly kind: 'never' }

/** A refusal: what, who may retry, and the values its sentence needs. Never holds personal data. */
export interface Failure {
  readonly code: FailureCode
  readonly retry: Retry
  readonly params: Readonly<Record<string, string | number>>
}

/** Builds a failure; by default the user has to act. */
export const failure = (
  code: FailureCode,
  params: Readonly<Record<string, string | number>> = {},
  retry: Retry = { kind: 'user' },
): Failure => ({ code, retry, params })

/** Carries a failure up a call stack; the router and the command line turn it back into a `Failure`. */
export class FailureError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.code)
    this.name = 'FailureError'
  }
}

/** Throws a failure. Use inside transactions and deep calls, where unwinding is the point. */
export function refuse(
  code: FailureCode,
  params: Readonly<Record<string, string | number>> = {},
  retry: Retry = { kind: 'user' },
): never {
  throw new FailureError(failure(code, params, retry))
}
