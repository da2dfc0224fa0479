import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ShellProcess } from '@main/shell-process'

const built = resolve(import.meta.dirname, '../../../out/main')
const parentPort = resolve(import.meta.dirname, '../../fakes/parent-port.mjs')

/** A built entry of the product, run as a process of its own, as Electron runs a utility process. */
export interface NodeShellProcess extends ShellProcess {
  readonly child: ChildProcess
}

/** Starts `out/main/<entry>.js` under Node; the build must be there (`npm run test:parts` makes it). */
export function forkBuilt(entry: string, execArgv: readonly string[] = []): NodeShellProcess {
  const path = resolve(built, `${entry}.js`)
  if (!existsSync(path)) throw new Error(`${path} is not built: node electron/launch/build-when-stale.mjs`)
  const child = fork(path, [], {
    execArgv: ['--import', parentPort, ...execArgv],
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  return {
    child,
    postMessage(message) {
      if (child.connected) child.send(message as object, () => undefined)
    },
    on(event: 'message' | 'exit', listener: (value: never) => void) {
      if (event === 'message') child.on('message', listener as (message: unknown) => void)
      else child.on('exit', (code, signal) => listener((code ?? (signal === null ? 0 : 1)) as never))
    },
    kill: () => child.kill('SIGKILL'),
  }
}
