import { cpSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { storeFile } from '@engine/repos/data-folder'
import { withBenchFolder } from './bench-folder'
import type { ImportTold, StartTold } from './desk-programs'
import { printFigures } from './figure-table'
import { writeLicenceCsv } from './licence-file'
import { measure, measureEngine, serve } from './measured-process'
import type { PlatformTold } from './platform-programs'

/**
 * From the start of the program to the first page, for a desk with so many records: after it was closed, and after it
 * was killed in the middle of sending all of them.
 */
export const benchStart = (records: number): Promise<void> =>
  withBenchFolder(async (folder) => {
    const desk = join(folder, 'desk')
    const file = join(folder, 'licences.csv')
    await writeLicenceCsv({ path: file, rows: records, hasIssues: false })
    await measure('new-desk', desk)
    const { clean } = (await measure<ImportTold>('import', desk, file, 'raised')).told
    if (clean !== records) throw new Error(`${clean} of ${records} licences are clean`)
    const closed = await measureEngine<StartTold>('start', desk)

    const reader = await serve<PlatformTold>('reader')
    const how = await measure('die', desk, JSON.stringify(reader.told.link)).catch(() => 'killed')
    if (how !== 'killed') throw new Error('the desk did not die')
    const left = statSync(`${storeFile(desk)}-wal`).size
    // The first start puts the journal in order: the same one is needed for every look.
    const again = join(folder, 'again')
    cpSync(desk, again, { recursive: true })
    const killed = await measureEngine<StartTold>('start', desk)
    const killedAgain = await measureEngine<StartTold>('start', again)
    await reader.stop()

    const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0)
    printFigures(
      `Start with ${records} licences, store ${megabytes(statSync(storeFile(desk)).size)} MB, journal left ${megabytes(left)} MB`,
      [
        { what: 'closed in order: open', wallMs: closed.told.openMs },
        { what: 'closed in order: until the first page', wallMs: closed.told.usableMs },
        { what: 'closed in order: the whole process', ...closed },
        { what: 'killed while sending: open', wallMs: killed.told.openMs },
        { what: 'killed while sending: until the first page', wallMs: killed.told.usableMs },
        { what: 'killed while sending: the whole process', ...killed },
        { what: 'the same again: until the first page', wallMs: killedAgain.told.usableMs },
      ],
    )
  })
