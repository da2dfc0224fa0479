import type { Database } from './database'

/** A note on a record. */
export interface NoteEntity {
  readonly noteId: string
  readonly recordId: string
  readonly author: string
  /** Who had keyed the record when the note was left. */
  readonly addressee: string
  readonly text: string
  readonly createdAt: string
  readonly readAt: string | null
}

/** Notes; only that one was read is ever added to it. */
export interface NoteRepo {
  insert(note: NoteEntity): void
  find(noteId: string): NoteEntity | null
  /** Not read yet and left by somebody else, newest first. */
  unreadOf(addressee: string, limit: number): readonly NoteEntity[]
  countUnreadOf(addressee: string): number
  markRead(noteId: string, at: string): void
  /** Who keyed the newest revision of a record that a person has keyed; null when nobody has. */
  keyedBy(recordId: string, system: string): string | null
}

const COLUMNS = `note_id AS noteId, record_id AS recordId, author, addressee, text, created_at AS createdAt,
  read_at AS readAt`
const UNREAD = 'addressee = ? AND read_at IS NULL AND author <> addressee'

export function createNoteRepo(database: Database): NoteRepo {
  const insert = database.prepare(
    'INSERT INTO note (note_id, record_id, author, addressee, text, created_at, read_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const find = database.prepare<[string], NoteEntity>(`SELECT ${COLUMNS} FROM note WHERE note_id = ?`)
  const unread = database.prepare<[string, number], NoteEntity>(
    `SELECT ${COLUMNS} FROM note WHERE ${UNREAD} ORDER BY created_at DESC, note_id DESC LIMIT ?`,
  )
  const count = database.prepare<[string], number>(`SELECT count(*) FROM note WHERE ${UNREAD}`).pluck()
  const markRead = database.prepare<[string, string]>('UPDATE note SET read_at = ? WHERE note_id = ?')
  const keyedBy = database
    .prepare<[string, string], string>(
      'SELECT author FROM revision WHERE record_id = ? AND author <> ? ORDER BY revision DESC LIMIT 1',
    )
    .pluck()
  return {
    insert: (note) =>
      void insert.run(
        ...[note.noteId, note.recordId, note.author, note.addressee, note.text, note.createdAt, note.readAt],
      ),
    find: (noteId) => find.get(noteId) ?? null,
    unreadOf: (addressee, limit) => unread.all(addressee, limit),
    countUnreadOf: (addressee) => count.get(addressee) ?? 0,
    markRead: (noteId, at) => void markRead.run(at, noteId),
    keyedBy: (recordId, system) => keyedBy.get(recordId, system) ?? null,
  }
}
