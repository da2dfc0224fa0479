/**
 * The upload service of a city platform: rows of one catalogue per call, an answer with counts only. Nothing in it is
 * idempotent and no row has a receipt, so an answer counts for the rows only where its counts leave one reading; for
 * all else the platform is asked by document number and subject, where it can be, or a person is.
 */
import type { SettingsOf } from '@shared/contract/transport-settings'
import { failure } from '@shared/kernel/failure'
import { cut } from '@shared/kernel/text'
import { classifyRefusal, classifySilence } from '@engine/transports/http/reply-class'
import { createWire } from '@engine/transports/http/wire-exchange'
import type { WireAnswer } from '@engine/transports/http/wire-exchange'
import { checkServiceAddress } from '@engine/transports/service-address'
import { rowTraits } from '@engine/transports/rows/row-traits'
import type { Row, RowAnswer, RowFate, RowTransport } from '@engine/transports/rows/row-port'
import type { Refusal, Reply } from '@engine/transports/transport-port'
import { readSoapReply, soapRequest } from '@engine/envelope/soap-text'
import { readLookedUp, readUpload, refusalOf, rowError, rowMarks, SUCCESS } from './upload-reply'
import type { LookedUpReply, UploadReply } from './upload-reply'

const SERVICE = '/services/InterfaceUploadService'
const DEADLINE_MS = 60_000
const ROWS_A_CALL = 500

interface Leaves {
  readonly leaves: ReadonlyMap<string, string>
  readonly raw: Uint8Array
}

const unclear = (detail: string): Refusal => ({
  kind: 'unknown',
  failure: failure('transport.protocol', { detail }),
  retryAfterMs: null,
})

/** The rows transport of a city platform; `now` only reads a `Retry-After` that is a date. */
export function createCitySoap(
  settings: SettingsOf<'city-soap'>,
  now: () => string,
  deadlineMs = DEADLINE_MS,
): RowTransport {
  const address = checkServiceAddress(settings.serviceUrl, settings.allowsPlain)
  if (!address.ok) throw new Error(`service address is ${address.problem}`)
  const wire = createWire({ isLoopback: address.isLoopback, deadlineMs })
  const url = `${address.url}${SERVICE}`

  const answered = (answer: WireAnswer, hasEffect: boolean): Reply<Leaves> => {
    const traits = { hasEffect, now: now() }
    if (answer.kind === 'none') return classifySilence(answer, traits)
    // A fault comes with 500 and an envelope; it says no more about the rows than any other 500.
    if (answer.status < 200 || answer.status >= 300) return classifyRefusal(answer, traits)
    const leaves = answer.text === null ? null : readSoapReply(answer.text)
    if (leaves !== null) return { kind: 'ok', value: { leaves, raw: answer.bytes } }
    const page = failure('transport.captive-page', { status: answer.status, detail: 'not SOAP' })
    return { kind: hasEffect ? 'unknown' : 'retryable', failure: page, retryAfterMs: null }
  }

  const call = async (
    operation: string,
    rows: readonly Row[],
    body: unknown,
    hasEffect: boolean,
    signal: AbortSignal | undefined,
  ): Promise<Reply<Leaves>> => {
    const { recordType } = rows[0]!.layout
    const text = soapRequest(settings.namespace, operation, [
      ['tableCode', settings.tableCodes[recordType] ?? recordType],
      ['departmentCode', settings.departmentCode],
      ['tableVersionId', settings.tableVersionId],
      ['body', JSON.stringify(body)],
    ])
    const headers = { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: '""', Accept: 'text/xml' }
    const request = { method: 'POST' as const, url, headers, body: Buffer.from(text, 'utf8') }
    return answered(await wire.send(request, signal), hasEffect)
  }

  const lookUp = async (rows: readonly Row[], signal: AbortSignal | undefined): Promise<Reply<LookedUp>> => {
    const keys = rows.map(({ layout, docNo, subjectName }) => ({
      ...(layout.docNoField === null ? {} : { [layout.docNoField]: docNo }),
      [layout.subjectField]: subjectName,
    }))
    const reply = await call(settings.lookUpOperation, rows, keys, false, signal)
    if (reply.kind !== 'ok') return reply
    const answer = readLookedUp(reply.value.leaves)
    if (answer === null) return { ...unclear('data'), kind: 'retryable', retryAfterMs: null }
    if (answer.errorCode !== SUCCESS) {
      const refusal = refusalOf(answer.errorCode, answer.errorMsg ?? '')
      return refusal.kind === 'unknown' ? { ...refusal, kind: 'retryable' } : refusal
    }
    return { kind: 'ok', value: { fates: fatesOf(rows, answer), raw: reply.value.raw } }
  }

  /** A row that a look-up of everything does not show is not there; a look-up of doubtful rows says nothing of others. */
  const fatesOf = (rows: readonly Row[], told: LookedUpReply): ReadonlyMap<number, RowFate> => {
    const fates = new Map<number, RowFate>()
    for (const row of rows) {
      const named = told.data.filter((one) => isNamed(row, one))
      const fate = named.length === 0 ? unlisted : fateOfListed(row, named)
      if (fate !== null) fates.set(row.itemNo, fate)
    }
    return fates
  }
  const unlisted: RowFate | null = settings.lookUp === 'all' ? { kind: 'absent' } : null

  /** Counts that leave one reading are the end of every row; mixed ones are told apart by the list of wrong rows. */
  const fatesOfCounts = async (
    rows: readonly Row[],
    { totalSize, successSize, failSize, tips, errorMsg }: UploadReply,
    signal: AbortSignal | undefined,
  ): Promise<ReadonlyMap<number, RowFate>> => {
    const all = rows.length
    const addsUp = totalSize === all && successSize !== undefined && failSize !== undefined
    if (!addsUp || successSize + failSize !== all) return new Map()
    const every = (fate: RowFate) => new Map(rows.map(({ itemNo }) => [itemNo, fate]))
    if (failSize === 0) return every({ kind: 'accepted', warnings: [] })
    if (successSize === 0) {
      const words = [tips, errorMsg].find((told) => told !== null && told !== '') ?? ''
      return every({ kind: 'rejected', errors: [rowError(words)] })
    }
    if (settings.lookUp === 'none') return new Map()
    const reply = await lookUp(rows, signal)
    if (reply.kind !== 'ok') return new Map()
    const wrong = [...reply.value.fates].filter(([, { kind }]) => kind === 'rejected')
    if (wrong.length !== failSize) return new Map(wrong)
    const rejected = new Map(wrong)
    return new Map(
      rows.map(({ itemNo }) => [itemNo, rejected.get(itemNo) ?? { kind: 'accepted', warnings: [] }]),
    )
  }

  return {
    traits: rowTraits('city-soap'),
    limits: {
      maxPartBytes: 4_194_304,
      maxPartItems: ROWS_A_CALL,
      maxBatchItems: ROWS_A_CALL,
      minPollSeconds: 5,
    },
    absentForMs: settings.absentSeconds * 1_000,
    referenceOf: ({ layout, docNo, subjectName }) => cut(`${layout.recordType}|${docNo}|${subjectName}`, 200),
    dispose: () => wire.dispose(),

    async check(signal) {
      const request = {
        method: 'GET' as const,
        url: `${url}?wsdl`,
        headers: { Accept: 'text/xml' },
        body: null,
      }
      const answer = await wire.send(request, signal)
      const traits = { hasEffect: false, now: now() }
      if (answer.kind === 'none') return classifySilence(answer, traits)
      if (answer.status < 200 || answer.status >= 300) return classifyRefusal(answer, traits)
      if (answer.text !== null && /<(\w+:)?definitions[\s>]/.test(answer.text.slice(0, 4_096)))
        return { kind: 'ok', value: null }
      const page = failure('transport.captive-page', { status: answer.status, detail: 'not WSDL' })
      return { kind: 'retryable', failure: page, retryAfterMs: null }
    },

    async send(rows, signal): Promise<Reply<RowAnswer>> {
      const reply = await call(
        settings.uploadOperation,
        rows,
        rows.map(({ values }) => values),
        true,
        signal,
      )
      if (reply.kind !== 'ok') return reply
      const { leaves, raw } = reply.value
      const told = readUpload(leaves)
      if (told === null) return unclear('counts')
      if (told.errorCode !== SUCCESS) return refusalOf(told.errorCode, told.errorMsg ?? '')
      return { kind: 'ok', value: { fates: await fatesOfCounts(rows, told, signal), evidence: raw } }
    },

    ask:
      settings.lookUp === 'none'
        ? null
        : async (rows, signal) => {
            const reply = await lookUp(rows, signal)
            if (reply.kind !== 'ok') return reply
            return { kind: 'ok', value: { fates: reply.value.fates, evidence: reply.value.raw } }
          },
  }
}

interface LookedUp {
  readonly fates: ReadonlyMap<number, RowFate>
  readonly raw: Uint8Array
}

type Listed = LookedUpReply['data'][number]

const told = (one: Listed, field: string): string => String(one[field] ?? '')

/** Whether a listed row bears the document number and the subject of ours. */
const isNamed = ({ layout, docNo, subjectName }: Row, one: Listed): boolean =>
  told(one, layout.subjectField) === subjectName &&
  (layout.docNoField === null || told(one, layout.docNoField) === docNo)

/** Whether a listed row holds what we sent; null when the platform does not show enough of it. */
function holdsOurs({ values }: Row, one: Listed): boolean | null {
  const fields = Object.keys(values)
  if (!fields.every((field) => Object.hasOwn(one, field))) return null
  return fields.every((field) => told(one, field) === values[field])
}

/**
 * What listed rows of our name say about ours. A first revision is known by its name alone; a later one only by its
 * content, for the earlier one bears the same name.
 */
function fateOfListed(row: Row, named: readonly Listed[]): RowFate | null {
  const ours = named.filter((one) => holdsOurs(row, one) === true)
  if (ours.length > 0) return fateOf(ours.at(-1)!)
  const isOtherContent = named.every((one) => holdsOurs(row, one) === false)
  if (isOtherContent) return row.revision > 1 ? { kind: 'absent' } : null
  return row.revision > 1 ? null : fateOf(named.at(-1)!)
}

/** A listed row with a mark that we know; a mark of another kind says nothing. */
function fateOf(one: Listed): RowFate | null {
  const mark = one['SB_JG'] ?? null
  const words = told(one, 'SB_YJ')
  switch (mark === null ? null : String(mark)) {
    case rowMarks.correct:
    case rowMarks.updated:
      return { kind: 'accepted', warnings: [] }
    case rowMarks.unlinked:
      return { kind: 'accepted', warnings: [{ ...rowError(words), severity: 'warning' }] }
    case rowMarks.wrong:
      return { kind: 'rejected', errors: [rowError(words)] }
    case null:
      return { kind: 'held' }
    default:
      return null
  }
}
