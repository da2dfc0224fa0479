import * as v from 'valibot'
import { ProtocolError } from '@practice/http/protocol-error'
import type { ProtocolErrorCode } from '@practice/http/protocol-error'

/** Decodes bytes as UTF-8; a 400 when they are not. */
export function decodeUtf8(bytes: Uint8Array, code: ProtocolErrorCode): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new ProtocolError(400, code, 'the body is not UTF-8')
  }
}

/** Parses JSON text; a 400 when it is not JSON. */
export function parseJson(
  text: string,
  code: ProtocolErrorCode,
  details: Record<string, unknown> = {},
): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new ProtocolError(400, code, 'not valid JSON', details)
  }
}

/** Reads a JSON body under a schema; a 400 naming the first member that is wrong, never its value. */
export function readJsonBody<Schema extends v.GenericSchema>(
  schema: Schema,
  body: unknown,
  code: ProtocolErrorCode = 'malformed_request',
): v.InferOutput<Schema> {
  const bytes = body instanceof Uint8Array ? body : new Uint8Array()
  const result = v.safeParse(schema, parseJson(decodeUtf8(bytes, code), code))
  if (result.success) return result.output
  const member = v.getDotPath(result.issues[0]) ?? ''
  throw new ProtocolError(400, code, `member ${member} is missing or malformed`, { member })
}
