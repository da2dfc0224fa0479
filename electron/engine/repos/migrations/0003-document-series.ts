import type { Migration } from '@engine/repos/migration'

/**
 * Reads a document number such as 萍市监许〔2026〕12号 as year, series and serial, so that numbers without a record
 * are found by an index, and keeps why there is none.
 */
export const documentSeries: Migration = {
  version: 3,
  name: 'document-series',
  sql: `
-- what follows the year, without 第, e.g. 12号
ALTER TABLE record ADD COLUMN doc_tail TEXT GENERATED ALWAYS AS (
  ltrim(substr(doc_key, instr(doc_key, '〕') + 1), '第')) VIRTUAL;
-- the year, a blank, then the number up to its bracketed year: one year is one stretch of the index; null without them
ALTER TABLE record ADD COLUMN doc_series TEXT GENERATED ALWAYS AS (CASE
  WHEN editorial <> 'discarded' AND instr(doc_key, '〕') > 5
    AND substr(doc_key, instr(doc_key, '〕') - 5, 5) GLOB '〔[12][0-9][0-9][0-9]'
    AND doc_tail GLOB '[0-9]*号*' AND CAST(doc_tail AS INTEGER) BETWEEN 1 AND 999999999
  THEN substr(doc_key, instr(doc_key, '〕') - 4, 4) || ' ' || substr(doc_key, 1, instr(doc_key, '〕')) END) VIRTUAL;
ALTER TABLE record ADD COLUMN doc_serial INTEGER GENERATED ALWAYS AS (
  CASE WHEN doc_series IS NOT NULL THEN CAST(doc_tail AS INTEGER) END) VIRTUAL;
CREATE INDEX record_series ON record (doc_series, doc_serial, legal_date) WHERE doc_series IS NOT NULL;

CREATE TABLE gap_explanation (
  series TEXT NOT NULL,
  serial INTEGER NOT NULL,
  reason TEXT NOT NULL,
  explained_by TEXT NOT NULL,
  explained_at TEXT NOT NULL,
  PRIMARY KEY (series, serial)
) STRICT;
`,
}
