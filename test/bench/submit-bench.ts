import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { taskStepTexts } from '@shared/texts/zh-CN/task-steps'
import { printFigures } from './figure-table'
import { writeLicenceCsv } from './licence-rows'
import { commandLine, measure, part, startNode } from './measured-process'
import { testBureau } from '@test/fixtures/invented-subjects'
import { writeFileSync } from 'node:fs'

const DECIDED_ON = '2026-11-10'
const NOW = '2026-11-16T09:00:00+08:00'

/** Starts a server process and gives the first line it prints. */
async function startServer(args: readonly string[]) {
  const child = startNode(args)
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string]
  return { line, stop: () => child.kill('SIGTERM') }
}

interface SubmitJson {
  readonly batches: readonly { readonly items: number; readonly accepted: number }[]
}

/**
 * Seals licences and sends them to a practice platform on the loopback until all are settled, beside posting the very
 * same bytes with plain axios to a server that only reads them.
 */
export async function benchSubmit(records: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'xinbao-bench-submit-'))
  const desk = join(folder, 'desk')
  const csv = join(folder, 'licences.csv')
  const keyFile = join(folder, 'platform-key.hex')
  const platform = await startServer(
    commandLine('practice', '--data', join(folder, 'platform'), '--scenario', 'clean', '--now', NOW),
  )
  const sink = await startServer(part('sink'))
  try {
    const { url, clientId, platformPublicKey } = JSON.parse(platform.line) as Record<string, string>
    writeFileSync(keyFile, platformPublicKey!)
    await writeLicenceCsv({ path: csv, rows: records, decidedOn: DECIDED_ON, hasIssues: false })
    const onDesk = ['--data', desk, '--json', '--now', NOW]
    await measure(
      commandLine('init', ...onDesk, '--bureau-code', testBureau.code, '--bureau-name', testBureau.name),
    )
    await measure(
      commandLine(
        ...['connect', ...onDesk, '--enrol', '--platform', url!],
        ...['--client-id', clientId!, '--platform-key', keyFile],
      ),
    )
    await measure(commandLine('import', csv, '--type', 'XZXK_FR', ...onDesk))
    const submitted = await measure(commandLine('submit', ...onDesk))
    const { batches } = JSON.parse(submitted.stdout) as SubmitJson
    const accepted = batches.reduce((sum, batch) => sum + batch.accepted, 0)
    const posted = JSON.parse((await measure(part('post-parts', desk, sink.line))).stdout) as {
      wallMs: number
      parts: number
      bytes: number
    }
    const openedMs =
      submitted.said.find(({ text }) => text.includes(taskStepTexts['opening'] ?? ''))?.atMs ?? 0
    const megabytes = (posted.bytes / 2 ** 20).toFixed(1)
    printFigures(
      `submit of ${records} licences in ${posted.parts} parts, ${megabytes} MB: ${accepted} accepted, ${batches.length} batches`,
      [
        { what: 'floor: the same bytes with plain axios', wallMs: posted.wallMs },
        { what: 'start, choose and seal', wallMs: openedMs },
        { what: 'open, send, settle, verify, record', wallMs: submitted.wallMs - openedMs },
        {
          what: 'submit as a whole',
          ...submitted,
          ratios: { 'plain axios': submitted.wallMs / posted.wallMs },
        },
      ],
    )
  } finally {
    platform.stop()
    sink.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
