import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Failure } from '@shared/kernel/failure'
import { compileStandard } from '@shared/standard/compile-standard'
import { parsePack } from '@shared/standard/pack-schema'
import type { CompiledStandard } from '@shared/standard/standard'
import { validateFile } from '@engine/services/file-validation'
import { silentTask } from '@engine/services/tasks-service'
import { openSheetFile } from '@engine/sheets/file-reader'
import { nodeSheetLauncher } from '@engine/sheets/node-sheet-launcher'
import { defaultSheetLimits } from '@engine/sheets/sheet-limits'
import type { SheetLimits } from '@engine/sheets/sheet-limits'
import type { SheetRow } from '@engine/sheets/sheet-types'
import { readPack } from '@engine/standards/standard-loader'
import type { FuzzCase } from './fuzz-case'
import { fileCases, type FuzzKind } from './fuzz-cases'
import { failureOf, judgeCounts, judgeFailure, judgeGoodRows, judgeRows, Violation } from './oracle'
import { mutatePack } from './pack-mutation'
import { Seeded } from './seeded'
import { fuzzTable } from './table-of-fuzz'

/** Small caps, so that a case can reach them. */
const limits: SheetLimits = {
  ...defaultSheetLimits,
  inflatedBytes: 20 * 1024 * 1024,
  rows: 5_000,
  columns: 200,
}
/** Refusals of the small caps: the whole way has the wider ones of the product. */
const isOfCap = ({ code }: Failure): boolean => code.startsWith('input.too-')
/**
 * One case in so many goes the whole way: through the child process, the standard and the checks. Prime to the number of
 * kinds, so that every kind has its turn.
 */
const WHOLE_WAY = 11
const TODAY = '2026-11-20'
const clock = { now: () => `${TODAY}T01:00:00.000Z` }

/** How a case ended, for the count. */
export type CaseEnd = 'taken' | 'refused'

/** Where the fuzzer finds what it needs. */
export interface Workshop {
  readonly folder: string
  readonly packFolder: string
  readonly sheetChild: string
}

/** Runs cases by kind and seed; throws a `Violation`, or whatever the product threw, when one goes wrong. */
export class CaseRunner {
  private readonly pack: object
  private readonly standard: CompiledStandard

  constructor(private readonly workshop: Workshop) {
    this.pack = readPack(workshop.packFolder)
    this.standard = compileStandard(parsePack(this.pack))
  }

  async run(kind: FuzzKind, seed: number): Promise<CaseEnd> {
    const random = new Seeded(seed)
    if (kind === 'pack') return this.runPack(random)
    const one = fileCases[kind](random)
    const path = join(this.workshop.folder, one.name)
    writeFileSync(path, one.bytes)
    const end = await this.read(one, path)
    if (seed % WHOLE_WAY === 0) await this.check(one, path, end)
    return end === 'capped' ? 'refused' : end
  }

  private async read(one: FuzzCase, path: string): Promise<CaseEnd | 'capped'> {
    const rows: SheetRow[] = []
    try {
      const source = await openSheetFile({ path }, limits)
      await source.inspect()
      const reading = source.rows(null)
      for (let step = await reading.next(); step.done !== true; step = await reading.next())
        rows.push(...step.value)
    } catch (error) {
      const failure = failureOf(error)
      judgeFailure(failure)
      return isOfCap(failure) ? 'capped' : 'refused'
    }
    judgeRows(one, rows, limits)
    return 'taken'
  }

  /** The same file through the child process into the checks; what cannot be read cannot be checked. */
  private async check(one: FuzzCase, path: string, readEnd: CaseEnd | 'capped'): Promise<void> {
    const launchSheetChild = nodeSheetLauncher(this.workshop.sheetChild)
    const request = { path, name: 'a', recordType: 'XZXK_FR', sheet: null }
    try {
      const summary = await validateFile(
        { standard: this.standard, launchSheetChild, clock },
        request,
        silentTask,
      )
      if (readEnd === 'refused') throw new Violation('the checks took what the reader refused')
      judgeCounts(summary)
      if (one.table === fuzzTable) judgeGoodRows(one, summary)
    } catch (error) {
      judgeFailure(failureOf(error))
    }
  }

  /** A pack is refused with a path, or it is good: every type of it can be worked with. */
  private runPack(random: Seeded): CaseEnd {
    let standard: CompiledStandard
    try {
      standard = compileStandard(parsePack(mutatePack(this.pack, random)))
    } catch (error) {
      const failure = failureOf(error)
      if (failure.code !== 'pack.invalid') throw new Violation(`a pack refused as ${failure.code}`)
      judgeFailure(failure)
      return 'refused'
    }
    for (const type of standard.types.values()) {
      const raw = Object.fromEntries(
        type.fields.map(({ code }, at) => [code, { text: fuzzTable[1]![at % 17]!, kind: 'text' as const }]),
      )
      const { values, issues } = type.normalise(raw)
      for (const issue of [...issues, ...type.check(values, { today: TODAY })]) type.message(issue)
      type.payload(values)
      type.naturalKey(values)
      type.searchValues(values)
    }
    return 'taken'
  }
}
