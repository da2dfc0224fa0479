/** Writes the opaque cursor of a feed page: the platform that gave it and the last number it covers. */
export function writeCursor(seq: number, platformId: string): string {
  return Buffer.from(`${platformId}:${seq}`, 'utf8').toString('base64url')
}

/**
 * Reads a cursor back: the number after which to go on, 0 for the empty cursor, null when it is not one of this
 * platform's (another platform, a platform that lost data, damage), which means that the desk has to resync.
 */
export function readCursor(cursor: string, platformId: string, lastSeq: number): number | null {
  if (cursor === '') return 0
  const match = /^([0-9a-f]+):(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'))
  if (match?.[1] !== platformId) return null
  const seq = Number(match[2])
  return seq <= lastSeq ? seq : null
}
