import type { Migration } from '@engine/repos/migration'

/** Finds the record of a reference that a later acceptance of the same record has replaced. */
export const earlierReferences: Migration = {
  version: 9,
  name: 'earlier-references',
  sql: `
CREATE INDEX batch_item_reference ON batch_item (platform_ref, record_id) WHERE platform_ref IS NOT NULL;
`,
}
