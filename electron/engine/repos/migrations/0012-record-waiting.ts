import type { Migration } from '@engine/repos/migration'

/** Finds the drafts of a desk, which each new day checks again, without looking at every record it has ever sent. */
export const recordWaiting: Migration = {
  version: 12,
  name: 'record-waiting',
  sql: `
CREATE INDEX record_waiting ON record (record_id, record_type)
  WHERE lane IN ('blocked', 'unconfirmed', 'ready', 'in_review', 'held', 'excluded') AND delivery = 'none';
`,
}
