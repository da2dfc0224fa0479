/** A text file as text, decoded piece by piece. */
import type { TextEncoding } from '@shared/contract/views/import-views'
import { refuse } from '@shared/kernel/failure'
import { filePieces, type FileDigest, type FilePlace } from './file-pieces'
import { mapPrivateUse } from './gb18030-2022'

/** One piece of a text. */
export interface TextPiece {
  /** Line ends made one (`\n`), so that mixed files read alike; moved characters at their code points of 2022. */
  readonly text: string
  /** Characters of the old private use area were moved. */
  readonly hasMapped: boolean
}

/** Decodes strictly what comes in pieces; takes no byte order mark for text. */
export class PieceDecoder {
  private readonly decoder
  /** A carriage return whose line feed may be in the next piece. */
  private held = ''

  constructor(encoding: TextEncoding) {
    this.decoder = new TextDecoder(encoding === 'utf-8-bom' ? 'utf-8' : encoding, { fatal: true })
  }

  /** Null for bytes that are not of the encoding; no piece is asked for behind them. */
  take(bytes: Buffer): TextPiece | null {
    const decoded = this.decoded(() => this.decoder.decode(bytes, { stream: true }))
    if (decoded === null) return null
    const text = this.held + decoded
    this.held = text.endsWith('\r') ? '\r' : ''
    return pieceOf(this.held === '' ? text : text.slice(0, -1))
  }

  /** What is left after the last piece; null when that is half a character. */
  end(): TextPiece | null {
    const decoded = this.decoded(() => this.decoder.decode())
    return decoded === null ? null : pieceOf(this.held + decoded)
  }

  private decoded(decode: () => string): string | null {
    try {
      return decode()
    } catch (error) {
      if (error instanceof TypeError) return null
      throw error
    }
  }
}

function pieceOf(source: string): TextPiece {
  const text = mapPrivateUse(source)
  return { text: text.replace(/\r\n?/g, '\n'), hasMapped: text !== source }
}

/**
 * One pass over a file whose encoding is known. Refuses `input.file-changed` when it is not the file of the digest, and
 * what `filePieces` refuses.
 */
export async function* textPieces(
  place: FilePlace,
  encoding: TextEncoding,
  { sha256 }: FileDigest,
): AsyncGenerator<string, void> {
  const decoder = new PieceDecoder(encoding)
  const known = (piece: TextPiece | null): string =>
    piece === null ? refuse('input.file-changed', { file: place.file }) : piece.text
  for await (const bytes of filePieces(place, sha256)) yield known(decoder.take(bytes))
  yield known(decoder.end())
}
