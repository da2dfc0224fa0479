import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const SAMPLE_MS = 50
/** Clock ticks of `/proc` in a second on every Linux that Node runs on. */
const TICK_MS = 10

/** What a process and all it started took. Memory and processor time are null where the system does not tell. */
export interface Measured<T> {
  readonly wallMs: number
  readonly cpuMs: number | null
  readonly peakMb: number | null
  /** What the program printed as its last line, parsed. */
  readonly told: T
}

interface Sample {
  readonly cpuMs: number
  readonly residentMb: number
}

function sampleOf(pid: number): Sample {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // Fields 14 to 17 (user, system, and both of the children that have ended), counted behind the name in brackets.
  const times = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
  const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0'
  const own = {
    cpuMs: times.reduce((sum, ticks) => sum + Number(ticks) * TICK_MS, 0),
    residentMb: Number(resident) / 1024,
  }
  return childrenOf(pid)
    .map(sampleOf)
    .reduce(
      (sum, child) => ({
        cpuMs: sum.cpuMs + child.cpuMs,
        residentMb: sum.residentMb + child.residentMb,
      }),
      own,
    )
}

const childrenOf = (pid: number): readonly number[] =>
  readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )

/** A process can end while it is looked at, and other systems have no `/proc`. */
function trySample(pid: number): Sample | null {
  try {
    return sampleOf(pid)
  } catch {
    return null
  }
}

/** As the shell starts the engine, see `electron/main`. */
const ENGINE_FLAGS: readonly string[] = ['--max-semi-space-size=8']

/** Starts a program of the bench. */
const start = (program: string, args: readonly string[], flags: readonly string[] = []): ChildProcess =>
  spawn(process.execPath, [...flags, process.argv[1]!, program, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })

/** Runs a program of the bench to its end and measures it. Throws when it fails. */
export const measure = <T>(program: string, ...args: readonly string[]): Promise<Measured<T>> =>
  measureStarted(() => start(program, args), `${program} ${args.join(' ')}`)

/** The same for a program that is the engine at work. */
export const measureEngine = <T>(program: string, ...args: readonly string[]): Promise<Measured<T>> =>
  measureStarted(() => start(program, args, ENGINE_FLAGS), `${program} ${args.join(' ')}`)

async function measureStarted<T>(launch: () => ChildProcess, what: string): Promise<Measured<T>> {
  const startedMs = performance.now()
  const child = launch()
  let stdout = ''
  let peakMb: number | null = null
  let cpuMs: number | null = null
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  const timer = setInterval(() => {
    const sample = trySample(child.pid!)
    if (sample === null) return
    peakMb = Math.max(peakMb ?? 0, sample.residentMb)
    cpuMs = Math.max(cpuMs ?? 0, sample.cpuMs)
  }, SAMPLE_MS)
  const [code] = (await once(child, 'close')) as [number | null]
  clearInterval(timer)
  const wallMs = performance.now() - startedMs
  if (code !== 0) throw new Error(`${what}: exit ${code}`)
  return { wallMs, cpuMs, peakMb, told: JSON.parse(stdout.trim().split('\n').at(-1) ?? 'null') as T }
}

/** A program that goes on until it is stopped. */
export interface RunningServer<T> {
  /** Its first line, parsed. */
  readonly told: T
  stop(): Promise<void>
}

/** Starts a program of the bench that serves, and waits for its first line. */
export async function serve<T>(program: string, ...args: readonly string[]): Promise<RunningServer<T>> {
  const child = start(program, args)
  const ended = once(child, 'close')
  const line = await Promise.race([
    once(createInterface({ input: child.stdout! }), 'line').then(([text]) => text as string),
    ended.then(() => null),
  ])
  if (line === null) throw new Error(`${program} ended before it served`)
  return {
    told: JSON.parse(line) as T,
    async stop() {
      child.stdin!.end()
      await ended
    },
  }
}
