import type { RepairView } from '@shared/contract/views/import-views'
import { maskValue } from '@shared/standard/mask'
import { repairProof } from '@shared/standard/repair-proof'
import type { CompiledType, Normalisation } from '@shared/standard/standard'
import { fieldOf } from './checking-issue-view'

/** What normalising changed in one field, for people: before, after and the proof; personal values masked. */
export function repairView(type: CompiledType, change: Normalisation): RepairView {
  const field = fieldOf(type, change.field)
  const shown = (text: string): string => (field === null ? text : maskValue(field, text))
  return {
    ...change,
    raw: shown(change.raw),
    value: shown(change.value),
    fieldLabel: field?.label ?? change.field,
    proof: field === null ? null : repairProof(field, change),
  }
}
