import { loadStandard } from '@engine/standards/standard-loader'
import type { CompiledType } from '@shared/standard/standard'
import { resolve } from 'node:path'

/** The folder of the pack that the product ships. */
export const packFolder = resolve(import.meta.dirname, '../../../resources/standards/pingxiang-credit/2026.1')

export const standard = loadStandard(packFolder)

/** A record type of the shipped pack. */
export const typeOf = (code: string): CompiledType => {
  const type = standard.types.get(code)
  if (type === undefined) throw new Error(`no type ${code}`)
  return type
}
