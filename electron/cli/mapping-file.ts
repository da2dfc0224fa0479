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
    refuse('usage.invalid', { detail: `列对应文件“${basename(path)}”读不到或不是 JSON` })
  }
  const parsed = v.safeParse(schema, json)
  if (!parsed.success)
    refuse('usage.invalid', { detail: `列对应文件“${basename(path)}”应是 {"列号": "字段代码"}` })
  return parsed.output
}
