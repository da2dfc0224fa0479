/** Builds the fuzzing process, runs it, and notices when a case never ends or takes the process with it. */
import { fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'
import type { FuzzNews, FuzzOrder } from './fuzz-process.ts'

const root = resolve(import.meta.dirname, '../..')
const SEEDS = join(import.meta.dirname, 'seeds.json')
/** A case that says nothing for so long hangs. */
const SILENCE_MS = 60_000

/** One case that went wrong. */
export interface FuzzFinding {
  readonly kind: string
  readonly seed: number
  readonly what: string
}

export interface FuzzReport {
  readonly cases: number
  readonly taken: number
  readonly refused: number
  readonly findings: readonly FuzzFinding[]
}

/** Cases that went wrong once; they are run first, always. */
export const knownSeeds = (): FuzzOrder['replay'] =>
  JSON.parse(readFileSync(SEEDS, 'utf8')) as FuzzOrder['replay']

async function bundle(outDir: string): Promise<void> {
  const config = (await import(pathToFileURL(join(root, 'aliases.config.ts')).href)) as {
    aliases: Record<string, string>
  }
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    resolve: { alias: config.aliases },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      rollupOptions: {
        input: {
          fuzz: join(root, 'test/fuzz/fuzz-process.ts'),
          child: join(root, 'electron/engine/sheets/child.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].mjs' },
      },
    },
    ssr: { noExternal: true, external: ['better-sqlite3'] },
  })
}

/** Runs the kept seeds, then new cases for so many seconds from a seed on. Temporary files are gone afterwards. */
export async function fuzz(request: {
  readonly seconds: number
  readonly seed: number
}): Promise<FuzzReport> {
  // Inside the checkout, so that packages that stay outside the bundle are found.
  mkdirSync(join(root, 'node_modules/.cache'), { recursive: true })
  const outDir = mkdtempSync(join(root, 'node_modules/.cache/xinbao-fuzz-'))
  try {
    await bundle(outDir)
    const folder = join(outDir, 'files')
    mkdirSync(folder)
    const workshop = {
      folder,
      packFolder: join(root, 'resources/standards/pingxiang-credit/2026.1'),
      sheetChild: join(outDir, 'child.mjs'),
    }
    return await watch(join(outDir, 'fuzz.mjs'), { workshop, replay: knownSeeds(), ...request })
  } finally {
    rmSync(outDir, { recursive: true, force: true })
  }
}

function watch(entry: string, order: FuzzOrder): Promise<FuzzReport> {
  const child = fork(entry, [], {
    execArgv: ['--max-old-space-size=1024', '--unhandled-rejections=strict'],
    serialization: 'advanced',
  })
  let errors = ''
  const findings: FuzzFinding[] = []
  const counts = { cases: 0, taken: 0, refused: 0 }
  let current: { kind: string; seed: number } = { kind: 'none', seed: order.seed }
  let isDone = false
  return new Promise((resolveReport) => {
    let alarm: NodeJS.Timeout | undefined
    const finish = (): void => {
      clearTimeout(alarm)
      resolveReport({ ...counts, findings })
    }
    const listen = (): void => {
      clearTimeout(alarm)
      alarm = setTimeout(() => {
        findings.push({ ...current, what: 'the case never ended' })
        child.kill('SIGKILL')
      }, SILENCE_MS)
    }
    child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    child.on('message', (message) => {
      listen()
      const news = message as FuzzNews
      if (news.tell === 'start') {
        counts.cases++
        current = news
      } else if (news.tell === 'end') counts[news.end]++
      else if (news.tell === 'wrong') findings.push({ kind: news.kind, seed: news.seed, what: news.what })
      else isDone = true
    })
    child.once('exit', (code, signal) => {
      if (!isDone && signal !== 'SIGKILL')
        findings.push({ ...current, what: `the process ended (${code ?? signal}) ${errors.slice(-1_000)}` })
      finish()
    })
    listen()
    child.send(order)
  })
}
