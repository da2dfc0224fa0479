import type { IncomingMessage } from 'node:http'

/** Reads a JSON body; null, which no call takes, when it is too large (the connection is then cut) or not JSON. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length
    if (bytes > maxBytes) return null
    pieces.push(piece)
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces))) as unknown
  } catch {
    return null
  }
}
