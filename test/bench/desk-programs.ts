/** What a desk does in the bench, each in a process of its own. */
import { Agent } from 'node:http'
import { basename } from 'node:path'
import axios from 'axios'
import { defaultImportLimits } from '@shared/contract/import-limits'
import type { Log } from '@engine/ports'
import { storeFile } from '@engine/repos/data-folder'
import { openDatabase } from '@engine/repos/database'
import { silentTask } from '@engine/services/tasks-service'
import { deskKey, launchRaisedChild, makeDesk, openDesk } from './bench-desk'
import { raisedLimits } from './raised-limits'

type Program = (args: readonly string[]) => Promise<void>

/** What an import tells. */
export interface ImportTold {
  readonly imported: number
  readonly clean: number
  readonly blocked: number
}

/** Makes a desk. */
const newDesk: Program = async ([dataDir = '']) => {
  await makeDesk(dataDir)
  console.log(null)
}

/** Imports a file into a desk; `raised` lifts the caps on its size. */
const importFile: Program = async ([dataDir = '', path = '', caps = '']) => {
  const isRaised = caps === 'raised'
  const engine = await openDesk(dataDir, isRaised ? { launch: launchRaisedChild } : {})
  const limits = { ...defaultImportLimits, seconds: raisedLimits.seconds }
  // The desk itself counts the time that the child may take.
  if (isRaised) await engine.call('import.setLimits', { limits })
  const request = { recordType: 'XZXK_FR', sheet: null, headerRow: null, mapping: null, dryRun: false }
  const summary = await engine.services.intake.importFile(
    { path, name: basename(path), ...request },
    silentTask,
  )
  await engine.close()
  const { imported, clean, blocked } = summary
  console.log(JSON.stringify({ imported, clean, blocked } satisfies ImportTold))
}

/** What a submission tells: how long each step of the walk took, ms by name; `seal` is all before the walk. */
export interface SubmitTold {
  readonly steps: Readonly<Record<string, number>>
  readonly batches: number
  readonly accepted: number
}

/** Connects a desk to a platform, seals everything and sends it. */
const submit: Program = async ([dataDir = '', platform = '']) => {
  const steps: Record<string, number> = {}
  let step = 'connect'
  let sinceMs = performance.now()
  const begin = (next: string): void => {
    const now = performance.now()
    steps[step] = (steps[step] ?? 0) + now - sinceMs
    step = next
    sinceMs = now
  }
  const log: Log = {
    info: (event, detail) => {
      if (event === 'submission.step') begin(String(detail?.['step']))
    },
    error: (event, error) => console.error(event, error),
  }
  const engine = await openDesk(dataDir, { log })
  const { connection, submission } = engine.services
  await connection.enrolPractice(JSON.parse(platform) as Parameters<typeof connection.enrolPractice>[0])
  begin('seal')
  const { batches } = await submission.submit({ type: null, recordIds: null, label: null }, silentTask)
  begin('end')
  await engine.close()
  const accepted = batches.reduce((sum, batch) => sum + batch.counts.accepted, 0)
  console.log(JSON.stringify({ steps, batches: batches.length, accepted } satisfies SubmitTold))
}

/**
 * Dies in the middle of sending: everything is sealed and on its way, nothing was put in order, the journal is as it was
 * left.
 */
const die: Program = async ([dataDir = '', platform = '']) => {
  const log: Log = {
    info: (_event, detail) => {
      if (detail?.['step'] === 'send') process.kill(process.pid, 'SIGKILL')
    },
    error: (event, error) => console.error(event, error),
  }
  const engine = await openDesk(dataDir, { log })
  const { connection, submission } = engine.services
  await connection.enrolPractice(JSON.parse(platform) as Parameters<typeof connection.enrolPractice>[0])
  await submission.submit({ type: null, recordIds: null, label: null }, silentTask)
}

/** What a start tells: until the desk is open, and until the pages that a clerk sees first are there; ms. */
export interface StartTold {
  readonly openMs: number
  readonly usableMs: number
}

/** Opens a desk and asks for what the first page shows. */
const startDesk: Program = async ([dataDir = '']) => {
  const startedMs = performance.now()
  const engine = await openDesk(dataDir)
  const openMs = performance.now() - startedMs
  for (const call of ['desk.overview', 'inbox.list', 'records.counts', 'records.page', 'batches.page']) {
    const answer = await engine.call(call, {})
    if (!answer.ok) throw new Error(`${call}: ${answer.failure.code}`)
  }
  console.log(JSON.stringify({ openMs, usableMs: performance.now() - startedMs } satisfies StartTold))
  process.exit()
}

/** What plain posting tells. */
export interface PostTold {
  readonly wallMs: number
  readonly parts: number
  readonly bytes: number
}

/** Posts every part that a desk has sealed, one after the other, with axios and nothing else. */
const postParts: Program = async ([dataDir = '', url = '']) => {
  const database = openDatabase({ file: storeFile(dataDir), key: deskKey })
  const parts = database
    .prepare<[], Buffer>('SELECT bytes FROM batch_part ORDER BY batch_id, no')
    .pluck()
    .all()
  database.close()
  const client = axios.create({ httpAgent: new Agent({ keepAlive: true }) })
  const headers = { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' }
  // The desk has spoken to its platform before, too.
  await client.post(url, '')
  const startedMs = performance.now()
  for (const bytes of parts) await client.post(url, bytes, { headers })
  const wallMs = performance.now() - startedMs
  const bytes = parts.reduce((sum, one) => sum + one.length, 0)
  console.log(JSON.stringify({ wallMs, parts: parts.length, bytes } satisfies PostTold))
  process.exit()
}

export const deskPrograms = {
  ...{ 'new-desk': newDesk, import: importFile, submit, 'post-parts': postParts },
  ...{ die, start: startDesk },
}
