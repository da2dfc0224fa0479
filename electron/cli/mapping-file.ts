import { usageTexts } from '@shared/texts/zh-CN/cli'
import { fill } from '@shared/texts/fill'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import * as v from 'valibot'
import { refuse } from '@shared/kernel/failure'

const schema = v.record(v.pipe(v.string(), v.regex(/^\d{1,4}$/)), v.nullable(v.string()))

/** A column mapping as a file gives it: zero-based column -> field code, or null for a column to pass through. */
export type ColumnMappingFile = v.InferOutput<typeof schema>

/** Reads a `--mapping` file (JSON); null when none was asked for. */
export function readMappingFile(path: string | null): ColumnMappingFile | null {
  if (path === null) return null
  let json: unknown
  try {
    json = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    refuse('usage.invalid', { detail: fill(usageTexts.mappingUnreadable, { file: basename(path) }) })
  }
  const parsed = v.safeParse(schema, json)
  if (!parsed.success)
    refuse('usage.invalid', { detail: fill(usageTexts.mappingShape, { file: basename(path) }) })
  return parsed.output
}
