/** The parts of the bench that run in a process of their own. */
import { Agent, createServer } from 'node:http'
import axios from 'axios'
import ExcelJS from 'exceljs'
import { storeFile } from '@engine/repos/data-folder'
import { openDatabase } from '@engine/repos/database'
import { openSheetFile } from '@engine/sheets/file-reader'
import { defaultSheetLimits } from '@engine/sheets/sheet-limits'
import { readDeskKey } from '@web/desk-key'

type Program = (args: readonly string[]) => Promise<void>

/** Reads a file with the product's own reader and nothing else. */
const readOwn: Program = async ([path]) => {
  const source = await openSheetFile(
    { path: path! },
    { ...defaultSheetLimits, rows: 2_000_000, fileBytes: 2 ** 31, timeoutMs: 600_000 },
  )
  let rows = 0
  for await (const lot of source.rows(null)) rows += lot.length
  console.log(rows)
}

/** Reads a workbook with ExcelJS and nothing else. */
const readExcelJs: Program = async ([path]) => {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.readFile(path!)
  console.log(workbook.worksheets[0]!.rowCount)
}

/** Answers every request once it has read it; prints its address. */
const sink: Program = () =>
  new Promise(() => {
    const server = createServer((request, response) => {
      request.resume().once('end', () => response.end('{"ok":true}'))
    })
    server.listen(0, '127.0.0.1', () => console.log((server.address() as { port: number }).port))
  })

/** Posts every part that a desk has sealed, one after another, and prints how long it took in ms. */
const postParts: Program = async ([dataDir, port]) => {
  const database = openDatabase({ file: storeFile(dataDir!), key: readDeskKey(dataDir!, {})! })
  const parts = database
    .prepare('SELECT bytes FROM batch_part ORDER BY batch_id, no')
    .pluck()
    .all() as Buffer[]
  database.close()
  const client = axios.create({ httpAgent: new Agent({ keepAlive: true }), maxBodyLength: Infinity })
  const startedMs = performance.now()
  for (const bytes of parts) {
    await client.put(`http://127.0.0.1:${port}/`, bytes, {
      headers: { 'content-type': 'application/octet-stream' },
    })
  }
  const bytes = parts.reduce((sum, one) => sum + one.length, 0)
  console.log(JSON.stringify({ wallMs: performance.now() - startedMs, parts: parts.length, bytes }))
}

export const programs: ReadonlyMap<string, Program> = new Map([
  ['read-own', readOwn],
  ['read-exceljs', readExcelJs],
  ['sink', sink],
  ['post-parts', postParts],
])
