import type { Migration } from '@engine/repos/migration'

/**
 * Several ways to reach a platform: which of them has a batch, the files given out and taken in, the rows of platforms
 * that know no batches, and answers that no platform has signed.
 */
export const transports: Migration = {
  version: 7,
  name: 'transports',
  sql: `
-- the way on which the batch left the desk; no other may carry it
ALTER TABLE outbox ADD COLUMN carrier TEXT;
ALTER TABLE receipt ADD COLUMN kind TEXT NOT NULL DEFAULT 'signed' CHECK (kind IN ('signed', 'statement'));

CREATE TABLE package (
  package_id TEXT PRIMARY KEY NOT NULL,
  made_at TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  -- the file as it was given out: written again, it is the same
  bytes BLOB NOT NULL
) STRICT;
CREATE TABLE package_batch (
  package_id TEXT NOT NULL REFERENCES package (package_id),
  batch_id TEXT NOT NULL REFERENCES batch (batch_id),
  PRIMARY KEY (package_id, batch_id)
) STRICT;
CREATE INDEX package_batch_batch ON package_batch (batch_id);

CREATE TABLE answer_file (
  sha256 TEXT PRIMARY KEY NOT NULL,
  -- as it was brought, hostile bytes
  raw BLOB NOT NULL,
  taken_at TEXT NOT NULL,
  -- the platform's running number, once the file was verified
  answer_no INTEGER,
  applied_at TEXT,
  -- why it lies in quarantine
  problem TEXT
) STRICT;
CREATE TRIGGER answer_file_no_delete BEFORE DELETE ON answer_file
BEGIN SELECT RAISE(ABORT, 'answers are kept for ever'); END;

-- one row of a batch at a platform that takes rows, not batches
CREATE TABLE row_delivery (
  batch_id TEXT NOT NULL,
  item_no INTEGER NOT NULL,
  -- fresh: certainly not there; doubt: perhaps there; held: there, undecided; done: decided
  state TEXT NOT NULL CHECK (state IN ('fresh', 'doubt', 'held', 'done')),
  -- since when look-ups do not show a row in doubt
  absent_since TEXT,
  result_json TEXT,
  changed_at TEXT NOT NULL,
  PRIMARY KEY (batch_id, item_no),
  FOREIGN KEY (batch_id, item_no) REFERENCES batch_item (batch_id, item_no)
) STRICT;
-- what such a platform said about a batch, or a person in its place
CREATE TABLE row_evidence (
  evidence_id INTEGER PRIMARY KEY,
  batch_id TEXT NOT NULL REFERENCES batch (batch_id),
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  raw BLOB NOT NULL
) STRICT;
CREATE INDEX row_evidence_batch ON row_evidence (batch_id);
CREATE TRIGGER row_evidence_no_delete BEFORE DELETE ON row_evidence
BEGIN SELECT RAISE(ABORT, 'answers are kept for ever'); END;
`,
}
