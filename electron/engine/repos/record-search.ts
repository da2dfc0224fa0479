/** What a text in the search box means to the store: which rows may hold it, and how that is made sure of. */
import { foldForKey } from '@shared/kernel/text'
import type { Database } from './database'

/** Rows that may hold the words; every row that does is among them. */
export type Candidates =
  | { readonly kind: 'rows'; readonly rows: readonly number[] }
  /** More than are worth listing: a row that is read holds them often enough. */
  | { readonly kind: 'many' }

export interface RecordSearch {
  /** The words of a text, folded as the store folds its own; none for an empty text. */
  wordsOf(search: string): readonly string[]
  candidates(words: readonly string[]): Candidates
}

/** Pieces that a word of one or two characters may begin. */
const MOST_PIECES = 200
const PIECE = 3

/** `LIKE` pattern of a text that must occur literally. */
const containing = (text: string): string => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`

/** The condition that all words occur in the text of a record `r`, and its values. */
export const holdsAll = (
  words: readonly string[],
): { readonly sql: string; readonly values: readonly string[] } => ({
  sql: words.map(() => `r.search_text LIKE ? ESCAPE '\\'`).join(' AND '),
  values: words.map(containing),
})

const quoted = (piece: string): string => `"${piece.replaceAll('"', '""')}"`

/** The search of one store, which lists so many rows at most. */
export function createRecordSearch(database: Database, mostRows: number): RecordSearch {
  const begunBy = database
    .prepare<[string, string, number], string>(
      'SELECT term FROM record_gram_terms WHERE term >= ? AND term <= ? LIMIT ?',
    )
    .pluck()
  const matching = database
    .prepare<[string, number], number>('SELECT rowid FROM record_grams WHERE record_grams MATCH ? LIMIT ?')
    .pluck()

  /** The word in the language of the index; null when its pieces are too many, '' when no text holds it. */
  const expressionOf = (word: string): string | null => {
    const characters = [...word]
    if (characters.length >= PIECE) {
      const pieces = characters.slice(PIECE - 1).map((_, at) => characters.slice(at, at + PIECE).join(''))
      return [...new Set(pieces)].map(quoted).join(' AND ')
    }
    const pieces = begunBy.all(word, `${word}\u{10ffff}`, MOST_PIECES + 1)
    if (pieces.length > MOST_PIECES) return null
    return pieces.map(quoted).join(' OR ')
  }

  return {
    wordsOf: (search) =>
      search
        .split(/\s+/u)
        .map(foldForKey)
        .filter((word) => word !== ''),

    candidates(words) {
      const expressions = words.map(expressionOf)
      if (expressions.includes('')) return { kind: 'rows', rows: [] }
      const told = expressions.filter((expression) => expression !== null)
      if (told.length === 0) return { kind: 'many' }
      const rows = matching.all(told.map((one) => `(${one})`).join(' AND '), mostRows + 1)
      return rows.length > mostRows ? { kind: 'many' } : { kind: 'rows', rows }
    },
  }
}
