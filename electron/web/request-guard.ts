import type { IncomingMessage } from 'node:http'

/** Why a request is turned away; only for the log, the page learns nothing but the status. */
export type GuardRefusal =
  'host' | 'target' | 'method' | 'origin' | 'fetch-site' | 'marker' | 'content-type' | 'cookie'

/** What kind of answer a request asks for: each kind has its own demands. */
export type RequestKind = 'page' | 'part' | 'effect'

const one = (request: IncomingMessage, header: string): string | null | undefined => {
  const values = request.headersDistinct[header]
  if (values === undefined) return null
  return values.length === 1 ? values[0]! : undefined
}

/** `host`: the only names under which the page may be reached, so that a rebound DNS name finds nothing. */
function refusesHost(request: IncomingMessage, authority: string): boolean {
  return one(request, 'host') !== authority
}

/** `origin`: absent on plain page loads; otherwise our own, exactly. `null` (sandboxed frames, data:) is not ours. */
function refusesOrigin(request: IncomingMessage, authority: string, kind: RequestKind): boolean {
  const origin = one(request, 'origin')
  if (origin === null) return kind === 'effect'
  return origin !== `http://${authority}`
}

/**
 * `fetch-site`: browsers say who started a request. Only the page itself may ask for effects and parts; the page itself
 * may also be opened by hand or by the launcher (`none`). Old browsers that say nothing may load, never act.
 */
function refusesFetchSite(request: IncomingMessage, kind: RequestKind): boolean {
  const site = one(request, 'sec-fetch-site')
  if (site === null) return kind === 'effect'
  return site !== 'same-origin' && !(kind === 'page' && site === 'none')
}

/**
 * Judges everything of a request but its session: null lets it pass. `authority` is `127.0.0.1:<port>`. A custom header
 * on every effect makes a plain form or image unable to cause one, even in a browser that sends no other hint.
 */
export function guardRequest(
  request: IncomingMessage,
  authority: string,
  kind: RequestKind,
): GuardRefusal | null {
  if (refusesHost(request, authority)) return 'host'
  if (!request.url?.startsWith('/') || request.url.startsWith('//')) return 'target'
  if (request.method !== (kind === 'effect' ? 'POST' : 'GET')) return 'method'
  if (refusesOrigin(request, authority, kind)) return 'origin'
  if (refusesFetchSite(request, kind)) return 'fetch-site'
  if (kind === 'effect' && one(request, 'x-xinbao') !== '1') return 'marker'
  return null
}
