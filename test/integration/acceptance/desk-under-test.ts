import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand, startCommand } from '@test/fixtures/command-line'
import type { CommandRun } from '@test/fixtures/command-line'
import { IndependentPlatform } from '@test/fixtures/independent-platform/independent-platform'
import { testBureau } from '@test/fixtures/invented-subjects'
import { rehearsalNow } from '@test/fixtures/practice-desk'

/** One record as `list` gives it. */
export interface ListedRecord {
  readonly recordId: string
  readonly revision: number
  readonly type: string
  readonly docNo: string
  readonly subjectName: string
  readonly editorial: string
  readonly delivery: string
  readonly quality: string
  readonly issues: readonly {
    readonly code: string
    readonly severity: string
    readonly source: string
    readonly field: string | null
    readonly value: string | null
    readonly message: string
  }[]
}

/** What `submit` and `resume` give. */
export interface SubmitJson {
  readonly batches: readonly {
    readonly batchId: string
    readonly items: number
    readonly accepted: number
    readonly warned: number
    readonly rejected: number
    readonly duplicate: number
    readonly unknown: number
    readonly receiptNo: string | null
    readonly receivedAt: string | null
  }[]
  readonly notSent: readonly { readonly recordId: string; readonly reason: string }[]
}

/** What `import` and `validate` give. */
export interface ImportJson {
  readonly file: string
  readonly sha256: string
  readonly rows: number
  readonly imported: number
  readonly updated: number
  readonly skipped: number
  readonly clean: number
  readonly warned: number
  readonly blocked: number
  readonly issues: readonly ImportIssue[]
  readonly issueCounts: Readonly<Record<string, number>>
}

export interface ImportIssue {
  readonly row: number
  readonly column: string | null
  readonly field: string | null
  readonly code: string
  readonly severity: string
  readonly value: string | null
  readonly message: string
}

/** What a failed command writes with `--json`. */
export interface FailureJson {
  readonly failure: { readonly code: string; readonly message: string }
}

/** A new folder under the system's temporary folder, and how to be rid of it. */
export function scratchFolder(name: string): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), `xinbao-${name}-`))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** A data folder driven by the command line alone. */
export class DeskUnderTest {
  constructor(
    readonly dataDir: string,
    private readonly env: Readonly<Record<string, string>> = {},
  ) {}

  #words(words: readonly string[]): readonly string[] {
    return [...words, '--data', this.dataDir, '--json', '--now', rehearsalNow]
  }

  run(...words: readonly string[]): Promise<CommandRun> {
    return runCommand(this.#words(words), this.env)
  }

  start(...words: readonly string[]): ChildProcess {
    return startCommand(this.#words(words), this.env)
  }

  init(...words: readonly string[]): Promise<CommandRun> {
    return this.run('init', '--bureau-code', testBureau.code, '--bureau-name', testBureau.name, ...words)
  }

  /** The values of a record, as a change that changes nothing gives them. */
  async values(recordId: string, unchanged: string): Promise<Readonly<Record<string, string>>> {
    const run = await this.run('set', recordId, unchanged)
    return (run.json as { values: Record<string, string> }).values
  }

  async submit(): Promise<SubmitJson> {
    return (await this.run('submit')).json as SubmitJson
  }

  async import(file: string, type: string): Promise<ImportJson> {
    return (await this.run('import', file, '--type', type)).json as ImportJson
  }

  /** Every record that a filter gives, page by page. */
  async list(...filter: readonly string[]): Promise<readonly ListedRecord[]> {
    const records: ListedRecord[] = []
    for (let after: string | null = ''; after !== null;) {
      const page = await this.run(
        'list',
        '--limit',
        '500',
        ...filter,
        ...(after === '' ? [] : ['--after', after]),
      )
      const json = page.json as { records: ListedRecord[]; next: string | null }
      records.push(...json.records)
      after = json.next
    }
    return records
  }
}

/** A second platform and a desk that is enrolled with it and connected to it. */
export interface IndependentDesk {
  readonly desk: DeskUnderTest
  readonly platform: IndependentPlatform
  readonly platformKeyFile: string
}

/** The platform's clock: starts at the instant of rehearsals and runs. */
export function platformClock(aheadMs = 0): () => number {
  const start = performance.now()
  return () => Date.parse(rehearsalNow) + aheadMs + performance.now() - start
}

/** Makes both in a folder. */
export async function makeIndependentDesk(folder: string, aheadMs = 0): Promise<IndependentDesk> {
  const platform = new IndependentPlatform(testBureau, platformClock(aheadMs))
  const url = await platform.start()
  const platformKeyFile = join(folder, 'platform-key.hex')
  writeFileSync(platformKeyFile, platform.keys.publicKey)
  const desk = new DeskUnderTest(join(folder, 'desk'))
  const made = await desk.init('--platform', url, '--client-id', 'px-0001', '--platform-key', platformKeyFile)
  if (made.code !== 0) throw new Error(`init failed: ${made.stderr}`)
  platform.desks.push({ clientId: 'px-0001', publicKey: (made.json as { publicKey: string }).publicKey })
  return { desk, platform, platformKeyFile }
}

/** What must hold at the end of every story: no rule broken, one effect per accepted record, none sent twice. */
export async function reckon({ desk, platform }: IndependentDesk): Promise<{
  readonly violations: readonly string[]
  readonly redelivered: readonly string[]
  readonly acceptedAtDesk: ReadonlySet<string>
  readonly inLedger: ReadonlySet<string>
  readonly ledgerLines: number
}> {
  const accepted = [
    ...(await desk.list('--delivery', 'accepted')),
    ...(await desk.list('--delivery', 'warned')),
  ]
  return {
    violations: platform.violations,
    redelivered: platform.book.redelivered,
    acceptedAtDesk: new Set(accepted.map((record) => `${record.recordId} ${record.revision}`)),
    inLedger: new Set(platform.book.ledger.map((line) => `${line.recordId} ${line.revision}`)),
    ledgerLines: platform.book.ledger.length,
  }
}
