/** The work of the child process, apart from the channel it speaks through. */
import { failure, FailureError } from '@shared/kernel/failure'
import {
  CHARS_PER_LOT,
  LOTS_AHEAD,
  ROWS_PER_LOT,
  type ChildMessage,
  type ChildRequest,
} from './child-protocol'
import { digestOf } from './file-pieces'
import { openSheetFile } from './file-reader'
import { clipPreview } from './preview-clip'
import { encodeRows } from './row-wire'
import type { ReadingOrder, ReadRows } from './reading-order'
import type { SheetSource } from './sheet-source'
import type { SheetRow } from './sheet-types'

/** Where answers go, and when the parent is ready for the next lot. */
export interface AnswerChannel {
  send(message: ChildMessage): void
  /** Resolves with the next acknowledgement. */
  acknowledged(): Promise<void>
}

/** Makes of the rows of a sheet, lot by lot, what an order wants of them: only the data rows, and what they say. */
export type ReadingMaker = (
  order: ReadingOrder,
) => (rows: readonly SheetRow[]) => { readonly rows: readonly SheetRow[]; readonly read: ReadRows }

/** The file that was looked at, its strings read: reading its rows next need not begin anew. */
interface InspectedFile {
  readonly path: string
  readonly sha256: string
  readonly source: SheetSource
}

/**
 * Answers requests about one file, one after the other; whatever goes wrong becomes a `failure` message, never a throw.
 */
export function createAnswerer(
  channel: AnswerChannel,
  makeReading: ReadingMaker,
): (request: ChildRequest) => Promise<void> {
  let inspected: InspectedFile | null = null
  const keep = (file: InspectedFile): void => {
    inspected = file
  }
  return (request) => answer(request, { channel, makeReading, keep }, inspected)
}

interface Answering {
  readonly channel: AnswerChannel
  readonly makeReading: ReadingMaker
  keep(file: InspectedFile): void
}

async function answer(
  request: ChildRequest,
  answering: Answering,
  inspected: InspectedFile | null,
): Promise<void> {
  try {
    answering.channel.send(await outcome(request, answering, inspected))
  } catch (error) {
    answering.channel.send({
      type: 'failure',
      failure:
        error instanceof FailureError
          ? error.failure
          : failure('defect.unexpected', { detail: nameOf(error) }),
    })
  }
}

/** The file as it was inspected, as long as it is still the same; else the file as it is now. */
async function sourceOf(
  { path, name, limits, expectedSha256 }: Extract<ChildRequest, { operation: 'rows' }>,
  inspected: InspectedFile | null,
): Promise<SheetSource> {
  if (expectedSha256 === null) return openSheetFile({ path, name }, limits)
  if (inspected?.path !== path || inspected.sha256 !== expectedSha256)
    return openSheetFile({ path, name, expectedSha256 }, limits)
  await digestOf({ path, file: name, limits }, expectedSha256)
  return inspected.source
}

async function outcome(
  request: ChildRequest,
  { channel, makeReading, keep }: Answering,
  inspected: InspectedFile | null,
): Promise<ChildMessage> {
  if (request.operation === 'inspect') {
    const { path, name, limits } = request
    const source = await openSheetFile({ path, name }, limits)
    const info = await source.inspect()
    keep({ path, sha256: info.sha256, source })
    return { type: 'info', info: clipPreview(info) }
  }
  const { sheet, order } = request
  const reading = (await sourceOf(request, inspected)).rows(sheet)
  const readingOf = order === null ? null : makeReading(order)
  let held: SheetRow[] = []
  let chars = 0
  let ahead = 0
  const sendLot = async (): Promise<void> => {
    if (ahead === LOTS_AHEAD) {
      await channel.acknowledged()
      ahead--
    }
    const made = readingOf?.(held)
    channel.send({ type: 'rows', rows: encodeRows(made?.rows ?? held), read: made?.read ?? null })
    ahead++
    held = []
    chars = 0
  }
  for (;;) {
    const step = await reading.next()
    if (step.done === true) {
      if (held.length > 0) await sendLot()
      return { type: 'end', end: step.value }
    }
    for (const row of step.value) {
      held.push(row)
      for (const cell of row.cells) if (cell !== null) chars += cell.text.length
      if (held.length >= ROWS_PER_LOT || chars >= CHARS_PER_LOT) await sendLot()
    }
  }
}

/** Class and system code only: a message could hold a path or cell text. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const { code } = error as NodeJS.ErrnoException
  return code === undefined ? error.name : `${error.name} ${code}`
}
