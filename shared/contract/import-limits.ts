import * as v from 'valibot'

const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))

/**
 * How much of a file an import accepts. A workbook is unpacked and read in a process of its own, which is stopped as soon
 * as one of these is passed.
 */
export const importLimitsSchema = v.strictObject({
  fileMb: whole(1, 500),
  /** Unpacked, over all parts that are read. */
  inflatedMb: whole(10, 4_000),
  /** Unpacked to packed, of one part beyond 8 MB. */
  ratio: whole(10, 1_000),
  rows: whole(100, 1_000_000),
  seconds: whole(5, 600),
  memoryMb: whole(128, 4_096),
})

export type ImportLimits = v.InferOutput<typeof importLimitsSchema>

/** What holds until somebody chooses otherwise. */
export const defaultImportLimits: ImportLimits = {
  fileMb: 50,
  inflatedMb: 600,
  ratio: 150,
  rows: 200_000,
  seconds: 60,
  memoryMb: 512,
}
