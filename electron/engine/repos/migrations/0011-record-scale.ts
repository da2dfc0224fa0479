import type { Migration } from '@engine/repos/migration'

/**
 * Lets a desk of a million records be paged, counted and searched: each order of the grid has an index that starts with
 * type and place, counts are kept as records move, and texts are found by their three-character pieces.
 */
export const recordScale: Migration = {
  version: 11,
  name: 'record-scale',
  sql: `
-- lane, delivery and whether it arrived in time: every filter of the grid is some types, some places, some due dates
ALTER TABLE record ADD COLUMN place TEXT GENERATED ALWAYS AS (lane || '.' || delivery || '.' || CASE
  WHEN first_received_at IS NULL THEN 'open'
  WHEN date(first_received_at, '+8 hours') > due_on THEN 'late'
  ELSE 'met' END) VIRTUAL;

DROP INDEX record_danger;
DROP INDEX record_type_danger;
DROP INDEX record_search;
DROP INDEX record_updated;
DROP INDEX record_subject_name;
CREATE INDEX record_by_danger ON record (record_type, place, danger, record_id);
-- the others carry the due date with its rank, so that only rows of the page are fetched
CREATE INDEX record_by_updated ON record (record_type, place, updated_at, record_id, danger);
CREATE INDEX record_by_legal_date ON record (record_type, place, legal_date, record_id, danger);
CREATE INDEX record_by_doc_no ON record (record_type, place, doc_key, record_id, danger);
CREATE INDEX record_by_subject ON record (record_type, place, subject_name, record_id, danger);

-- how many records stand where; the due date is kept only while somebody may still be late
CREATE TABLE record_tally (
  record_type TEXT NOT NULL,
  place TEXT NOT NULL,
  danger TEXT NOT NULL,
  records INTEGER NOT NULL CHECK (records >= 0),
  PRIMARY KEY (record_type, place, danger)
) STRICT, WITHOUT ROWID;
INSERT INTO record_tally (record_type, place, danger, records)
  SELECT record_type, place, ${tallied('record')} AS due, count(*) FROM record GROUP BY record_type, place, due;
CREATE TRIGGER record_tally_insert AFTER INSERT ON record
BEGIN ${counted('+', 'new')} END;
CREATE TRIGGER record_tally_update AFTER UPDATE ON record
WHEN old.record_type <> new.record_type OR old.place <> new.place OR old.danger <> new.danger
BEGIN ${counted('-', 'old')} ${counted('+', 'new')} END;
CREATE TRIGGER record_tally_delete AFTER DELETE ON record
BEGIN ${counted('-', 'old')} END;

-- two more characters at the end, so that its last two begin a piece of three as well
CREATE VIRTUAL TABLE record_grams USING fts5 (
  search_text, content='', columnsize=0, detail=none, tokenize='trigram case_sensitive 1');
CREATE VIRTUAL TABLE record_gram_terms USING fts5vocab (record_grams, row);
INSERT INTO record_grams (rowid, search_text) SELECT rowid, search_text || char(10, 10) FROM record ORDER BY rowid;
CREATE TRIGGER record_grams_insert AFTER INSERT ON record
BEGIN INSERT INTO record_grams (rowid, search_text) VALUES (new.rowid, new.search_text || char(10, 10)); END;
CREATE TRIGGER record_grams_update AFTER UPDATE OF search_text ON record WHEN old.search_text <> new.search_text
BEGIN
  INSERT INTO record_grams (record_grams, rowid, search_text)
    VALUES ('delete', old.rowid, old.search_text || char(10, 10));
  INSERT INTO record_grams (rowid, search_text) VALUES (new.rowid, new.search_text || char(10, 10));
END;
CREATE TRIGGER record_grams_delete AFTER DELETE ON record
BEGIN
  INSERT INTO record_grams (record_grams, rowid, search_text)
    VALUES ('delete', old.rowid, old.search_text || char(10, 10));
END;
`,
}

function tallied(row: string): string {
  return `CASE WHEN ${row}.lane = 'discarded' OR (${row}.first_received_at IS NOT NULL AND ${row}.danger >= '1')
  THEN substr(${row}.danger, 1, 1) ELSE ${row}.danger END`
}

function counted(sign: '+' | '-', row: 'new' | 'old'): string {
  const columns = `${row}.record_type, ${row}.place, ${tallied(row)}`
  return sign === '+'
    ? `INSERT INTO record_tally (record_type, place, danger, records) VALUES (${columns}, 1)
  ON CONFLICT (record_type, place, danger) DO UPDATE SET records = records + 1;`
    : `UPDATE record_tally SET records = records - 1 WHERE (record_type, place, danger) = (${columns});`
}
