/** The largest file a page may send to its host, in bytes: above the cap of imports, which then says why. */
export const MAX_UPLOAD_BYTES = 60 * 1024 * 1024

const mediaTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  json: 'application/json; charset=utf-8',
}

/** A file of the built page. */
export interface PageFile {
  /** Below the page's folder, with `/`. */
  readonly path: string
  readonly mediaType: string
}

/**
 * Which file of the built page a path of an address names; null for none. `/` is the page itself. Built files have
 * plain names, so nothing is percent-decoded, and whatever could climb, hide, name a device or a stream is refused.
 */
export function pageFile(path: string): PageFile | null {
  const named = path === '/' ? '/index.html' : path
  if (!/^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/.test(named)) return null
  const extension = named.slice(named.lastIndexOf('.') + 1)
  const mediaType = Object.hasOwn(mediaTypes, extension) ? mediaTypes[extension] : undefined
  return mediaType === undefined ? null : { path: named.slice(1), mediaType }
}
