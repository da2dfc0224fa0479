import { readFile } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
}

/** One file of the page. */
export interface StaticFile {
  readonly body: Buffer
  readonly mediaType: string
}

/**
 * Reads a file of the page by the path of its address, or null: only plain names below `root`, only kinds we know.
 * `path` is as it stood in the request; built files have plain names, so nothing is percent-decoded.
 */
export async function readStaticFile(root: string, path: string): Promise<StaticFile | null> {
  const mediaType = MEDIA_TYPES[extname(path)]
  // Names of built files are plain ASCII; everything that could climb, name a device or a stream is not.
  if (mediaType === undefined || !/^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/.test(path) || path.includes('..'))
    return null
  const base = resolve(root)
  const file = resolve(join(base, path))
  if (!file.startsWith(base + sep)) return null
  const body = await readFile(file).catch(() => null)
  return body === null ? null : { body, mediaType }
}

/** Puts the script that makes `window.bridge` before every other script of the page. */
export function withBridgeScript(html: string): string {
  const scriptTag = '<script src="/bridge.js"></script>'
  if (!html.includes('</title>')) throw new Error('the page has no title to put the bridge behind')
  return html.replace('</title>', `</title>\n    ${scriptTag}`)
}
