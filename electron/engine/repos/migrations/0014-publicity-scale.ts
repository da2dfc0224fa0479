import type { Migration } from '@engine/repos/migration'

/** Lets what is on display be counted and paged without looking at a million records. */
export const publicityScale: Migration = {
  version: 14,
  name: 'publicity-scale',
  sql: `
-- displays without a last day come last; whether the platform has published it answers most counts from the index alone
CREATE INDEX publicity_shown ON publicity_entry (coalesce(ends_on, '9999-12-31'), record_id, is_published)
  WHERE taken_down_on IS NULL;
`,
}
