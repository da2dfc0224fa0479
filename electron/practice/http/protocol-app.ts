import Fastify from 'fastify'
import type { FastifyError, FastifyInstance } from 'fastify'
import { MAX_JSON_BYTES } from '@practice/protocol-limits'
import { ProtocolError } from './protocol-error'

/** Names under which a program on this machine may address us; a web page that rebinds its own name is refused. */
const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/

/**
 * An HTTP server whose bodies arrive as the raw capped bytes (signatures are over those), whose every refusal has the
 * envelope of protocol section 6, and which never logs a request.
 */
export function createProtocolApp(onDefect: (error: unknown) => void): FastifyInstance {
  const app = Fastify({
    logger: false,
    bodyLimit: MAX_JSON_BYTES,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    requestTimeout: 60_000,
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.headers.origin === undefined && LOOPBACK_HOST.test(request.headers.host ?? '')) return done()
    done(new ProtocolError(403, 'host_refused', 'only programs on this machine are served'))
  })
  app.setNotFoundHandler((_request, reply) => {
    const error = new ProtocolError(404, 'not_found', 'there is nothing at this address')
    return reply.code(error.status).send(error.envelope())
  })
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const refusal = toProtocolError(error)
    if (refusal.status >= 500 && !(error instanceof ProtocolError)) onDefect(error)
    return reply.code(refusal.status).headers(refusal.headers).send(refusal.envelope())
  })
  return app
}

function toProtocolError(error: FastifyError): ProtocolError {
  if (error instanceof ProtocolError) return error
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new ProtocolError(413, 'too_large', 'the body is too large')
  const status = error.statusCode ?? 500
  if (status >= 400 && status < 500)
    return new ProtocolError(status, 'malformed_request', 'malformed request')
  return new ProtocolError(500, 'internal', 'the platform failed')
}
