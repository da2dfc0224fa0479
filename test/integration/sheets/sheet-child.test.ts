import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LOTS_AHEAD, ROWS_PER_LOT } from '@engine/sheets/child-protocol'
import { keptSheetChild } from '@engine/sheets/kept-sheet-child'
import { nodeSheetLauncher } from '@engine/sheets/node-sheet-launcher'
import {
  inspectFile,
  readSheet,
  type ReadingOptions,
  type SheetEvent,
  type SheetRequest,
} from '@engine/sheets/sheet-process'
import type { ChildExit, LaunchSheetChild } from '@engine/sheets/sheet-types'
import { bundleEntry, type BundledEntry } from '@test/fixtures/bundle-entry'
import { oldWorkbook } from '@test/fixtures/sheets/old-workbook'
import { rawWorkbook, textRow } from '@test/fixtures/sheets/raw-workbook'
import { readAll, refusalOf } from '@test/fixtures/sheets/reading'
import { TemporaryFolder } from '@test/fixtures/sheets/temporary-file'

const folder = new TemporaryFolder()
let entry: BundledEntry

/** A launcher that remembers what its children did. */
class WatchedLauncher {
  readonly exits: Promise<ChildExit>[] = []
  messages = 0
  killAfterMessages = Infinity

  kill = (): void => undefined

  readonly launch: LaunchSheetChild = (options) => {
    const child = nodeSheetLauncher(entry.path)(options)
    this.kill = () => child.kill()
    this.exits.push(new Promise((resolve) => child.onExit(resolve)))
    child.onMessage(() => {
      this.messages++
      if (this.messages === this.killAfterMessages) child.kill()
    })
    return child
  }
}

const texts = (count: number) =>
  Array.from({ length: count }, (_, index) => textRow(index + 1, [`第${index}号`, '乙'])).join('')
const collect = async (
  launch: LaunchSheetChild,
  request: SheetRequest,
  options: ReadingOptions = {},
): Promise<SheetEvent[]> => {
  const events: SheetEvent[] = []
  for await (const event of readSheet(launch, request, options)) events.push(event)
  return events
}

/** Inflated bytes of the sheet of so many rows, by far the largest member. */
const rawWorkbookBytes = (count: number): number => Buffer.byteLength(texts(count))

let large = ''

beforeAll(async () => {
  entry = await bundleEntry('electron/engine/sheets/child.ts')
  large = folder.write('large.xlsx', rawWorkbook({ sheet: texts(20_000) }))
})
afterAll(() => {
  entry.remove()
  folder.remove()
})

describe('one child for the look at a file and for its rows', () => {
  const rowsOf = (events: readonly SheetEvent[]) =>
    events.flatMap((event) => (event.kind === 'rows' ? event.rows : []))

  it('gives what two would, for every kind of file', async () => {
    const csv = folder.write('kept.csv', Buffer.from('甲,乙\n1,2\n'))
    for (const path of [large, csv]) {
      const watched = new WatchedLauncher()
      const kept = keptSheetChild(watched.launch)
      const { sha256 } = await inspectFile(kept.launch, path)
      const events = await collect(kept.launch, { path, sheet: null, expectedSha256: sha256 })
      kept.end()
      expect(rowsOf(events)).toEqual((await readAll(path)).rows)
      expect(watched.exits).toHaveLength(1)
      expect(await watched.exits[0]).toEqual({ code: null, signal: 'SIGKILL' })
    }
  })

  it('counts a member once against the cap on inflated bytes', async () => {
    const limits = { inflatedBytes: 1.3 * rawWorkbookBytes(20_000) }
    const kept = keptSheetChild(nodeSheetLauncher(entry.path))
    const { sha256 } = await inspectFile(kept.launch, large, { limits })
    const events = await collect(
      kept.launch,
      { path: large, sheet: null, expectedSha256: sha256 },
      { limits },
    )
    expect(events.at(-1)).toMatchObject({ kind: 'end', end: { rows: 20_000 } })
    kept.end()
  })

  it('starts another when the first was cancelled, has failed, or is gone', async () => {
    const watched = new WatchedLauncher()
    const kept = keptSheetChild(watched.launch)
    const missing = await refusalOf(inspectFile(kept.launch, `${folder.path}/没有.xlsx`))
    expect(missing.code).toBe('input.missing-file')
    const abort = new AbortController()
    const cancelled = refusalOf(inspectFile(kept.launch, large, { signal: abort.signal }))
    abort.abort()
    expect((await cancelled).code).toBe('task.cancelled')
    const { sha256 } = await inspectFile(kept.launch, large)
    expect(watched.exits).toHaveLength(3)
    watched.kill()
    await watched.exits[2]
    const events = await collect(kept.launch, { path: large, sheet: null, expectedSha256: sha256 })
    expect(rowsOf(events)).toHaveLength(20_000)
    expect(watched.exits).toHaveLength(4)
    kept.end()
  })
})

describe('reading in a child process', () => {
  it('gives the same as reading in this process, in lots, and the child ends', async () => {
    const watched = new WatchedLauncher()
    const events = await collect(watched.launch, { path: large, sheet: '数据' })
    const rows = events.flatMap((event) => (event.kind === 'rows' ? event.rows : []))
    expect(rows).toEqual((await readAll(large)).rows)
    expect(events.at(-1)).toEqual({ kind: 'end', end: { rows: 20_000, merged: [], warnings: [] } })
    expect(events.length).toBeGreaterThan(5)
    expect(await watched.exits[0]).toBeDefined()
  })

  it('inspects workbooks and CSV files', async () => {
    const launch = nodeSheetLauncher(entry.path)
    const workbook = await inspectFile(launch, large)
    expect(workbook).toMatchObject({
      file: 'large.xlsx',
      fileType: 'xlsx',
      sheets: [{ name: '数据', rows: 20_000 }],
    })
    const csv = await inspectFile(launch, folder.write('名单.csv', Buffer.from('d0d5c3fb0ad5c5c8fd', 'hex')))
    expect(csv).toMatchObject({ fileType: 'csv', encoding: 'gb18030' })
    expect(csv.sheets[0]?.firstRows[1]?.cells[0]?.text).toBe('张三')
  })

  it('hands failures over whole', async () => {
    const launch = nodeSheetLauncher(entry.path)
    expect(await refusalOf(inspectFile(launch, `${folder.path}/没有.xlsx`))).toEqual({
      code: 'input.missing-file',
      params: { file: '没有.xlsx' },
      retry: { kind: 'user' },
    })
    expect((await refusalOf(collect(launch, { path: large, sheet: '没有' }))).code).toBe(
      'input.sheet-not-found',
    )
    const changed = collect(launch, { path: large, sheet: null, expectedSha256: '0'.repeat(64) })
    expect((await refusalOf(changed)).code).toBe('input.file-changed')
    expect(
      (await refusalOf(collect(launch, { path: large, sheet: null }, { limits: { rows: 10_000 } }))).code,
    ).toBe('input.too-many-rows')
  })

  it('names a file as the user knows it, and judges it by that name', async () => {
    const launch = nodeSheetLauncher(entry.path)
    const shelved = folder.write('hZ9c-token', Buffer.from('甲,乙\n1,2\n'))
    const csv = await inspectFile(launch, shelved, { name: '11月名单.csv' })
    expect(csv).toMatchObject({ file: '11月名单.csv', sheets: [{ name: '11月名单' }] })
    expect(await refusalOf(inspectFile(launch, shelved, { name: '许可.xlsx' }))).toMatchObject({
      code: 'input.not-a-workbook',
      params: { file: '许可.xlsx' },
    })
    const late = { name: '许可.xlsx', limits: { timeoutMs: 0 } }
    expect(await refusalOf(inspectFile(launch, shelved, late))).toMatchObject({
      code: 'input.timeout',
      params: { file: '许可.xlsx' },
    })
    const request = { path: large, sheet: null, expectedSha256: '0'.repeat(64) }
    expect(await refusalOf(collect(launch, request, { name: '许可.xlsx' }))).toMatchObject({
      code: 'input.file-changed',
      params: { file: '许可.xlsx' },
    })
  })

  it('waits for a slow consumer', async () => {
    const watched = new WatchedLauncher()
    const reading = readSheet(watched.launch, { path: large, sheet: null })
    await reading.next()
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(watched.messages).toBeLessThanOrEqual(LOTS_AHEAD)
    let rows = 0
    for await (const event of reading) if (event.kind === 'rows') rows += event.rows.length
    expect(rows).toBe(20_000 - ROWS_PER_LOT)
  })

  it('is killed when the consumer leaves', async () => {
    const watched = new WatchedLauncher()
    for await (const event of readSheet(watched.launch, { path: large, sheet: null }))
      if (event.kind === 'rows') break
    expect(await watched.exits[0]).toEqual({ code: null, signal: 'SIGKILL' })
  })

  it('is killed by cancelling, before and while reading', async () => {
    const watched = new WatchedLauncher()
    const cancelling = new AbortController()
    const work = (async () => {
      for await (const event of readSheet(
        watched.launch,
        { path: large, sheet: null },
        { signal: cancelling.signal },
      )) {
        if (event.kind === 'rows') cancelling.abort()
      }
    })()
    expect((await refusalOf(work)).code).toBe('task.cancelled')
    expect(await watched.exits[0]).toEqual({ code: null, signal: 'SIGKILL' })
    const late = inspectFile(watched.launch, large, { signal: cancelling.signal })
    expect((await refusalOf(late)).code).toBe('task.cancelled')
    expect(watched.exits).toHaveLength(1)
  })

  it('is killed when its time is over', async () => {
    const watched = new WatchedLauncher()
    expect(
      await refusalOf(collect(watched.launch, { path: large, sheet: null }, { limits: { timeoutMs: 1 } })),
    ).toMatchObject({
      code: 'input.timeout',
      params: { file: 'large.xlsx' },
    })
    expect(await watched.exits[0]).toEqual({ code: null, signal: 'SIGKILL' })
  })

  it('Z1 F38 dies alone when its memory is full; the parent hardly grows', async () => {
    const strings = Array.from(
      { length: 900_000 },
      (_, index) => `<si><t>独一无二的文字第${index}号，占去许多内存</t></si>`,
    ).join('')
    const path = folder.write(
      'strings.xlsx',
      rawWorkbook({ sheet: '<row><c t="s"><v>1</v></c></row>', strings }),
    )
    globalThis.gc?.()
    const before = process.memoryUsage().rss
    const watched = new WatchedLauncher()
    const refusal = await refusalOf(inspectFile(watched.launch, path, { limits: { memoryMb: 40 } }))
    expect(refusal).toMatchObject({ code: 'input.memory', params: { file: 'strings.xlsx' } })
    expect(process.memoryUsage().rss - before).toBeLessThan(20 * 1024 * 1024)
    expect((await inspectFile(nodeSheetLauncher(entry.path), path)).sheets).toHaveLength(1)
  })

  it('Z1 a CSV file whose text is larger than the memory of the child is read through', async () => {
    const lines = Array.from(
      { length: 700_000 },
      (_, at) => `第${at}号,乙丙丁戊己庚辛壬癸,${'一'.repeat(6)}\n`,
    )
    const path = folder.write('large.csv', `名称,"说明,内容\n${lines.join('')}`)
    const limits = { rows: 1_000_000, fileBytes: 2 ** 30, memoryMb: 64 }
    const kept = keptSheetChild(nodeSheetLauncher(entry.path))
    const { sha256, sheets } = await inspectFile(kept.launch, path, { limits })
    expect(sheets[0]?.rows).toBe(700_001)
    let rows = 0
    const request = { path, sheet: null, expectedSha256: sha256 }
    for await (const event of readSheet(kept.launch, request, { limits }))
      if (event.kind === 'rows') rows += event.rows.length
    expect(rows).toBe(700_001)
    kept.end()
  })

  it('Z1 a cell of 200 MB is refused in the child; the parent hardly grows', async () => {
    const path = folder.write(
      'bomb.xlsx',
      rawWorkbook({ sheet: textRow(1, ['a'.repeat(200 * 1024 * 1024)]) }),
    )
    const before = process.memoryUsage().rss
    expect((await refusalOf(inspectFile(nodeSheetLauncher(entry.path), path))).code).toBe(
      'input.unsafe-workbook',
    )
    expect(process.memoryUsage().rss - before).toBeLessThan(20 * 1024 * 1024)
  })

  it('Z1 one long text that every cell shares reaches the parent in small pieces, cut in the preview', async () => {
    const strings = `<si><t>${'长'.repeat(30_000)}</t></si>`
    const cells = '<c t="s"><v>0</v></c>'.repeat(100)
    const sheet = Array.from({ length: 40 }, (_, at) => `<row r="${at + 1}">${cells}</row>`).join('')
    const path = folder.write('shared.xlsx', rawWorkbook({ sheet, strings }))
    const launch = nodeSheetLauncher(entry.path)
    const before = process.memoryUsage().rss
    const { sheets } = await inspectFile(launch, path)
    const preview = sheets[0]!.firstRows.flatMap((row) => row.cells.map((cell) => cell?.text.length ?? 0))
    expect(preview.reduce((sum, length) => sum + length, 0)).toBeLessThan(2.2 * 1024 * 1024)
    expect(process.memoryUsage().rss - before).toBeLessThan(20 * 1024 * 1024)
    const reading = readSheet(launch, { path, sheet: null })
    let rows = 0
    for await (const event of reading) {
      if (event.kind !== 'rows') continue
      expect(event.rows.length).toBeLessThan(5)
      rows += event.rows.length
    }
    expect(rows).toBe(40)
  })

  it.each(['xls', 'ods'] as const)(
    'Z1 a .%s that fills the memory ends the child, not the parent',
    async (kind) => {
      const rows = Array.from({ length: 40_000 }, (_, at) => [
        `独一无二的文字第${at}号，占去许多内存`,
        `乙${at}`,
      ])
      const path = folder.write(
        `full.${kind}`,
        oldWorkbook([{ name: '数据', rows }], kind === 'xls' ? 'biff8' : 'ods'),
      )
      globalThis.gc?.()
      const before = process.memoryUsage().rss
      const launch = nodeSheetLauncher(entry.path)
      const refusal = await refusalOf(
        kind === 'xls'
          ? inspectFile(launch, path, { limits: { memoryMb: 12 } })
          : inspectFile(launch, path, { limits: { inflatedBytes: 1_000_000 } }),
      )
      expect(refusal.code).toBe(kind === 'xls' ? 'input.memory' : 'input.unsafe-workbook')
      expect(process.memoryUsage().rss - before).toBeLessThan(20 * 1024 * 1024)
      const { sheets } = await inspectFile(launch, path)
      expect(sheets[0]).toMatchObject({ rows: 40_000 })
    },
  )

  it('a child that is killed from outside or cannot start is a failure, not a crash', async () => {
    const watched = new WatchedLauncher()
    watched.killAfterMessages = 2
    expect((await refusalOf(collect(watched.launch, { path: large, sheet: null }))).code).toBe('input.memory')
    const nowhere = nodeSheetLauncher(`${folder.path}/no-such-child.mjs`)
    expect((await refusalOf(inspectFile(nowhere, large))).code).toBe('defect.unexpected')
  })

  it('T17 cannot be reached through prototypes', async () => {
    const path = folder.write('proto.csv', '__proto__,constructor\n__proto__,toString\n')
    const events = await collect(nodeSheetLauncher(entry.path), { path, sheet: null })
    expect(events[0]).toMatchObject({
      rows: [{ cells: [{ text: '__proto__' }, { text: 'constructor' }] }, {}],
    })
  })
})
