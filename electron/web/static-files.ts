import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pageFile } from '@shared/contract/page-files'

/** One file of the page. */
export interface StaticFile {
  readonly body: Buffer
  readonly mediaType: string
}

/** Reads a file of the page by the path of its address (`/` is the page itself); null when there is none. */
export async function readStaticFile(root: string, path: string): Promise<StaticFile | null> {
  const file = pageFile(path)
  const body = file === null ? null : await readFile(join(root, file.path)).catch(() => null)
  return file === null || body === null ? null : { body, mediaType: file.mediaType }
}

/** Puts the script that makes `window.bridge` before every other script of the page. */
export function withBridgeScript(html: string): string {
  if (!html.includes('</title>')) throw new Error('the page has no title to put the bridge behind')
  return html.replace('</title>', '</title>\n    <script src="/bridge.js"></script>')
}
