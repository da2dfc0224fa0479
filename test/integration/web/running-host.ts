import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Log } from '@engine/ports'
import type { DeskMode } from '@shared/contract/desk-mode'
import { deskFolders } from '@web/desk-folders'
import { startWebHost } from '@web/web-host'
import type { WebHost } from '@web/web-host'
import { createStandInEngine } from './stand-in-engine'
import type { StandInEngine } from './stand-in-engine'

const root = resolve(import.meta.dirname, '../../..')

/** A loopback host over a stand-in engine in a folder of its own. */
export interface RunningHost {
  readonly host: WebHost
  readonly baseDir: string
  /** Every engine that was opened, in order. */
  readonly engines: StandInEngine[]
  readonly logged: string[]
  /** Moves the host's stopwatch on. */
  wait(ms: number): void
  /** Set to make the next opening of this desk fail. */
  failing: DeskMode['mode'] | null
  /** Opens the address as a browser would and gives its cookie. */
  logIn(): Promise<string>
  stop(): Promise<void>
}

/** Starts a host on a free port; `page` is the built page's `index.html`. */
export async function startRunningHost(): Promise<RunningHost> {
  const baseDir = mkdtempSync(join(tmpdir(), 'xinbao-web-'))
  const rendererDir = join(baseDir, 'built-page')
  mkdirSync(join(rendererDir, 'assets'), { recursive: true })
  writeFileSync(
    join(rendererDir, 'index.html'),
    '<!doctype html><html><head><title>信报</title></head><body></body></html>',
  )
  writeFileSync(join(rendererDir, 'assets', 'index-Ab_1.js'), 'export {}')
  writeFileSync(join(baseDir, 'secret.js'), 'not for pages')

  let elapsed = 0
  const logged: string[] = []
  const log: Log = {
    info: (event, detail) => logged.push(`${event} ${JSON.stringify(detail ?? {})}`),
    error: (event) => logged.push(event),
  }
  const running: Omit<RunningHost, 'host'> & { host?: WebHost } = {
    baseDir,
    engines: [],
    logged,
    failing: null,
    wait: (ms) => (elapsed += ms),
    async logIn() {
      const answer = await fetch(running.host!.freshUrl(), { redirect: 'manual' })
      return answer.headers.get('set-cookie')!.split(';')[0]!
    },
    async stop() {
      await running.host!.close()
      rmSync(baseDir, { recursive: true, force: true })
    },
  }
  running.host = await startWebHost({
    folders: deskFolders(baseDir),
    shelfDir: join(baseDir, 'page-files'),
    openEngine: (request) => {
      if (running.failing === request.mode) return Promise.reject(new Error('cannot open'))
      const engine = createStandInEngine(request)
      running.engines.push(engine)
      return Promise.resolve(engine)
    },
    rendererDir,
    guideDir: resolve(root, 'resources/guide'),
    version: '9.9.9',
    log,
    elapsedMs: () => elapsed,
  })
  return running as RunningHost
}

/** What came back over a raw socket. */
export interface RawAnswer {
  /** 0 when the connection was closed without an answer. */
  readonly status: number
  readonly head: string
  readonly body: string
}

/** Sends bytes as they are, without a client library that would mend them; reads until the host closes or goes quiet. */
export function sendRaw(port: number, lines: readonly string[], body = ''): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`))
    let text = ''
    socket.setTimeout(400, () => socket.destroy())
    socket.on('data', (piece: Buffer) => (text += piece.toString('utf8')))
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error)
    })
    socket.on('close', () => {
      const [head = '', ...rest] = text.split('\r\n\r\n')
      resolve({
        status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0),
        head,
        body: rest.join('\r\n\r\n'),
      })
    })
  })
}

/** The headers a page of the host sends with a call. */
export const pageHeaders = (port: number, cookie: string): Record<string, string> => ({
  Cookie: cookie,
  Origin: `http://127.0.0.1:${port}`,
  'Sec-Fetch-Site': 'same-origin',
  'X-Xinbao': '1',
  'Content-Type': 'application/json',
})
