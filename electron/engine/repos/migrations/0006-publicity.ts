import type { Migration } from '@engine/repos/migration'

/** What is on public display and until when, cases of credit repair, and changes of the decisions themselves. */
export const publicity: Migration = {
  version: 6,
  name: 'publicity',
  sql: `
-- records whose accepted content has changed since their term was last counted; the trigger sees every way there is
CREATE TABLE publicity_pending (
  record_id TEXT PRIMARY KEY NOT NULL
) STRICT;
CREATE TRIGGER record_accepted AFTER UPDATE OF accepted_revision ON record
WHEN new.accepted_revision IS NOT old.accepted_revision
BEGIN INSERT OR IGNORE INTO publicity_pending (record_id) VALUES (new.record_id); END;
INSERT INTO publicity_pending (record_id) SELECT record_id FROM record WHERE accepted_revision IS NOT NULL;

CREATE TABLE publicity_entry (
  record_id TEXT PRIMARY KEY NOT NULL REFERENCES record (record_id),
  -- the accepted revision that the term was counted from
  revision INTEGER,
  display TEXT NOT NULL CHECK (display IN ('penalty', 'licence', 'other')),
  table_version TEXT,
  -- the rule that gave the term; NULL for licences and where no rule covers the date
  rule_id TEXT,
  severity TEXT,
  sector TEXT NOT NULL DEFAULT '',
  is_published INTEGER NOT NULL CHECK (is_published IN (0, 1)),
  starts_on TEXT,
  minimum_until TEXT,
  maximum_until TEXT,
  -- last day of display
  ends_on TEXT,
  end_basis TEXT,
  doubts_json TEXT NOT NULL DEFAULT '[]',
  -- an order, a granted repair or an annulled decision ends display on this day
  ordered_on TEXT,
  -- first day on which it must not be displayed; NULL when nobody has to see to it
  off_from TEXT,
  published_on TEXT,
  taken_down_on TEXT,
  -- who looked at the public page and saw that it is gone; NULL when the platform said so
  confirmed_by TEXT,
  choice_json TEXT,
  chosen_by TEXT,
  chosen_reason TEXT
) STRICT;
CREATE INDEX publicity_off ON publicity_entry (off_from, record_id)
  WHERE taken_down_on IS NULL AND off_from IS NOT NULL;
CREATE INDEX publicity_end ON publicity_entry (ends_on, record_id) WHERE taken_down_on IS NULL;
CREATE INDEX publicity_gone ON publicity_entry (taken_down_on, record_id) WHERE taken_down_on IS NOT NULL;
CREATE INDEX record_leaving ON record (op, record_id) WHERE op IN ('takeDown', 'withdraw');

CREATE TABLE repair_case (
  case_id TEXT PRIMARY KEY NOT NULL,
  record_id TEXT NOT NULL REFERENCES record (record_id),
  state TEXT NOT NULL CHECK (state IN ('collecting', 'approved', 'applied', 'granted', 'refused', 'withdrawn', 'done')),
  earliest_on TEXT NOT NULL,
  rule_id TEXT NOT NULL,
  -- {"id": {"state": "received" | "not-needed", "note": ""}}
  materials_json TEXT NOT NULL,
  opened_by TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  letter_at TEXT,
  approved_by TEXT,
  approved_on TEXT,
  applied_on TEXT,
  decided_on TEXT,
  effect TEXT,
  note TEXT NOT NULL DEFAULT '',
  updated_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX repair_open ON repair_case (record_id)
  WHERE state IN ('collecting', 'approved', 'applied', 'granted');
CREATE INDEX repair_record ON repair_case (record_id, opened_at);

CREATE TABLE legal_event (
  event_id TEXT PRIMARY KEY NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('amended', 'revoked', 'annulled')),
  document TEXT NOT NULL,
  decided_on TEXT NOT NULL,
  reason TEXT NOT NULL,
  -- last day on which the platform must be told
  due_on TEXT NOT NULL,
  noted_by TEXT NOT NULL,
  noted_at TEXT NOT NULL
) STRICT;
CREATE TABLE legal_event_record (
  event_id TEXT NOT NULL REFERENCES legal_event (event_id),
  record_id TEXT NOT NULL REFERENCES record (record_id),
  answer TEXT NOT NULL CHECK (answer IN ('correct', 'withdraw', 'takeDown', 'discard')),
  -- head of the record when the event was noted: what the platform accepts later answers the event
  base_revision INTEGER NOT NULL,
  PRIMARY KEY (event_id, record_id)
) STRICT;
CREATE INDEX legal_event_of ON legal_event_record (record_id);
`,
}
