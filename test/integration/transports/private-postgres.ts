/** A PostgreSQL server of this test file alone: its own folder, its own port, gone afterwards. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'

const run = promisify(execFile)
const ROOT = '/usr/lib/postgresql'
const USER = 'xinbao'
const PASSWORD = 'only-for-this-test'

/** Folder of the newest server that is installed; null when none is. */
export function postgresBin(): string | null {
  if (!existsSync(ROOT)) return null
  const versions = readdirSync(ROOT)
    .map(Number)
    .filter((version) => existsSync(join(ROOT, String(version), 'bin', 'initdb')))
    .sort((a, b) => b - a)
  return versions[0] === undefined ? null : join(ROOT, String(versions[0]), 'bin')
}

export interface PrivatePostgres {
  readonly port: number
  readonly user: string
  readonly password: string
  /** Makes an empty database and gives its name. */
  newDatabase(): Promise<string>
  stop(): Promise<void>
}

/** The server refuses to run as root, so it runs as nobody then. */
const asUser = (program: string, args: readonly string[]): readonly [string, readonly string[]] =>
  process.getuid?.() === 0
    ? ['setpriv', ['--reuid=nobody', '--regid=nogroup', '--clear-groups', program, ...args]]
    : [program, args]

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => done(port))
    })
  })

export async function startPostgres(bin: string): Promise<PrivatePostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'xinbao-postgres-'))
  chmodSync(folder, 0o777)
  const data = join(folder, 'data')
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, PASSWORD)
  const [initdb, initArgs] = asUser(join(bin, 'initdb'), [
    ...['-D', data, '-U', USER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
    ...['--encoding=UTF8', '--locale=C', '--no-sync'],
  ])
  await run(initdb, [...initArgs], { cwd: folder })
  const port = await freePort()
  const [postgres, args] = asUser(join(bin, 'postgres'), [
    ...[
      '-D',
      data,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      `unix_socket_directories=${folder}`,
    ],
    ...['-c', 'fsync=off', '-c', 'shared_buffers=16MB'],
  ])
  const server: ChildProcess = spawn(postgres, [...args], { cwd: folder, stdio: 'ignore' })
  const admin = { host: '127.0.0.1', port, user: USER, password: PASSWORD, database: 'postgres' }
  const query = async (text: string): Promise<void> => {
    const client = new pg.Client(admin)
    await client.connect()
    await client.query(text).finally(() => client.end())
  }
  for (let attempt = 0; ; attempt++) {
    try {
      await query('SELECT 1')
      break
    } catch (error) {
      if (attempt > 200 || server.exitCode !== null) throw error
      await sleep(50)
    }
  }
  let made = 0
  return {
    port,
    user: USER,
    password: PASSWORD,
    async newDatabase() {
      const name = `front${++made}`
      await query(`CREATE DATABASE ${name}`)
      return name
    },
    async stop() {
      // SIGINT is the server's fast shutdown.
      server.kill('SIGINT')
      if (server.exitCode === null) await new Promise((done) => server.once('close', done))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
