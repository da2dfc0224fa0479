import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Protocol } from 'electron'
import { GUIDE_PATH } from '@shared/contract/guide-pages'
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

/** Where the files of the page and of the user guide lie. */
export interface PageFolders {
  readonly renderer: string
  readonly guide: string
}

/** The answer to one request of the page: a plain-named file of one of the folders, an upload taken, or 404. */
export async function answerPageRequest(
  request: Request,
  folders: PageFolders,
  receive: ReceiveUpload,
): Promise<Response> {
  const headers = { ...pageSecurityHeaders }
  const isPage = isPageUrl(request.url, PAGE_ORIGIN)
  if (isPage && request.method === 'POST' && new URL(request.url).pathname === '/files')
    return receive(request)
  const isOwn = request.method === 'GET' && isPage
  // The path as it stands: URL parsing has already folded "..", and pageFile refuses everything encoded.
  const path = new URL(request.url).pathname
  const isGuide = path.startsWith(GUIDE_PATH)
  const file = isOwn ? pageFile(isGuide ? path.slice(GUIDE_PATH.length - 1) : path) : null
  const folder = isGuide ? folders.guide : folders.renderer
  const body = file === null ? null : await readFile(join(folder, file.path)).catch(() => null)
  if (file === null || body === null) return new Response(null, { status: 404, headers })
  return new Response(new Uint8Array(body), {
    status: 200,
    headers: { ...headers, 'Content-Type': file.mediaType },
  })
}

/** Serves the page under its scheme. */
export function servePage(protocol: Protocol, folders: PageFolders, receive: ReceiveUpload): void {
  protocol.handle(PAGE_SCHEME, (request) => answerPageRequest(request, folders, receive))
}
