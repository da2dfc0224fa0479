import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const SAMPLE_MS = 50

/** What a process and all it started took. */
export interface Measured {
  readonly wallMs: number
  /** Largest sum of resident memory seen over the whole family, MB; null where the system does not tell. */
  readonly peakMb: number | null
  readonly code: number | null
  readonly stdout: string
  /** When each line of stderr came, ms from the start. */
  readonly said: readonly { readonly atMs: number; readonly text: string }[]
}

const builtCommandLine = (): string => join(process.env['XINBAO_ROOT'] ?? '.', 'out/main/cli.js')

/** The arguments for Node that run the built command line. */
export const commandLine = (...args: readonly string[]): readonly string[] => [builtCommandLine(), ...args]

/** The arguments for Node that run a part of the bench. */
export const part = (name: string, ...args: readonly string[]): readonly string[] => [
  process.argv[1]!,
  name,
  ...args,
]

function family(pid: number): readonly number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )
  return [pid, ...children.flatMap(family)]
}

const residentKb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)

/** Resident memory of a process and its descendants in MB; null where the system does not tell. */
function residentMb(pid: number): number | null {
  try {
    return family(pid).reduce((sum, one) => sum + residentKb(one), 0) / 1024
  } catch {
    return null
  }
}

/** Starts Node with arguments; the caller ends it. */
export const startNode = (args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [...args], { stdio: ['ignore', 'pipe', 'pipe'] })

/** Runs Node with arguments to its end and measures it. A code above 1 is a failed measurement. */
export async function measure(args: readonly string[]): Promise<Measured> {
  const startedMs = performance.now()
  const child = startNode(args)
  let stdout = ''
  let peakMb: number | null = null
  const said: { atMs: number; text: string }[] = []
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child
    .stderr!.setEncoding('utf8')
    .on('data', (text: string) => said.push({ atMs: performance.now() - startedMs, text }))
  const timer = setInterval(() => {
    const now = residentMb(child.pid!)
    if (now !== null) peakMb = Math.max(peakMb ?? 0, now)
  }, SAMPLE_MS)
  const code = await new Promise<number | null>((done) => child.once('close', done))
  clearInterval(timer)
  const wallMs = performance.now() - startedMs
  if (code === null || code > 1)
    throw new Error(`${args.slice(1).join(' ')}: exit ${code}\n${said.map(({ text }) => text).join('')}`)
  return { wallMs, peakMb, code, stdout, said }
}
