import { createBrokeredSheetLauncher } from '@engine/brokered-sheet-launcher'
import type { FromCommand, ToCommand } from '@shared/contract/command-messages'
import { FailureError } from '@shared/kernel/failure'
import type { Result } from '@shared/kernel/result'
import { makeDeskKey, readDeskKey } from '@web/desk-key'
import type { DeskKeys } from '@web/desk-key'
import { runCommandLine } from './program'

/**
 * The command line as a process of the desktop client: give every message of the shell to the returned function. What
 * is written goes to the shell, and so do the questions for keys that the client wrapped and for sheet children.
 */
export function createCommandServer(options: {
  readonly post: (message: FromCommand) => void
  readonly rendererDir: string
  readonly env: NodeJS.ProcessEnv
}): (message: ToCommand) => void {
  const { post, env } = options
  const sheets = createBrokeredSheetLauncher(post)
  const waiting = new Map<number, (result: Result<string | null>) => void>()
  let last = 0

  const shellKey = async (dataDir: string, make: boolean): Promise<string | null> => {
    const id = ++last
    const answer = await new Promise<Result<string | null>>((resolve) => {
      waiting.set(id, resolve)
      post({ kind: 'key', id, dataDir, make })
    })
    if (!answer.ok) throw new FailureError(answer.failure)
    return answer.value
  }
  // A key that was given openly, for a rehearsal or a script, comes first; folders of the client have wrapped ones.
  const keys: DeskKeys = {
    read: async (dataDir) => readDeskKey(dataDir, env) ?? (await shellKey(dataDir, false)),
    make: async (dataDir) =>
      readDeskKey(dataDir, env) ?? (await shellKey(dataDir, true)) ?? makeDeskKey(dataDir, env),
  }

  async function start({ words, resourceDir }: Extract<ToCommand, { kind: 'start' }>): Promise<void> {
    const code = await runCommandLine(words, {
      out: (text) => post({ kind: 'output', to: 'stdout', text }),
      err: (text) => post({ kind: 'output', to: 'stderr', text }),
      resourceDir,
      rendererDir: options.rendererDir,
      launchSheetChild: sheets.launch,
      keys,
    })
    post({ kind: 'end', code })
  }

  return (message) => {
    switch (message.kind) {
      case 'start':
        return void start(message)
      case 'key':
        waiting.get(message.id)?.(message.result)
        waiting.delete(message.id)
        return
      case 'interrupt':
        return void process.emit('SIGINT')
      case 'sheet-message':
      case 'sheet-exit':
        return sheets.receive(message)
    }
  }
}
