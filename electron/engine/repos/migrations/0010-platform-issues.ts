import type { Migration } from '@engine/repos/migration'

/** What platforms have refused is looked at before every submission; it is little beside the desk's own findings. */
export const platformIssues: Migration = {
  version: 10,
  name: 'platform-issues',
  sql: `
CREATE INDEX issue_platform ON issue (field, value_at, code) WHERE source = 'platform' AND severity = 'error';
`,
}
