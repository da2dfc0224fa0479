import type { Migration } from '@engine/repos/migration'

/** The field that a record's headline is about, so that the grid marks it; records on disk get it from their issues. */
export const headlineField: Migration = {
  version: 2,
  name: 'headline-field',
  sql: `
ALTER TABLE record ADD COLUMN headline_field TEXT;

UPDATE record SET headline_field = (
  SELECT field FROM issue
  WHERE issue.record_id = record.record_id AND issue.revision = record.head_revision
    AND issue.code = record.headline_code AND issue.confirmed_by IS NULL
  ORDER BY issue_id LIMIT 1)
WHERE headline_code IS NOT NULL;
`,
}
