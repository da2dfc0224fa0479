import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { updateTrustSchema, type UpdateTrust } from '@shared/domain/update'

/** Whose updates this release takes; null when its file is missing or damaged: then it takes none. */
export function loadUpdateTrust(resourceDir: string): UpdateTrust | null {
  try {
    const text = readFileSync(join(resourceDir, 'updates', 'trust.json'), 'utf8')
    const parsed = v.safeParse(updateTrustSchema, JSON.parse(text))
    return parsed.success ? parsed.output : null
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code !== undefined) return null
    throw error
  }
}
