import type { Migration } from '@engine/repos/migration'

/** The first schema. Every code is TEXT (a number would lose leading zeros), every table STRICT. */
export const initial: Migration = {
  version: 1,
  name: 'initial',
  sql: `
CREATE TABLE setting (
  key TEXT PRIMARY KEY NOT NULL,
  value_json TEXT NOT NULL
) STRICT;

CREATE TABLE record (
  record_id TEXT PRIMARY KEY NOT NULL,
  record_type TEXT NOT NULL,
  natural_key TEXT,
  -- 1 when another live record already owns the natural key; such a record is blocked by an issue
  is_duplicate INTEGER NOT NULL DEFAULT 0 CHECK (is_duplicate IN (0, 1)),
  doc_no TEXT NOT NULL,
  -- doc_no folded for comparison
  doc_key TEXT NOT NULL,
  subject_name TEXT NOT NULL,
  subject_code TEXT NOT NULL,
  legal_date TEXT NOT NULL,
  -- due_on is a copy for sorting and filtering; recomputed when the calendar changes
  due_on TEXT,
  head_revision INTEGER NOT NULL,
  -- copies of the head revision, for the grid
  op TEXT NOT NULL,
  quality TEXT NOT NULL,
  delivery TEXT NOT NULL,
  editorial TEXT NOT NULL,
  publicity TEXT NOT NULL DEFAULT 'none',
  open_issues INTEGER NOT NULL DEFAULT 0,
  headline_code TEXT,
  headline TEXT,
  held_reason TEXT,
  held_until TEXT,
  excluded_basis TEXT,
  excluded_reason TEXT,
  -- the reference and arrival of the accepted item, if any
  platform_ref TEXT,
  accepted_revision INTEGER,
  first_received_at TEXT,
  -- folded text over which the grid searches: names, codes, document number, pinyin initials
  search_text TEXT NOT NULL,
  origin_file_hash TEXT,
  origin_file_name TEXT,
  origin_sheet TEXT,
  origin_row INTEGER,
  import_id TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  -- where the record stands, one word for grid filters and desk counts; the axes above stay the truth
  lane TEXT NOT NULL GENERATED ALWAYS AS (CASE
    WHEN editorial = 'discarded' THEN 'discarded'
    WHEN delivery IN ('sealed', 'sending', 'processing', 'unknown', 'quarantined') THEN 'in_flight'
    WHEN delivery IN ('accepted', 'warned') THEN 'accepted'
    WHEN excluded_basis IS NOT NULL THEN 'excluded'
    WHEN editorial = 'held' THEN 'held'
    WHEN delivery IN ('rejected', 'revoked', 'duplicate') THEN 'rejected'
    WHEN editorial = 'in_review' THEN 'in_review'
    WHEN quality = 'blocked' OR is_duplicate = 1 THEN 'blocked'
    WHEN quality = 'warned' THEN 'unconfirmed'
    WHEN editorial IN ('checked', 'approved') THEN 'ready'
    ELSE 'blocked' END) VIRTUAL,
  -- order of danger: records whose clock still runs, by due date (none last); then those that have reached the
  -- platform; then changes of accepted records; then what is settled, excluded, discarded
  danger TEXT NOT NULL GENERATED ALWAYS AS (CASE
    WHEN editorial = 'discarded' THEN '9'
    WHEN delivery IN ('accepted', 'warned') THEN '5'
    WHEN excluded_basis IS NOT NULL THEN '6'
    WHEN first_received_at IS NOT NULL AND delivery <> 'revoked' THEN '4'
    WHEN delivery = 'processing' THEN '3'
    ELSE '0' END || coalesce(due_on, '9999-99-99')) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX record_natural_key ON record (natural_key)
  WHERE natural_key IS NOT NULL AND is_duplicate = 0 AND editorial <> 'discarded';
-- each carries all that a filter of the grid looks at, so that only the rows of one page are fetched
CREATE INDEX record_danger ON record (danger, record_id, lane, record_type);
CREATE INDEX record_type_danger ON record (record_type, danger, record_id, lane);
CREATE INDEX record_lane ON record (lane, danger, record_id, record_type);
CREATE INDEX record_search ON record (search_text, danger, record_id, lane, record_type);
CREATE INDEX record_updated ON record (updated_at, record_id);
CREATE INDEX record_legal_date ON record (legal_date, record_id);
CREATE INDEX record_doc_key ON record (doc_key, record_id);
CREATE INDEX record_subject_name ON record (subject_name, record_id);
CREATE INDEX record_subject_code ON record (subject_code);
CREATE INDEX record_origin ON record (origin_file_hash, origin_row) WHERE origin_file_hash IS NOT NULL;
CREATE INDEX record_platform_ref ON record (platform_ref) WHERE platform_ref IS NOT NULL;
CREATE INDEX record_received ON record (first_received_at, record_type, due_on) WHERE first_received_at IS NOT NULL;

CREATE TABLE revision (
  record_id TEXT NOT NULL REFERENCES record (record_id),
  revision INTEGER NOT NULL,
  op TEXT NOT NULL,
  reason TEXT,
  -- raw cells as read where they differ from the value, and the normalised values: JSON of field -> text
  raw_json TEXT NOT NULL,
  value_json TEXT NOT NULL,
  changes_json TEXT NOT NULL,
  -- SHA-256 of the canonical payload
  sha256 TEXT NOT NULL,
  standard_id TEXT NOT NULL,
  standard_version TEXT NOT NULL,
  quality TEXT NOT NULL,
  delivery TEXT NOT NULL,
  in_reply_to INTEGER,
  author TEXT NOT NULL,
  approved_by TEXT,
  approved_sha256 TEXT,
  created_at TEXT NOT NULL,
  PRIMARY KEY (record_id, revision)
) STRICT;
-- Content of a revision never changes; only its quality, approval and delivery move.
CREATE TRIGGER revision_append_only BEFORE UPDATE OF record_id, revision, op, raw_json, value_json, sha256, in_reply_to, author, created_at ON revision
BEGIN SELECT RAISE(ABORT, 'revision content is append-only'); END;
CREATE TRIGGER revision_no_delete BEFORE DELETE ON revision
BEGIN SELECT RAISE(ABORT, 'revisions are never deleted'); END;

CREATE TABLE issue (
  issue_id INTEGER PRIMARY KEY,
  record_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('local', 'platform')),
  code TEXT NOT NULL,
  severity TEXT NOT NULL,
  field TEXT,
  value_at TEXT,
  params_json TEXT NOT NULL,
  fix_json TEXT,
  confirmed_by TEXT,
  confirmed_reason TEXT,
  FOREIGN KEY (record_id, revision) REFERENCES revision (record_id, revision)
) STRICT;
CREATE INDEX issue_record ON issue (record_id, revision);

CREATE TABLE import_run (
  import_id TEXT PRIMARY KEY NOT NULL,
  file_hash TEXT NOT NULL,
  file_name TEXT NOT NULL,
  record_type TEXT NOT NULL,
  sheet TEXT NOT NULL,
  header_row INTEGER NOT NULL,
  mapping_json TEXT NOT NULL,
  -- written again with every chunk, so that it is true for what was committed whatever happens next
  summary_json TEXT NOT NULL,
  -- header cells and the raw cells of rows with issues, for the error workbook
  header_json TEXT NOT NULL,
  started_at TEXT NOT NULL,
  -- NULL when the import was cut short: cancelled or stopped
  finished_at TEXT
) STRICT;
CREATE INDEX import_run_hash ON import_run (file_hash);
CREATE TABLE import_row (
  import_id TEXT NOT NULL REFERENCES import_run (import_id),
  row INTEGER NOT NULL,
  record_id TEXT,
  cells_json TEXT NOT NULL,
  issues_json TEXT NOT NULL,
  PRIMARY KEY (import_id, row)
) STRICT;

CREATE TABLE batch (
  batch_id TEXT PRIMARY KEY NOT NULL,
  label TEXT NOT NULL,
  standard_id TEXT NOT NULL,
  standard_version TEXT NOT NULL,
  state TEXT NOT NULL,
  item_count INTEGER NOT NULL,
  manifest_json TEXT NOT NULL,
  manifest_sha256 TEXT NOT NULL,
  sealed_at TEXT NOT NULL,
  received_at TEXT,
  settled_at TEXT,
  receipt_no TEXT,
  counts_json TEXT,
  items_cursor INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX batch_sealed ON batch (sealed_at, batch_id);
CREATE TABLE batch_part (
  batch_id TEXT NOT NULL REFERENCES batch (batch_id),
  no INTEGER NOT NULL,
  items INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (batch_id, no)
) STRICT;
CREATE TABLE batch_item (
  batch_id TEXT NOT NULL REFERENCES batch (batch_id),
  item_no INTEGER NOT NULL,
  record_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  op TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  outcome TEXT,
  platform_ref TEXT,
  -- the item result as the platform gave it, canonical JSON: what the receipt's items hash is over
  result_json TEXT,
  PRIMARY KEY (batch_id, item_no)
) STRICT;
CREATE INDEX batch_item_record ON batch_item (record_id, revision);

CREATE TABLE outbox (
  batch_id TEXT PRIMARY KEY NOT NULL REFERENCES batch (batch_id),
  attempts INTEGER NOT NULL DEFAULT 0,
  next_try_at TEXT,
  locked_by TEXT,
  locked_at TEXT,
  last_failure TEXT
) STRICT;

CREATE TABLE receipt (
  receipt_id INTEGER PRIMARY KEY,
  batch_id TEXT NOT NULL REFERENCES batch (batch_id),
  raw BLOB NOT NULL,
  sha256 TEXT NOT NULL,
  verified INTEGER NOT NULL DEFAULT 0 CHECK (verified IN (0, 1)),
  problem TEXT,
  fetched_at TEXT NOT NULL
) STRICT;
CREATE INDEX receipt_batch ON receipt (batch_id);
CREATE TRIGGER receipt_no_delete BEFORE DELETE ON receipt
BEGIN SELECT RAISE(ABORT, 'receipts are kept for ever'); END;

CREATE TABLE feed_state (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  cursor TEXT NOT NULL,
  high_water TEXT
) STRICT;
CREATE TABLE feed_event (
  event_id TEXT PRIMARY KEY NOT NULL,
  seq INTEGER NOT NULL,
  type TEXT NOT NULL,
  body_json TEXT NOT NULL,
  applied_at TEXT NOT NULL
) STRICT;
CREATE TABLE notice (
  notice_id TEXT PRIMARY KEY NOT NULL,
  kind TEXT NOT NULL,
  record_id TEXT,
  platform_ref TEXT,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  body_json TEXT NOT NULL,
  due_on TEXT,
  state TEXT NOT NULL,
  received_at TEXT NOT NULL
) STRICT;

CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  act TEXT NOT NULL,
  ref TEXT,
  body_json TEXT NOT NULL,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX audit_ref ON audit (ref, seq);
-- the news of a desk; the mass of rows about single imported records stays out
CREATE INDEX audit_act ON audit (act, seq) WHERE act <> 'record.imported';
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
`,
}
