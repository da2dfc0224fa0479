import type { Migration } from '@engine/repos/migration'

/** Short notes that one operator leaves on a record for the one who keyed it. */
export const notes: Migration = {
  version: 13,
  name: 'notes',
  sql: `
CREATE TABLE note (
  note_id TEXT PRIMARY KEY NOT NULL,
  record_id TEXT NOT NULL REFERENCES record (record_id),
  author TEXT NOT NULL,
  -- who had keyed the record by then
  addressee TEXT NOT NULL,
  text TEXT NOT NULL,
  created_at TEXT NOT NULL,
  read_at TEXT
) STRICT;
CREATE INDEX note_record ON note (record_id, created_at);
CREATE INDEX note_unread ON note (addressee, created_at) WHERE read_at IS NULL;
-- What was written stays; only that it was read is added, once.
CREATE TRIGGER note_append_only BEFORE UPDATE ON note
WHEN OLD.read_at IS NOT NULL OR NEW.note_id <> OLD.note_id OR NEW.record_id <> OLD.record_id
  OR NEW.author <> OLD.author OR NEW.addressee <> OLD.addressee OR NEW.text <> OLD.text
  OR NEW.created_at <> OLD.created_at
BEGIN SELECT RAISE(ABORT, 'notes are append-only'); END;
CREATE TRIGGER note_no_delete BEFORE DELETE ON note
BEGIN SELECT RAISE(ABORT, 'notes are never deleted'); END;
`,
}
