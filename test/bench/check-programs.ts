/** Checking records alone: by all rules of the standard, and by Ajv over what of them a JSON Schema can say. */
import { loadInstalledStandard, typeOf } from '@engine/standards/installed-standard'
import type { FieldValues } from '@shared/standard/pack'
import type { CompiledStandard } from '@shared/standard/standard'
import { resourceDir } from './bench-desk'
import { measureChecking } from './check-speed'
import { licenceColumns, licenceRow } from './licence-rows'

type Program = (args: readonly string[]) => Promise<void>

const TODAY = '2026-11-16'

/** Normalised licences, a few of them with issues. */
function records(standard: CompiledStandard, count: number): readonly FieldValues[] {
  const { normalise } = typeOf(standard, 'XZXK_FR')
  return Array.from({ length: count }, (_, index) => {
    const cells = licenceRow(index, true)
    const raw = licenceColumns.map((code, column) => [code, { text: cells[column]!, kind: 'text' }] as const)
    return normalise(Object.fromEntries(raw)).values
  })
}

const check: Program = ([count = '']) => {
  const standard = loadInstalledStandard(resourceDir)
  console.log(JSON.stringify(measureChecking(standard, records(standard, Number(count)), TODAY)))
  return Promise.resolve()
}

export const checkPrograms = { check }
