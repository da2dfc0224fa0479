import type { Migration } from '@engine/repos/migration'

/** Supporting documents of records. One content is kept once, however many records it belongs to. */
export const attachments: Migration = {
  version: 8,
  name: 'attachments',
  sql: `
CREATE TABLE attachment_content (
  sha256 TEXT PRIMARY KEY NOT NULL,
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE attachment (
  attachment_id TEXT PRIMARY KEY NOT NULL,
  record_id TEXT NOT NULL REFERENCES record (record_id),
  -- its number in the list of the record, never given twice
  no INTEGER NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  byte_count INTEGER NOT NULL,
  sha256 TEXT NOT NULL REFERENCES attachment_content (sha256),
  -- what was taken out of a picture before it was kept
  stripped_json TEXT NOT NULL,
  is_sensitive INTEGER NOT NULL,
  added_by TEXT NOT NULL,
  added_at TEXT NOT NULL,
  removed_by TEXT,
  removed_at TEXT,
  UNIQUE (record_id, no)
) STRICT;
CREATE INDEX attachment_sha256 ON attachment (sha256);
CREATE INDEX attachment_removed ON attachment (removed_at) WHERE removed_at IS NOT NULL;
`,
}
