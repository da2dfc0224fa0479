/** Starts the sheet child under plain Node: command line, loopback host, tests. */
import { fork } from 'node:child_process'
import type { LaunchSheetChild } from './sheet-types'

/**
 * A launcher for the built child at `entry` (absolute path of `sheet-child.js`). The child inherits no environment:
 * neither NODE_OPTIONS nor secrets reach it.
 */
export function nodeSheetLauncher(entry: string): LaunchSheetChild {
  return ({ memoryMb }) => {
    const child = fork(entry, [], {
      // V8 sizes the young space by the memory of the machine, not by need.
      execArgv: [`--max-old-space-size=${memoryMb}`, '--max-semi-space-size=8', '--disable-proto=throw'],
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    return {
      send: (message) => {
        if (child.connected) child.send(message as object, () => {})
      },
      onMessage: (listener) => {
        child.on('message', listener)
      },
      onExit: (listener) => {
        child.once('exit', (code, signal) => listener({ code, signal }))
        // A child that never started has no 'exit'.
        child.on('error', () => listener({ code: null, signal: null }))
      },
      kill: () => {
        child.kill('SIGKILL')
      },
    }
  }
}
