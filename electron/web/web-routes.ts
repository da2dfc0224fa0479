import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { Log } from '@engine/ports'
import type { Handlers, HostCallName } from '@shared/contract/calls'
import { GUIDE_PATH } from '@shared/contract/guide-pages'
import { parseCall } from '@shared/contract/parse-call'
import { settle } from '@shared/kernel/settle'
import type { Result } from '@shared/kernel/result'
import { hostTexts } from '@shared/texts/zh-CN/hosts'
import type { EventStream } from './event-stream'
import type { FileShelf } from './file-shelf'
import { pageBridgeScript } from './page-bridge'
import { guardRequest } from './request-guard'
import type { GuardRefusal, RequestKind } from './request-guard'
import type { SessionGate } from './session-gate'
import { readBody } from './request-body'
import { readStaticFile, withBridgeScript } from './static-files'
import type { SwitchableDesk } from './switchable-desk'

/** The largest call input, in bytes: five thousand record ids and a long form fit many times. */
const MAX_CALL_BYTES = 8 * 1024 * 1024

interface RouteParts {
  readonly authority: string
  readonly gate: SessionGate
  readonly desk: SwitchableDesk
  readonly shelf: FileShelf
  readonly events: EventStream
  readonly hostCalls: Handlers<HostCallName>
  readonly rendererDir: string
  /** Folder of the user guide. */
  readonly guideDir: string
  readonly log: Log
}

const sendText = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(text)
}

const sendJson = (response: ServerResponse, status: number, value: unknown): void => {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(value))
}

const isJson = (request: IncomingMessage): boolean =>
  /^application\/json(;\s*charset=utf-8)?$/i.test(request.headers['content-type'] ?? '')

/** What kind of request a path is for; decided before anything else is looked at. */
const kindOf = (path: string): RequestKind => {
  if (path === '/') return 'page'
  return path === '/files' || path.startsWith('/bridge/') ? 'effect' : 'part'
}

/**
 * Answers every request of the loopback host:
 * `GET /?token=` exchanges the token, `GET /` and files of the page, `GET /bridge.js`, `GET /events`,
 * `GET /files/<token>`, `GET /guide/...`; `POST /bridge/<call>` and `POST /files`. Everything is judged by the request guard first, and
 * everything but the exchange needs the session cookie. Never rejects.
 */
export function createWebRoutes(
  parts: RouteParts,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { gate, desk, shelf, log } = parts

  function refuseRequest(request: IncomingMessage, response: ServerResponse, why: GuardRefusal): void {
    log.info('web.refused', { why })
    // The body of a refused request is not read; the connection would otherwise carry its rest as a next request.
    response.setHeader('Connection', 'close')
    const text = why === 'cookie' ? hostTexts.web.sessionOver : hostTexts.web.refused
    sendText(response, why === 'content-type' ? 415 : 403, text)
  }

  async function answerCall(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    if (!isJson(request)) return refuseRequest(request, response, 'content-type')
    const body = await readBody(request, MAX_CALL_BYTES)
    const parsed = parseCall(name, body)
    if (!parsed.ok) return sendJson(response, 200, parsed)
    const call = parsed.value
    const result: Result<unknown> =
      call.where === 'engine'
        ? await desk.call(call.name, call.input)
        : await settle(
            // The table ties each name to its input type; the indexed access cannot express that pairing.
            () => (parts.hostCalls[call.name as HostCallName] as (input: unknown) => unknown)(call.input),
            (error) => log.error('web.defect', error, { call: call.name }),
          )
    sendJson(response, 200, result)
  }

  async function answerUpload(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const given = request.headers['x-file-name']
    let name: string
    try {
      name = decodeURIComponent(typeof given === 'string' ? given : '')
    } catch {
      return sendText(response, 400, hostTexts.web.refused)
    }
    const received = await settle(
      () => shelf.receive(name, request),
      (error) => log.error('web.upload', error),
    )
    if (received.ok) return sendJson(response, 200, received.value)
    sendJson(response, received.failure.code === 'input.file-too-large' ? 413 : 500, received)
  }

  async function answerDownload(response: ServerResponse, token: string): Promise<void> {
    const place = shelf.delivered(token)
    const found = place === null ? null : await stat(place.path).catch(() => null)
    if (place === null || found === null) return sendText(response, 404, hostTexts.web.notFound)
    response.writeHead(200, {
      'Content-Type': 'application/octet-stream',
      'Content-Length': found.size,
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(place.name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`,
    })
    await pipeline(createReadStream(place.path), response)
  }

  async function answerStatic(response: ServerResponse, path: string): Promise<void> {
    if (path === '/bridge.js') {
      response.writeHead(200, { 'Content-Type': 'text/javascript; charset=utf-8' }).end(pageBridgeScript)
      return
    }
    const isPage = path === '/'
    const file = path.startsWith(GUIDE_PATH)
      ? await readStaticFile(parts.guideDir, path.slice(GUIDE_PATH.length - 1))
      : await readStaticFile(parts.rendererDir, path)
    if (file === null) return sendText(response, 404, hostTexts.web.notFound)
    response.writeHead(200, { 'Content-Type': file.mediaType })
    response.end(isPage ? withBridgeScript(file.body.toString('utf8')) : file.body)
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path, query] = (request.url ?? '').split('?', 2) as [string, string?]
    const kind = kindOf(path)
    const why = guardRequest(request, parts.authority, kind)
    if (why !== null) return refuseRequest(request, response, why)

    const token = kind === 'page' ? /^token=([A-Za-z0-9_-]{43})$/.exec(query ?? '')?.[1] : undefined
    const cookie = token === undefined ? null : gate.exchange(token)
    if (cookie !== null) {
      // The address with the token must not stay in the history, hence a redirect.
      response.writeHead(303, { Location: '/', 'Set-Cookie': cookie }).end()
      return
    }
    if (!gate.holdsSession(request)) return refuseRequest(request, response, 'cookie')

    if (path === '/files') return answerUpload(request, response)
    if (path.startsWith('/bridge/')) return answerCall(request, response, path.slice('/bridge/'.length))
    if (path === '/events') return parts.events.attach(response)
    if (path.startsWith('/files/')) return answerDownload(response, path.slice('/files/'.length))
    return answerStatic(response, path)
  }

  return async (request, response) => {
    try {
      await route(request, response)
    } catch (error) {
      log.error('web.defect', error)
      if (response.headersSent) response.destroy()
      else sendText(response, 500, hostTexts.web.refused)
    }
  }
}
