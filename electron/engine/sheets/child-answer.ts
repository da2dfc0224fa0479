/** The work of the child process, apart from the channel it speaks through. */
import { failure, FailureError } from '@shared/kernel/failure'
import {
  CHARS_PER_LOT,
  LOTS_AHEAD,
  ROWS_PER_LOT,
  type ChildMessage,
  type ChildRequest,
} from './child-protocol'
import { openSheetFile } from './file-reader'
import { clipPreview } from './preview-clip'
import { encodeRows } from './row-wire'
import type { SheetRow } from './sheet-types'

/** Where answers go, and when the parent is ready for the next lot. */
export interface AnswerChannel {
  send(message: ChildMessage): void
  /** Resolves with the next acknowledgement. */
  acknowledged(): Promise<void>
}

/** Answers one request; whatever goes wrong becomes a `failure` message, never a throw. */
export async function answer(request: ChildRequest, channel: AnswerChannel): Promise<void> {
  try {
    channel.send(await outcome(request, channel))
  } catch (error) {
    channel.send({
      type: 'failure',
      failure:
        error instanceof FailureError
          ? error.failure
          : failure('defect.unexpected', { detail: nameOf(error) }),
    })
  }
}

async function outcome(request: ChildRequest, channel: AnswerChannel): Promise<ChildMessage> {
  const { path, name, limits } = request
  if (request.operation === 'inspect') {
    const source = await openSheetFile({ path, name }, limits)
    return { type: 'info', info: clipPreview(await source.inspect()) }
  }
  const { sheet, expectedSha256 } = request
  const source = await openSheetFile(
    expectedSha256 === null ? { path, name } : { path, name, expectedSha256 },
    limits,
  )
  const reading = source.rows(sheet)
  let held: SheetRow[] = []
  let chars = 0
  let ahead = 0
  const sendLot = async (): Promise<void> => {
    if (ahead === LOTS_AHEAD) {
      await channel.acknowledged()
      ahead--
    }
    channel.send({ type: 'rows', rows: encodeRows(held) })
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
