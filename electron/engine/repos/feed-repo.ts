import type { Publicity } from '@shared/domain/record-status'
import type { Database } from './database'

export interface FeedPosition {
  readonly cursor: string
  readonly highWater: string | null
}

export interface StoredFeedEvent {
  readonly eventId: string
  readonly seq: number
  readonly type: string
  readonly bodyJson: string
}

/** The feed as far as it has been read: the cursor and the events seen. */
export interface FeedRepo {
  position(): FeedPosition
  savePosition(position: FeedPosition): void
  hasSeen(eventId: string): boolean
  /** Keeps an event; `appliedAt` null parks it until the batch it speaks of has its verdicts. */
  keep(event: StoredFeedEvent, appliedAt: string | null): void
  parked(): readonly StoredFeedEvent[]
  markApplied(eventId: string, appliedAt: string): void
  /** What the platform says about publication of one of our records, and the day from which it holds. */
  setPublicity(recordId: string, publicity: Publicity, on: string): void
  /** What an accepted operation makes of publication; what is off the public pages already stays so. */
  advancePublicity(recordId: string, publicity: Publicity): void
  /** A record that the platform holds anew has not been shown yet, whatever became of what it held before. */
  restartPublicity(recordId: string): void
}

export function createFeedRepo(database: Database): FeedRepo {
  const position = database.prepare<[], FeedPosition>(
    'SELECT cursor, high_water AS highWater FROM feed_state WHERE only_row = 1',
  )
  const save = database.prepare<[string, string | null]>(
    `INSERT INTO feed_state (only_row, cursor, high_water) VALUES (1, ?, ?)
     ON CONFLICT (only_row) DO UPDATE SET cursor = excluded.cursor, high_water = excluded.high_water`,
  )
  const seen = database.prepare<[string], number>('SELECT 1 FROM feed_event WHERE event_id = ?').pluck()
  const insert = database.prepare<[string, number, string, string, string]>(
    'INSERT INTO feed_event (event_id, seq, type, body_json, applied_at) VALUES (?, ?, ?, ?, ?)',
  )
  // An empty instant marks a parked event.
  const parked = database.prepare<[], StoredFeedEvent>(
    `SELECT event_id AS eventId, seq, type, body_json AS bodyJson FROM feed_event WHERE applied_at = ''
     ORDER BY seq, rowid`,
  )
  const apply = database.prepare<[string, string]>('UPDATE feed_event SET applied_at = ? WHERE event_id = ?')
  const publicity = database.prepare<[Publicity, string]>(
    'UPDATE record SET publicity = ? WHERE record_id = ?',
  )
  const advance = database.prepare<[Publicity, string]>(
    "UPDATE record SET publicity = ? WHERE record_id = ? AND publicity <> 'taken_down'",
  )
  const known = database.prepare<[string]>(
    "INSERT INTO publicity_entry (record_id, display, is_published) VALUES (?, 'other', 1) ON CONFLICT (record_id) DO NOTHING",
  )
  const published = database.prepare<[string, string]>(
    `UPDATE publicity_entry SET published_on = coalesce(published_on, ?), taken_down_on = NULL, confirmed_by = NULL
     WHERE record_id = ?`,
  )
  const takenDown = database.prepare<[string, string]>(
    'UPDATE publicity_entry SET taken_down_on = ?, confirmed_by = NULL WHERE record_id = ?',
  )
  const ordered = database.prepare<{ on: string; recordId: string }>(
    `UPDATE publicity_entry SET ordered_on = min(coalesce(ordered_on, @on), @on), off_from = min(coalesce(off_from, @on), @on)
     WHERE record_id = @recordId`,
  )
  const restart = database.prepare<[string]>("UPDATE record SET publicity = 'none' WHERE record_id = ?")
  const restartEntry = database.prepare<[string]>(
    'UPDATE publicity_entry SET is_published = 0, published_on = NULL, ordered_on = NULL WHERE record_id = ?',
  )
  return {
    position: () => position.get() ?? { cursor: '', highWater: null },
    savePosition(next) {
      save.run(next.cursor, next.highWater)
    },
    hasSeen: (eventId) => seen.get(eventId) !== undefined,
    keep(event, appliedAt) {
      insert.run(event.eventId, event.seq, event.type, event.bodyJson, appliedAt ?? '')
    },
    parked: () => parked.all(),
    markApplied(eventId, appliedAt) {
      apply.run(appliedAt, eventId)
    },
    setPublicity(recordId, state, on) {
      publicity.run(state, recordId)
      known.run(recordId)
      if (state === 'published') published.run(on, recordId)
      if (state === 'taken_down') takenDown.run(on, recordId)
      if (state === 'takedown_due' || state === 'repaired') ordered.run({ on, recordId })
    },
    advancePublicity(recordId, state) {
      if (advance.run(state, recordId).changes > 0) known.run(recordId)
    },
    restartPublicity(recordId) {
      restart.run(recordId)
      restartEntry.run(recordId)
    },
  }
}
