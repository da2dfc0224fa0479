import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { ORDER } from './victim-order'
import type { Said, VictimOrder } from './victim-order'

/** How a program under test ended, and what it had said until then. */
export interface VictimEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly said: readonly Said[]
  readonly stderr: string
}

/** A program under test that runs. */
export interface Victim {
  readonly child: ChildProcess
  /** What it has said until now. */
  readonly said: readonly Said[]
  /** Resolves when it has opened its desk, or has ended. */
  readonly opened: Promise<void>
  readonly ended: Promise<VictimEnd>
  /** kill -9. */
  kill(): void
}

/** How to start one: the program, and what is put before it (`strace ...`, `prlimit ...`). */
export interface VictimStart {
  readonly program: string
  readonly before?: readonly string[]
}

/** Starts a program under test on an order. */
export function startVictim({ program, before = [] }: VictimStart, order: VictimOrder): Victim {
  const [command = '', ...words] = [...before, process.execPath, '--unhandled-rejections=strict', program]
  const child = spawn(command, words, {
    env: {
      PATH: process.env['PATH'],
      [ORDER]: JSON.stringify(order),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: Said[] = []
  let stderr = ''
  let open: () => void = () => undefined
  const opened = new Promise<void>((done) => (open = done))
  createInterface({ input: child.stdout }).on('line', (line) => {
    // A line that the kill tore says nothing: the confirmation did not come through.
    if (!line.endsWith('}')) return
    const one = JSON.parse(line) as Said
    said.push(one)
    if (one.say === 'opened') open()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended = new Promise<VictimEnd>((done, fail) => {
    child.once('error', fail)
    child.once('close', (code, signal) => {
      open()
      done({ code, signal, said, stderr })
    })
  })
  return { child, said, opened, ended, kill: () => void child.kill('SIGKILL') }
}
