import type { ImportSummary } from '@shared/contract/views/import-views'
import { cliTexts } from '@shared/texts/zh-CN/cli'
import { fill } from '@shared/texts/fill'

/** The public JSON of `import` and `validate`. */
export function importJson(summary: ImportSummary): unknown {
  return {
    file: summary.fileName,
    sha256: summary.sha256,
    rows: summary.rows,
    imported: summary.imported,
    updated: summary.updated,
    skipped: summary.skipped,
    clean: summary.clean,
    warned: summary.warned,
    blocked: summary.blocked,
    issues: summary.issues.map(({ row, column, field, code, severity, value, message }) => ({
      row,
      column,
      field,
      code,
      severity,
      value,
      message,
    })),
    issueCounts: summary.issueCounts,
  }
}

const SHOWN = 20

/** The same for people: the counts, then the first issues row by row. */
export function importText(summary: ImportSummary): string {
  const lines = [
    fill(summary.importId === null ? cliTexts.validateCounts : cliTexts.importCounts, {
      file: summary.fileName,
      rows: summary.rows,
      imported: summary.imported,
      updated: summary.updated,
      skipped: summary.skipped,
    }),
    fill(cliTexts.importQuality, { clean: summary.clean, warned: summary.warned, blocked: summary.blocked }),
  ]
  for (const issue of summary.issues.slice(0, SHOWN)) {
    lines.push(
      fill(cliTexts.importIssue, {
        row: issue.row,
        column: issue.column,
        field: issue.fieldLabel,
        message: issue.message,
      }),
    )
  }
  if (summary.issues.length > SHOWN) lines.push(fill(cliTexts.more, { count: summary.issues.length - SHOWN }))
  if (summary.issues.length === 0) lines.push(cliTexts.noProblems)
  return lines.join('\n')
}
