import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { createEngine, type Engine } from '@engine/compose'
import { softwareKey } from '@engine/crypto/software-keys'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'
import type { PracticeLink } from '@engine/ports'
import { initialiseDesk } from '@engine/services/desk-initialiser'
import { issuePackage, type PackageStatement } from '@engine/standards/package-signing'
import { readPack } from '@engine/standards/standard-loader'
import { uuidIds } from '@engine/system-ids'
import { createTokenFiles } from '@engine/token-files'
import type { CallInput, CallName, CallOutput } from '@shared/contract/calls'
import type { StandardsView, StandardVersionView } from '@shared/contract/views/standard-views'
import type { TaskView } from '@shared/contract/views/task-views'
import type { Result } from '@shared/kernel/result'
import { testBureau } from '@test/fixtures/invented-subjects'
import { licencePayload } from '@test/integration/practice/invented-items'

export const resourceDir = resolve(import.meta.dirname, '../../../resources')
export const storeKey = '0f'.repeat(32)

/** The key that signs for the platform of these tests, and one that belongs to somebody else. */
export const platformKeys = sm.generateKeyPair()
export const otherKeys = sm.generateKeyPair()

interface RawField {
  readonly code: string
  readonly required?: unknown
}

/** A raw pack as far as these tests change it. */
export interface RawPack {
  readonly [member: string]: unknown
  readonly id: string
  readonly version: string
  readonly recordTypes: readonly {
    readonly [member: string]: unknown
    readonly code: string
    readonly fields: readonly RawField[]
  }[]
  readonly codeLists: Readonly<
    Record<string, { readonly items: readonly { readonly [member: string]: unknown }[] }>
  >
}

/** The raw pack of the release. */
export const shippedPack = readPack(
  join(resourceDir, 'standards/pingxiang-credit/2026.1'),
) as unknown as RawPack

/** The pack of the release under another version and with other members. */
export const nextPack = (changes: Readonly<Record<string, unknown>> = {}): RawPack => ({
  ...shippedPack,
  version: '2026.2',
  from: '2026-03-01',
  ...changes,
})

/** A pack in which a field of licences is mandatory. */
export const withMandatory = (code: string, changes: Readonly<Record<string, unknown>> = {}): RawPack =>
  nextPack({
    recordTypes: shippedPack.recordTypes.map((type) =>
      type.code === 'XZXK_FR'
        ? {
            ...type,
            fields: type.fields.map((field) =>
              field.code === code ? { ...field, required: 'always' } : field,
            ),
          }
        : type,
    ),
    ...changes,
  })

const statement: PackageStatement = { region: '360300', supersedes: '2026.1', changes: '一处必填' }

/** The text of a package of a pack, signed as the platform would. */
export const packageOf = (
  pack: RawPack,
  changes: Partial<PackageStatement> = {},
  privateKey = platformKeys.privateKey,
): string => issuePackage(pack, { ...statement, ...changes }, softwareKey(privateKey)).text

export type StandardsDesk = Awaited<ReturnType<typeof openStandardsDesk>>

/** Says what is to be done at the end of the test. */
type WhenDone = (work: () => Promise<void> | void) => void

/** A folder with a new desk that knows the platform's key, or is not connected (null). */
export async function newDesk({
  publicKey = platformKeys.publicKey,
  whenDone = onTestFinished,
}: { readonly publicKey?: string | null; readonly whenDone?: WhenDone } = {}): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'xinbao-standards-'))
  whenDone(() => rmSync(folder, { recursive: true, force: true }))
  await initialiseDesk({
    dataDir: join(folder, 'desk'),
    storeKey,
    clock: { now: () => '2026-03-02T01:00:00.000Z' },
    ids: uuidIds,
    bureau: { ...testBureau },
    clientId: 'desk-1',
    deskPrivateKey: null,
    // Nothing listens there.
    connection:
      publicKey === null ? null : { platformUrl: 'http://127.0.0.1:9/api/v1', platformPublicKey: publicKey },
  })
  return folder
}

/** Opens the desk of a folder by the contract; `day` can be moved. */
export async function openStandardsDesk(
  folder: string,
  {
    today = '2026-03-02',
    practice = null,
    whenDone = onTestFinished,
  }: {
    readonly today?: string
    readonly practice?: PracticeLink | null
    readonly whenDone?: WhenDone
  } = {},
) {
  const dataDir = join(folder, 'desk')
  const files = createTokenFiles()
  let day = today
  let tokens = 0
  const startedAt = performance.now()
  const now = (): string => {
    const sinceStart = performance.now() - startedAt
    return new Date(Date.parse(`${day}T01:00:00.000Z`) + sinceStart).toISOString()
  }
  const engine: Engine = await createEngine({
    ...{ dataDir, resourceDir, storeKey, files, practice },
    clock: { now },
    ids: uuidIds,
    log: { info: () => undefined, error: (event, error) => console.error(event, error) },
    launchSheetChild: () => {
      throw new Error('no file is imported here')
    },
    mode: practice === null ? 'live' : 'practice',
    appVersion: '0.0.0',
  })
  let isClosed = false
  const close = async (): Promise<void> => {
    if (isClosed) return
    isClosed = true
    await engine.close()
  }
  whenDone(close)

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

  return {
    ...{ engine, close, call, must, ended, dataDir },
    setDay(next: string) {
      day = next
    },
    /** Hands the desk a file of that content; the answer of the installation, or the refusal. */
    async install(content: string | Uint8Array) {
      const token = `package-${++tokens}`
      const path = join(folder, `${token}.json`)
      writeFileSync(path, content)
      files.register({ role: 'source', token, path, name: 'pack.json' })
      return call('standard.install', { file: token })
    },
    versions: async (): Promise<StandardsView> => must('standard.versions', {}),
    async version(version: string): Promise<StandardVersionView> {
      const found = (await must('standard.versions', {})).versions.find((one) => one.version === version)
      if (found === undefined) throw new Error(`no version ${version}`)
      return found
    },
    preview: async (version: string) => ended(await must('standard.preview', { version })),
    async adopt(version: string) {
      const { task } = await must('standard.adopt', { version })
      return task === null ? null : ended(task)
    },
    /** Files of installed packages, partial ones included. */
    packageFiles(): string[] {
      try {
        return readdirSync(join(dataDir, 'standards'), { recursive: true })
          .map(String)
          .filter((name) => name.includes('.json'))
      } catch {
        return []
      }
    },
    async addLicences(from: number, count: number, changes: Readonly<Record<string, string>> = {}) {
      const ids: string[] = []
      for (let number = from; number < from + count; number++) {
        const values = { ...licencePayload(number), ...changes }
        ids.push((await must('records.create', { recordType: 'XZXK_FR', values })).recordId)
      }
      return ids
    },
  }
}
