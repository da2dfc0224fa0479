import { recordBytesCase, recordCase } from './csv-mutation'
import type { FuzzCase } from './fuzz-case'
import type { Seeded } from './seeded'
import { bytesCase, cellsCase, membersCase, partXmlCase, rowXmlCase } from './workbook-mutation'

/** Ways to spoil a file, by name. */
export const fileCases = {
  'workbook-bytes': bytesCase,
  'workbook-members': membersCase,
  'workbook-xml': partXmlCase,
  'workbook-row': rowXmlCase,
  'workbook-cells': cellsCase,
  'csv-record': recordCase,
  'csv-bytes': recordBytesCase,
} as const satisfies Readonly<Record<string, (random: Seeded) => FuzzCase>>

export type FileKind = keyof typeof fileCases

/** What one case of the fuzzer is about. */
export type FuzzKind = FileKind | 'pack'

export const fuzzKinds = [
  ...(Object.keys(fileCases) as FileKind[]),
  'pack',
] as const satisfies readonly FuzzKind[]
