import { createWriteStream } from 'node:fs'
import ExcelJS from 'exceljs'
import { writeWhole } from './output-file'

/** A workbook whose rows leave memory as they are committed. */
export type StreamedWorkbook = ExcelJS.stream.xlsx.WorkbookWriter

/** Writes a workbook of any length. Refuses `output.not-writable`; the target is then as it was. */
export const writeStreamed = (
  target: string,
  write: (writer: StreamedWorkbook) => Promise<void>,
): Promise<void> =>
  writeWhole(target, async (path) => {
    const file = createWriteStream(path)
    // exceljs waits for the end of its stream only, so a disk that is full would never be heard of.
    const failed = new Promise<never>((_, reject) => file.on('error', reject))
    failed.catch(() => {})
    const writer = new ExcelJS.stream.xlsx.WorkbookWriter({
      stream: file,
      useStyles: true,
      useSharedStrings: false,
    })
    await write(writer)
    await Promise.race([writer.commit(), failed])
  })
