/** The platform's tables. It is a training aid: no migrations, a data folder of another layout is refused. */
export const LAYOUT_VERSION = 1

export const practiceSchema = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE desk (
  client_id TEXT PRIMARY KEY,
  public_key TEXT NOT NULL,
  bureau_code TEXT NOT NULL,
  bureau_name TEXT NOT NULL,
  enrolled_at TEXT NOT NULL
) STRICT;

CREATE TABLE nonce (
  client_id TEXT NOT NULL,
  nonce TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  PRIMARY KEY (client_id, nonce)
) STRICT;
CREATE INDEX nonce_seen ON nonce (seen_at);

CREATE TABLE batch (
  batch_id TEXT PRIMARY KEY,
  bureau TEXT NOT NULL,
  manifest_json TEXT NOT NULL,
  manifest_sha256 TEXT NOT NULL,
  item_count INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'processing', 'done', 'failed')),
  received_at TEXT NOT NULL,
  closed_seq INTEGER,
  receipt_json TEXT
) STRICT;

CREATE TABLE part (
  batch_id TEXT NOT NULL REFERENCES batch (batch_id),
  no INTEGER NOT NULL,
  PRIMARY KEY (batch_id, no)
) STRICT;

CREATE TABLE item (
  batch_id TEXT NOT NULL REFERENCES batch (batch_id),
  item_no INTEGER NOT NULL,
  bureau TEXT NOT NULL,
  record_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  op TEXT NOT NULL,
  natural_key TEXT,
  sha256 TEXT NOT NULL,
  item_json TEXT NOT NULL,
  outcome TEXT NOT NULL DEFAULT 'pending',
  platform_ref TEXT,
  errors_json TEXT NOT NULL DEFAULT '[]',
  duplicate_json TEXT NOT NULL DEFAULT 'null',
  PRIMARY KEY (batch_id, item_no)
) STRICT;
CREATE INDEX item_sha256 ON item (sha256);
CREATE INDEX item_natural_key ON item (natural_key);
CREATE INDEX item_open ON item (batch_id, outcome);

-- The first verdict on a revision is final: later deliveries get the same answer.
CREATE TABLE verdict (
  bureau TEXT NOT NULL,
  record_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  op TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  outcome TEXT NOT NULL,
  platform_ref TEXT,
  errors_json TEXT NOT NULL,
  duplicate_json TEXT NOT NULL,
  PRIMARY KEY (bureau, record_id, revision)
) STRICT;

-- What the platform holds of a record now.
CREATE TABLE holding (
  holding_id INTEGER PRIMARY KEY,
  platform_ref TEXT NOT NULL UNIQUE,
  bureau TEXT NOT NULL,
  record_id TEXT NOT NULL,
  natural_key TEXT,
  state TEXT NOT NULL CHECK (state IN ('live', 'revoked', 'withdrawn', 'takenDown')),
  revision INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  -- the delivery by which it stands
  batch_id TEXT NOT NULL,
  item_no INTEGER NOT NULL
) STRICT;
CREATE INDEX holding_record ON holding (bureau, record_id);
CREATE INDEX holding_key ON holding (natural_key);

CREATE TABLE effect (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  bureau TEXT NOT NULL,
  batch_id TEXT NOT NULL,
  item_no INTEGER NOT NULL,
  record_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  op TEXT NOT NULL,
  record_type TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  outcome TEXT NOT NULL,
  platform_ref TEXT NOT NULL,
  UNIQUE (bureau, record_id, revision)
) STRICT;

CREATE TABLE event (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  bureau TEXT,
  -- An event that follows from a batch is shown once that batch is done.
  batch_id TEXT,
  type TEXT NOT NULL,
  at TEXT NOT NULL,
  body_json TEXT NOT NULL
) STRICT;
CREATE INDEX event_batch ON event (batch_id, seq);

CREATE TABLE notice (notice_id TEXT PRIMARY KEY, bureau TEXT) STRICT;

CREATE TABLE notice_answer (
  notice_id TEXT NOT NULL REFERENCES notice (notice_id),
  answer TEXT NOT NULL,
  record_id TEXT,
  revision INTEGER,
  reason TEXT,
  received_at TEXT NOT NULL,
  PRIMARY KEY (notice_id, answer)
) STRICT;
`
