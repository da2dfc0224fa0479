import { compileStandard } from '@shared/standard/compile-standard'
import type { CompiledConversion } from '@shared/standard/convert-record'
import type { CompiledStandard, CompiledType } from '@shared/standard/standard'
import type { ReadingOrder, SheetLayout } from '@engine/sheets/reading-order'

/** How the rows of one sheet are read: its layout with the compiled standard. */
export interface ReadingPlan extends SheetLayout {
  readonly type: CompiledType
  /** What makes records of the standard in force from its rows; null when they are such records. */
  readonly conversion: CompiledConversion | null
}

/** What a process of its own needs of a standard to read records of one type. */
export function standardFor(
  { pack }: CompiledStandard,
  { type, conversion }: Pick<ReadingPlan, 'type' | 'conversion'>,
): Pick<ReadingOrder, 'recordType' | 'standard' | 'older'> {
  const recordType = type.spec.code
  if (conversion !== null) return { recordType, standard: pack, older: [conversion.older] }
  return { recordType, standard: { ...pack, recordTypes: [type.spec], conversions: {} }, older: [] }
}

/** The plan that an order stands for. */
export function planOf({ layout, recordType, standard, older }: ReadingOrder): ReadingPlan {
  const compiled = compileStandard(
    standard,
    older.map((pack) => compileStandard(pack)),
  )
  const conversion = compiled.conversions.get(recordType) ?? null
  const type = conversion?.source ?? compiled.types.get(recordType)
  if (type === undefined) throw new Error(`the standard has no type ${recordType}`)
  return { ...layout, type, conversion }
}
