import type { Migration } from '@engine/repos/migration'

/**
 * Keeps the cells of columns that no field takes: they are the bureau's own and come back with the row. Thousands of
 * rows share one line, so that an import of a hundred thousand rows writes a few dozen.
 */
export const passedThrough: Migration = {
  version: 4,
  name: 'passed-through',
  sql: `
CREATE TABLE import_passed (
  import_id TEXT NOT NULL REFERENCES import_run (import_id),
  first_row INTEGER NOT NULL,
  last_row INTEGER NOT NULL,
  -- {"columns":[zero-based],"rows":{"row":[text by place in columns]}}
  cells_json TEXT NOT NULL,
  PRIMARY KEY (import_id, first_row)
) STRICT;
`,
}
