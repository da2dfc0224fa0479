import { parsePublicity, type PublicityTable } from '@shared/publicity/publicity-schema'
import { join } from 'node:path'
import { readJson } from './json-file'

/** The rules of public display that this release installs. */
const TABLE = 'publicity-2026-1.json'

/** Loads the rules of public display from the resource folder; refuses `publicity.invalid`. */
export const loadPublicityTable = (resourceDir: string): PublicityTable =>
  parsePublicity(readJson(join(resourceDir, 'publicity'), TABLE, 'publicity.invalid'))
