import { createGunzip } from 'node:zlib'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** The body went past the cap; nothing of it was kept. */
export class BodyTooLargeError extends Error {}

/** The body is not text in the encoding that its headers name. */
export class BodyUnreadableError extends Error {}

/** Collects a body to its end, never more than `cap` bytes before or after inflating. */
export async function readBody(
  stream: Readable,
  contentEncoding: string | null,
  cap: number,
  signal: AbortSignal,
): Promise<Buffer> {
  const chunks: Buffer[] = []
  const collect = async (source: AsyncIterable<Buffer>): Promise<void> => {
    let size = 0
    for await (const chunk of source) {
      size += chunk.length
      if (size > cap) throw new BodyTooLargeError()
      chunks.push(chunk)
    }
  }
  const encoding = contentEncoding?.trim().toLowerCase() ?? ''
  if (encoding === '' || encoding === 'identity') {
    await pipeline(stream, collect, { signal })
  } else if (encoding === 'gzip' || encoding === 'x-gzip') {
    const count = countUpTo(cap)
    await inflateErrorsAsUnreadable(pipeline(stream, count, createGunzip(), collect, { signal }))
  } else {
    stream.destroy()
    throw new BodyUnreadableError()
  }
  return Buffer.concat(chunks)
}

function countUpTo(cap: number) {
  return async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let size = 0
    for await (const chunk of source) {
      size += chunk.length
      if (size > cap) throw new BodyTooLargeError()
      yield chunk
    }
  }
}

async function inflateErrorsAsUnreadable(work: Promise<void>): Promise<void> {
  try {
    await work
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code.startsWith('Z_')) throw new BodyUnreadableError()
    throw error
  }
}

const GBK_NAMES = /^(gbk|gb2312|gb18030|gb_2312-80)$/

/**
 * Decodes a body: UTF-8 unless its content type says GBK, GB2312 or GB18030. Wrong bytes throw; a byte order mark stays
 * in the text, where it is no JSON.
 */
export function decodeBody(bytes: Uint8Array, contentType: string | null): string {
  const charset = /;\s*charset\s*=\s*"?([\w-]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase() ?? 'utf-8'
  const label = GBK_NAMES.test(charset) ? 'gb18030' : charset === 'utf8' ? 'utf-8' : charset
  if (label !== 'utf-8' && label !== 'gb18030') throw new BodyUnreadableError()
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new BodyUnreadableError()
  }
}
