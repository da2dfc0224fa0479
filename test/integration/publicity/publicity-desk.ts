import { onTestFinished } from 'vitest'
import { createEngine } from '@engine/compose'
import type { Engine } from '@engine/compose'
import { nodeSheetLauncher } from '@engine/sheets/node-sheet-launcher'
import { uuidIds } from '@engine/system-ids'
import type { CallInput, CallName, CallOutput } from '@shared/contract/calls'
import { FailureError } from '@shared/kernel/failure'
import {
  everything,
  newDeskFolder,
  resourceDir,
  runningClock,
  startPlatform,
  task,
  testKey,
} from '@test/integration/exchange/exchange-fixture'

/** One open desk, asked as a page asks it; what is refused is thrown. */
export interface PublicityDesk {
  readonly engine: Engine
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>
  submit(): Promise<void>
  pull(): Promise<void>
  close(): Promise<void>
}

/** The failure code with which something is refused. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (error) {
    if (error instanceof FailureError) return error.failure.code
    throw error
  }
}

/** Opens the desk of a folder on a day; the day stands still, or goes with the platform's when none is given. */
export async function openOn(folder: string, instant?: string): Promise<PublicityDesk> {
  const engine = await createEngine({
    dataDir: folder,
    resourceDir,
    storeKey: testKey,
    clock: instant === undefined ? runningClock : { now: () => instant },
    ids: uuidIds,
    log: { info: () => undefined, error: (event, error) => console.error(event, error) },
    files: {
      source: (token) => ({ path: token, name: token }),
      target: (token) => ({ path: token, name: token }),
    },
    launchSheetChild: nodeSheetLauncher('unused'),
    mode: 'practice',
    appVersion: '0.1.0',
    practice: null,
  })
  let isOpen = true
  const close = async (): Promise<void> => {
    if (isOpen) await engine.close()
    isOpen = false
  }
  onTestFinished(close)
  return {
    engine,
    close,
    async call(name, input) {
      const answer = await engine.call(name, input)
      if (!answer.ok) throw new FailureError(answer.failure)
      return answer.value as CallOutput<typeof name>
    },
    submit: async () => void (await engine.services.submission.submit(everything, task)),
    pull: async () => void (await engine.services.feedback.pull(task)),
  }
}

/** A desk that is enrolled with a practice platform, with these penalties accepted and published. */
export async function deskWith(penalties: readonly Record<string, string>[]) {
  const platform = await startPlatform()
  const folder = await newDeskFolder()
  const desk = await openOn(folder)
  await desk.engine.services.connection.enrolPractice(platform.server)
  const ids = penalties.map((values) => desk.engine.services.editing.create('XZCF_FR', values))
  await desk.engine.services.checking.recheckDrafts(null)
  // Old dates and shared document numbers are asked about; here they are meant.
  const asked = ids.length === 0 ? [] : await desk.call('records.problems', { recordIds: ids })
  for (const { code, severity } of asked) {
    if (severity === 'warning')
      await desk.call('records.confirmMany', { recordIds: ids, code, reason: '属实' })
  }
  await desk.submit()
  await desk.pull()
  return { platform, folder, desk, ids }
}
