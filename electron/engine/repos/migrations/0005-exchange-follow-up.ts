import type { Migration } from '@engine/repos/migration'

/**
 * What a desk must remember after sending: that the platform has once denied a batch, answers to its notices, records
 * that were set aside, disputes, what a reconciliation found, and what was seen of the line while sending failed.
 */
export const exchangeFollowUp: Migration = {
  version: 5,
  name: 'exchange-follow-up',
  sql: `
-- when the platform first said that it does not have a batch that it once had open; null when it never did
ALTER TABLE outbox ADD COLUMN absent_at TEXT;

-- records whose content the platform will not take; few, whatever the size of the desk
CREATE INDEX record_quarantined ON record (record_id) WHERE delivery = 'quarantined';
CREATE TABLE quarantine (
  record_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  batch_id TEXT NOT NULL REFERENCES batch (batch_id),
  -- code of the failure, and the platform's own code and words as far as it gave any
  failure TEXT NOT NULL,
  detail TEXT NOT NULL,
  quarantined_at TEXT NOT NULL,
  -- 'open', 'repair' (given back to be changed) or 'released' (goes again as it is)
  state TEXT NOT NULL,
  PRIMARY KEY (record_id, revision, batch_id),
  FOREIGN KEY (record_id, revision) REFERENCES revision (record_id, revision)
) STRICT;

CREATE TABLE notice_answer (
  notice_id TEXT NOT NULL REFERENCES notice (notice_id),
  answer TEXT NOT NULL,
  record_id TEXT,
  revision INTEGER,
  reason TEXT,
  -- names of the documents that stand behind a dispute: JSON list of texts
  evidence_json TEXT NOT NULL,
  -- 'waiting', 'sent' or 'refused'
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_try_at TEXT,
  last_failure TEXT,
  answered_by TEXT NOT NULL,
  answered_at TEXT NOT NULL,
  sent_at TEXT,
  PRIMARY KEY (notice_id, answer)
) STRICT;
CREATE INDEX notice_answer_waiting ON notice_answer (answered_at) WHERE state = 'waiting';

CREATE TABLE dispute (
  dispute_id TEXT PRIMARY KEY NOT NULL,
  record_id TEXT NOT NULL REFERENCES record (record_id),
  revision INTEGER NOT NULL,
  -- the notice that it answers; null for a dispute about a verdict
  notice_id TEXT,
  reason TEXT NOT NULL,
  evidence_json TEXT NOT NULL,
  -- 'open', 'upheld' (the platform gave way) or 'dropped'
  state TEXT NOT NULL,
  opened_by TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  closed_at TEXT,
  outcome TEXT
) STRICT;
CREATE UNIQUE INDEX dispute_open ON dispute (record_id, revision) WHERE state = 'open';

CREATE TABLE reconciliation (
  run_id TEXT PRIMARY KEY NOT NULL,
  started_at TEXT NOT NULL,
  -- null when the run was cut short
  finished_at TEXT,
  batches INTEGER NOT NULL,
  items INTEGER NOT NULL,
  lost INTEGER NOT NULL,
  differing INTEGER NOT NULL,
  surplus INTEGER NOT NULL,
  failure TEXT
) STRICT;
CREATE INDEX reconciliation_started ON reconciliation (started_at);
CREATE TABLE reconciliation_finding (
  run_id TEXT NOT NULL REFERENCES reconciliation (run_id),
  finding_no INTEGER NOT NULL,
  -- 'lost', 'differs' or 'surplus'
  kind TEXT NOT NULL,
  batch_id TEXT NOT NULL,
  item_no INTEGER,
  record_id TEXT,
  revision INTEGER,
  -- what the desk holds and what the platform said: JSON of codes, references and hashes
  ours_json TEXT NOT NULL,
  theirs_json TEXT NOT NULL,
  -- null while a person has to act
  resolved_at TEXT,
  resolution TEXT,
  PRIMARY KEY (run_id, finding_no)
) STRICT;

CREATE TABLE line_probe (
  probe_no INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  -- verdict: 'local', 'gateway', 'platform', 'ok'
  fault TEXT NOT NULL,
  -- each step with what it showed: JSON
  steps_json TEXT NOT NULL,
  -- SM3 over the probe and the hash before it, and the desk's SM2 signature over that hash
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  signature TEXT NOT NULL
) STRICT;
CREATE INDEX line_probe_at ON line_probe (at);
CREATE TRIGGER line_probe_no_update BEFORE UPDATE ON line_probe
BEGIN SELECT RAISE(ABORT, 'probes are evidence and never change'); END;
CREATE TRIGGER line_probe_no_delete BEFORE DELETE ON line_probe
BEGIN SELECT RAISE(ABORT, 'probes are evidence and never change'); END;
`,
}
