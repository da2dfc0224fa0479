import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Protocol } from 'electron'
import { pageFile } from '@shared/contract/page-files'
import { pageSecurityHeaders } from '@shared/contract/page-policy'
import { isPageUrl, PAGE_ORIGIN, PAGE_SCHEME } from './page-address'

/** Declares the scheme; must happen before the app is ready. */
export function declarePageScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: PAGE_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ])
}

/** Takes `POST /files` of the page. */
export type ReceiveUpload = (request: Request) => Promise<Response>

/** The answer to one request of the page: a plain-named file below `rendererDir`, an upload taken, or 404. */
export async function answerPageRequest(
  request: Request,
  rendererDir: string,
  receive: ReceiveUpload,
): Promise<Response> {
  const headers = { ...pageSecurityHeaders }
  const isPage = isPageUrl(request.url, PAGE_ORIGIN)
  if (isPage && request.method === 'POST' && new URL(request.url).pathname === '/files')
    return receive(request)
  const isOwn = request.method === 'GET' && isPage
  // The path as it stands: URL parsing has already folded "..", and pageFile refuses everything encoded.
  const file = isOwn ? pageFile(new URL(request.url).pathname) : null
  const body = file === null ? null : await readFile(join(rendererDir, file.path)).catch(() => null)
  if (file === null || body === null) return new Response(null, { status: 404, headers })
  return new Response(new Uint8Array(body), {
    status: 200,
    headers: { ...headers, 'Content-Type': file.mediaType },
  })
}

/** Serves the page under its scheme. */
export function servePage(protocol: Protocol, rendererDir: string, receive: ReceiveUpload): void {
  protocol.handle(PAGE_SCHEME, (request) => answerPageRequest(request, rendererDir, receive))
}
