import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { withBenchFolder } from './bench-folder'
import type { ImportTold, PostTold, SubmitTold } from './desk-programs'
import { printFigures } from './figure-table'
import { writeLicenceCsv } from './licence-file'
import { measure, serve } from './measured-process'
import type { PlatformTold } from './platform-programs'

/** The sum of some steps; a step that was never taken means that nothing of worth was measured. */
const total = ({ steps }: SubmitTold, ...names: readonly string[]): number =>
  names.reduce((sum, name) => {
    const ms = steps[name]
    if (ms === undefined) throw new Error(`no step ${name} in ${JSON.stringify(steps)}`)
    return sum + ms
  }, 0)

/**
 * Seals licences and sends them: once to a platform that only reads and answers, which shows what the desk's own part
 * of sending costs beside posting the same bytes with plain axios to the same process, and once to the practice
 * platform until every record is accepted.
 */
export const benchSubmit = (records: number): Promise<void> =>
  withBenchFolder(async (folder) => {
    const desk = join(folder, 'desk')
    const deskOfReader = join(folder, 'desk-of-reader')
    const file = join(folder, 'licences.csv')
    await writeLicenceCsv({ path: file, rows: records, hasIssues: false })
    await measure('new-desk', desk)
    const { clean } = (await measure<ImportTold>('import', desk, file, 'raised')).told
    if (clean !== records) throw new Error(`${clean} of ${records} licences are clean`)
    cpSync(desk, deskOfReader, { recursive: true })

    const reader = await serve<PlatformTold>('reader')
    const toReader = await measure<SubmitTold>('submit', deskOfReader, JSON.stringify(reader.told.link))
    const posted = (await measure<PostTold>('post-parts', deskOfReader, reader.told.plainUrl)).told
    await reader.stop()

    const platform = await serve<PlatformTold>('practice', join(folder, 'platform'))
    const submitted = await measure<SubmitTold>('submit', desk, JSON.stringify(platform.told.link))
    const postedAgain = (await measure<PostTold>('post-parts', desk, platform.told.plainUrl)).told
    await platform.stop()

    const { told } = submitted
    if (told.accepted !== records) throw new Error(`${told.accepted} of ${records} licences were accepted`)
    const sendingMs = total(toReader.told, 'send')
    const sendToSettledMs = total(told, 'begin', 'open', 'send', 'close', 'poll', 'items', 'receipt', 'apply')
    const megabytes = (posted.bytes / 2 ** 20).toFixed(1)
    printFigures(
      `Submission of ${records} licences, ${posted.parts} parts, ${megabytes} MB: ${told.accepted} accepted`,
      [
        { what: 'floor: the same bytes, plain axios, one by one', wallMs: posted.wallMs },
        {
          what: 'sending to a platform that only reads and answers',
          wallMs: sendingMs,
          beside: { 'plain axios': sendingMs / posted.wallMs },
        },
        { what: 'floor: plain axios to the process of the platform', wallMs: postedAgain.wallMs },
        { what: 'practice platform: check again and seal', wallMs: total(told, 'seal') },
        { what: 'practice platform: note as being sent', wallMs: total(told, 'begin', 'open') },
        {
          what: 'practice platform: send (it checks and stores each)',
          wallMs: total(told, 'send'),
          beside: { 'plain axios': total(told, 'send') / postedAgain.wallMs },
        },
        { what: 'practice platform: close, wait until settled', wallMs: total(told, 'close', 'poll') },
        {
          what: 'practice platform: fetch verdicts, verify, record',
          wallMs: total(told, 'items', 'receipt', 'apply'),
        },
        { what: 'practice platform: send to settled', wallMs: sendToSettledMs },
        { what: 'practice platform: the whole process', ...submitted },
      ],
    )
  })
