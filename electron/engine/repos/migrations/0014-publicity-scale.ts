import type { Migration } from '@engine/repos/migration'

/** Lets what is on display be counted and paged without looking at a million records. */
export const publicityScale: Migration = {
  version: 14,
  name: 'publicity-scale',
  sql: `
-- the columns after the id let counts be answered from the index alone
DROP INDEX publicity_end;
CREATE INDEX publicity_end ON publicity_entry (ends_on, record_id, is_published, taken_down_on, display)
  WHERE taken_down_on IS NULL;
-- displays without a last day come last
CREATE INDEX publicity_shown
  ON publicity_entry (coalesce(ends_on, '9999-12-31'), record_id, is_published, taken_down_on)
  WHERE taken_down_on IS NULL;
`,
}
