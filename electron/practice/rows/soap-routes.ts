/**
 * The upload service of a city platform, as its interface documents describe it: rows of one catalogue a call, an
 * answer of counts. A row that comes again is an update, and has its effect again: nothing here is idempotent.
 */
import type { FastifyInstance } from 'fastify'
import { uuidv7 } from 'uuidv7'
import * as v from 'valibot'
import type { ItemResult } from '@shared/domain/exchange'
import { practiceNotices } from '@shared/texts/zh-CN/practice'
import { escapeXml, readSoapReply } from '@engine/envelope/soap-text'
import { bodyBytes } from '@practice/http/request-guard'
import { MAX_SOAP_BYTES } from '@practice/protocol-limits'
import type { DeskRepo } from '@practice/store/desk-repo'
import type { ItemRepo } from '@practice/store/item-repo'
import type { RegisterRepo } from '@practice/store/register-repo'
import type { ArrivedRow, RowIntake } from './row-intake'

const NAMESPACE = 'http://service.upload.credit/'
const MOST_TIPS = 20
const rowsSchema = v.array(
  v.record(v.pipe(v.string(), v.regex(/^[A-Za-z]\w{0,63}$/)), v.pipe(v.string(), v.maxLength(65_536))),
)
type Values = Readonly<Record<string, string>>

interface Call {
  readonly operation: 'uploadData' | 'queryData' | 'queryDoubtfulData'
  readonly recordType: string
  readonly bureau: string
  readonly rows: readonly Values[]
}

interface Refused {
  readonly errorCode: string
  readonly errorMsg: string
}

const isUploaded = ({ outcome }: Pick<ItemResult, 'outcome'>): boolean =>
  outcome === 'accepted' || outcome === 'warned'
const messageOf = ({ errors }: Pick<ItemResult, 'errors'>): string =>
  errors[0]?.message ?? practiceNotices.uploadedBefore

export function soapRoutes(
  app: FastifyInstance,
  deps: {
    readonly desks: DeskRepo
    readonly items: ItemRepo
    readonly register: RegisterRepo
    readonly intake: RowIntake
  },
): void {
  const { desks, items, register, intake } = deps

  const readRows = (body: string): readonly Values[] | '5001' | '6002' => {
    let json: unknown
    try {
      json = JSON.parse(body)
    } catch {
      return '5001'
    }
    const rows = v.safeParse(rowsSchema, json)
    return rows.success ? rows.output : '6002'
  }

  const refused = (errorCode: keyof typeof practiceNotices.soap): Refused => ({
    errorCode,
    errorMsg: practiceNotices.soap[errorCode],
  })

  const callOf = (text: string): Call | Refused => {
    const operation = (['uploadData', 'queryData', 'queryDoubtfulData'] as const).find((name) =>
      new RegExp(`<(\\w+:)?${name}[\\s>]`).test(text),
    )
    const leaves = readSoapReply(text)
    if (leaves === null || operation === undefined) return refused('500')
    const recordType = leaves.get('tableCode') ?? ''
    const bureau = leaves.get('departmentCode') ?? ''
    const body = leaves.get('body') ?? ''
    if (recordType === '') return refused('3001')
    if (!intake.takes(recordType)) return refused('3002')
    if (bureau === '') return refused('4001')
    if (!desks.list().some((desk) => desk.bureau.code === bureau)) return refused('4002')
    if (body === '') return refused('6001')
    const rows = readRows(body)
    return typeof rows === 'string' ? refused(rows) : { operation, recordType, bureau, rows }
  }

  /** A row whose key the bureau already holds is an update of that; any other is a record of its own. */
  const arrived = ({ bureau, recordType }: Call, values: Values): ArrivedRow => {
    const key = intake.keyOf(recordType, values)
    const held = key === null ? null : register.occupant(key, null)
    if (held?.bureau !== bureau)
      return { recordId: uuidv7(), revision: 1, op: 'create', platformRef: null, values }
    const { recordId, revision, platformRef } = held
    return { recordId, revision: revision + 1, op: 'correct', platformRef, values }
  }

  const upload = async (call: Call): Promise<object> => {
    const { rows } = call
    const results =
      rows.length === 0
        ? []
        : await intake.settle(
            call.bureau,
            call.recordType,
            rows.map((row) => arrived(call, row)),
          )
    const wrong = results.filter((result) => !isUploaded(result))
    return {
      errorCode: '200',
      errorMsg: practiceNotices.soap['200'],
      totalSize: rows.length,
      successSize: rows.length - wrong.length,
      failSize: wrong.length,
      tips: wrong.slice(0, MOST_TIPS).map(messageOf).join('；'),
    }
  }

  const query = ({ operation, bureau, recordType, rows }: Call): object => {
    const found = rows.flatMap((name) => items.named(bureau, recordType, name))
    const marked = found.map(({ payload, op, result }) => ({
      ...payload,
      SB_JG: markOf(op, result),
      SB_YJ: result.outcome === 'accepted' || result.outcome === 'pending' ? '' : messageOf(result),
    }))
    const data = operation === 'queryData' ? marked : marked.filter(({ SB_JG }) => SB_JG === '2')
    return { errorCode: '200', errorMsg: practiceNotices.soap['200'], data }
  }

  const markOf = (op: string, { outcome }: ItemResult): string | null => {
    if (outcome === 'pending') return null
    if (outcome === 'warned') return '4'
    if (outcome !== 'accepted') return '2'
    return op === 'correct' ? '3' : '1'
  }

  app.get('/services/InterfaceUploadService', (_request, reply) =>
    reply
      .type('text/xml; charset=utf-8')
      .send(
        `<?xml version="1.0" encoding="UTF-8"?><wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" targetNamespace="${NAMESPACE}" name="InterfaceUploadService"></wsdl:definitions>`,
      ),
  )

  app.post('/services/InterfaceUploadService', { bodyLimit: MAX_SOAP_BYTES }, async (request, reply) => {
    const call = callOf(Buffer.from(bodyBytes(request)).toString('utf8'))
    const answer =
      'errorCode' in call ? call : call.operation === 'uploadData' ? await upload(call) : query(call)
    const name = 'errorCode' in call ? 'uploadData' : call.operation
    return reply
      .type('text/xml; charset=utf-8')
      .send(
        `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><ns2:${name}Response xmlns:ns2="${NAMESPACE}"><return>${escapeXml(JSON.stringify(answer))}</return></ns2:${name}Response></soap:Body></soap:Envelope>`,
      )
  })
}
