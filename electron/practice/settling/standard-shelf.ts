import type { Capabilities, StandardRef } from '@shared/domain/exchange'
import type { CompiledStandard, CompiledType } from '@shared/standard/standard'
import { createPayloadCheck } from './payload-check'
import type { PayloadCheck } from './payload-check'

/** A record type of a standard that the platform takes. */
export interface ShelvedType {
  readonly type: CompiledType
  readonly check: PayloadCheck
}

/** The standards of the platform by the day. */
export interface StandardShelf {
  /** Those in force on a business date, with their terms. */
  inForce(today: string): Capabilities['standards']
  /** A record type of a standard in force, or null when either is not taken. */
  find(standard: StandardRef, recordType: string, today: string): ShelvedType | null
  /** Takes one more standard. */
  add(standard: CompiledStandard): void
}

export function createStandardShelf(standards: readonly CompiledStandard[]): StandardShelf {
  const shelve = ({ pack, types }: CompiledStandard) => ({
    pack,
    types: new Map([...types].map(([code, type]) => [code, { type, check: createPayloadCheck(pack, type) }])),
  })
  const shelved = standards.map(shelve)
  const isInForce = (pack: CompiledStandard['pack'], today: string): boolean =>
    pack.from <= today && (pack.to === null || today <= pack.to)
  return {
    inForce: (today) =>
      shelved
        .filter(({ pack }) => isInForce(pack, today))
        .map(({ pack: { id, version, from, to } }) => ({ id, version, from, to })),
    add(standard) {
      shelved.push(shelve(standard))
    },
    find(standard, recordType, today) {
      const shelf = shelved.find(({ pack }) => pack.id === standard.id && pack.version === standard.version)
      return shelf !== undefined && isInForce(shelf.pack, today)
        ? (shelf.types.get(recordType) ?? null)
        : null
    },
  }
}
