import { onTestFinished } from 'vitest'
import { openOrMakeDesk } from '@engine/desk-opener'
import type { EnginePorts } from '@engine/ports'
import { uuidIds } from '@engine/system-ids'
import { createTokenFiles } from '@engine/token-files'
import type { CallInput, CallName, CallOutput } from '@shared/contract/calls'
import type { TaskView } from '@shared/contract/views/task-views'
import type { Result } from '@shared/kernel/result'
import { resourceDir, runningClock, testKey } from '@test/integration/exchange/exchange-fixture'
import { licencePayload } from '@test/integration/practice/invented-items'

/** A desk by the contract, over its real engine. */
export type UpkeepDesk = Awaited<ReturnType<typeof openUpkeepDesk>>

/** Opens the desk of a data folder; `restore` names a backup that it has put ready. */
export async function openUpkeepDesk(
  dataDir: string,
  { restore = null, ...changes }: Partial<EnginePorts> & { readonly restore?: string | null } = {},
) {
  const files = createTokenFiles()
  let tokens = 0
  const engine = await openOrMakeDesk(
    {
      ...{ dataDir, resourceDir, files, storeKey: testKey, clock: runningClock, ids: uuidIds },
      log: { info: () => undefined, error: (event, error) => console.error(event, error) },
      launchSheetChild: () => {
        throw new Error('no file is imported here')
      },
      mode: 'live',
      appVersion: '0.0.0',
      practice: null,
      ...changes,
    },
    null,
    restore,
  )
  let isClosed = false
  const close = async (): Promise<void> => {
    if (isClosed) return
    isClosed = true
    await engine.close()
  }
  onTestFinished(close)

  const call = async <Name extends CallName>(
    name: Name,
    input: CallInput<Name>,
  ): Promise<Result<CallOutput<Name>>> => (await engine.call(name, input)) as Result<CallOutput<Name>>
  const must = async <Name extends CallName>(
    name: Name,
    input: CallInput<Name>,
  ): Promise<CallOutput<Name>> => {
    const result = await call(name, input)
    if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.failure)}`)
    return result.value
  }
  const ended = async (task: TaskView): Promise<TaskView> => {
    for (;;) {
      const found = (await must('tasks.list', {})).find((one) => one.taskId === task.taskId)!
      if (found.state !== 'running') return found
      await new Promise((done) => setTimeout(done, 5))
    }
  }
  const fileOf = (role: 'source' | 'target', path: string, name: string): string => {
    const token = `upkeep-file-${++tokens}`
    files.register({ role, token, path, name })
    return token
  }

  return {
    ...{ engine, close, call, must, ended, dataDir, fileOf },
    /** Makes licences of the numbers; every one is ready to be sent. */
    async addLicences(from: number, count: number): Promise<string[]> {
      const made = []
      for (let number = from; number < from + count; number++)
        made.push(await must('records.create', { recordType: 'XZXK_FR', values: licencePayload(number) }))
      return made.map(({ recordId }) => recordId)
    },
    total: async (): Promise<number> => (await must('records.counts', {})).total,
    async backUp(path: string, password: string): Promise<void> {
      const { problems } = await must('backup.write', {
        target: fileOf('target', path, 'desk.xinbao'),
        password,
      })
      if (problems.length > 0) throw new Error(JSON.stringify(problems))
    },
    /** Proves a backup; the task when it has ended. */
    async prepare(path: string, password: string): Promise<TaskView> {
      const file = fileOf('source', path, 'desk.xinbao')
      return ended(await must('restore.prepare', { file, password }))
    },
  }
}
