import { guessRecordType } from '@engine/sheets/record-type-guess'
import type { SheetRow } from '@engine/sheets/sheet-types'
import { importedFields } from '@engine/sheets/header-matching'
import { readableTypes } from '@engine/standards/readable-types'
import { loadInstalledStandard } from '@engine/standards/installed-standard'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const standard = loadInstalledStandard(resolve(import.meta.dirname, '../../../resources'))
const specs = readableTypes(standard).map((type) => type.spec)

const headerOf = (texts: readonly string[]): readonly SheetRow[] => [
  { row: 1, cells: texts.map((text) => ({ text, kind: 'text' as const })) },
]
const guess = (texts: readonly string[], sheetName?: string) =>
  guessRecordType(headerOf(texts), specs, sheetName)

describe('the record type of a sheet, among all that there are', () => {
  it.each(specs.map((spec) => [spec.code, spec] as const))('%s is known by its labels', (code, spec) => {
    const [best, second] = guess(importedFields(spec).map((field) => field.label))
    expect(best?.recordType).toBe(code)
    expect(best!.score - (second?.score ?? 0)).toBeGreaterThan(0.03)
  })

  it.each(specs.map((spec) => [spec.code, spec] as const))('%s is known by its codes', (code, spec) => {
    expect(guess(importedFields(spec).map((field) => field.code))[0]?.recordType).toBe(code)
  })

  it.each(specs.map((spec) => [spec.code, spec] as const))(
    '%s is among the best by what it requires, and the best in a sheet of its name',
    (code, spec) => {
      const labels = importedFields(spec)
        .filter((field) => field.required === 'always')
        .map((field) => field.label)
      const guesses = guess(labels)
      const own = guesses.find(({ recordType }) => recordType === code)!
      expect(guesses[0]!.score - own.score).toBeLessThan(0.03)
      expect(guess(labels, spec.title)[0]?.recordType).toBe(code)
    },
  )
})
