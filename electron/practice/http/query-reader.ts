import type { FastifyRequest } from 'fastify'
import { ProtocolError } from './protocol-error'

/** A query parameter that stands once, or null; a 400 when it is repeated. */
export function queryText(request: FastifyRequest, name: string): string | null {
  const value = (request.query as Record<string, string | string[] | undefined>)[name]
  if (value === undefined) return null
  if (typeof value === 'string') return value
  throw new ProtocolError(400, 'malformed_request', `query parameter ${name} is repeated`, {
    parameter: name,
  })
}

/** A whole number from 0; more than `highest` counts as `highest`, absent as `standard`. */
export function queryNumber(
  request: FastifyRequest,
  name: string,
  standard: number,
  highest: number,
): number {
  const text = queryText(request, name)
  if (text === null) return standard
  if (/^\d{1,15}$/.test(text)) return Math.min(Number(text), highest)
  throw new ProtocolError(400, 'malformed_request', `query parameter ${name} is not a number`, {
    parameter: name,
  })
}
