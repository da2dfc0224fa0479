/** The work of the child process, apart from the channel it speaks through. */
import { failure, FailureError, refuse } from '@shared/kernel/failure'
import {
  CHARS_PER_LOT,
  LOTS_AHEAD,
  ROWS_PER_LOT,
  type ChildMessage,
  type ChildRequest,
} from './child-protocol'
import { openSheetFile } from './file-reader'
import { readSnapshot } from './file-snapshot'
import { clipPreview } from './preview-clip'
import { encodeRows } from './row-wire'
import type { SheetSource } from './sheet-source'
import type { SheetRow } from './sheet-types'

/** Where answers go, and when the parent is ready for the next lot. */
export interface AnswerChannel {
  send(message: ChildMessage): void
  /** Resolves with the next acknowledgement. */
  acknowledged(): Promise<void>
}

/** The file that was looked at, its strings read: reading its rows next need not begin anew. */
interface InspectedFile {
  readonly path: string
  readonly sha256: string
  readonly source: SheetSource
}

/**
 * Answers requests about one file, one after the other; whatever goes wrong becomes a `failure` message, never a throw.
 */
export function createAnswerer(channel: AnswerChannel): (request: ChildRequest) => Promise<void> {
  let inspected: InspectedFile | null = null
  const keep = (file: InspectedFile): void => {
    inspected = file
  }
  return (request) => answer(request, channel, inspected, keep)
}

async function answer(
  request: ChildRequest,
  channel: AnswerChannel,
  inspected: InspectedFile | null,
  keep: (file: InspectedFile) => void,
): Promise<void> {
  try {
    channel.send(await outcome(request, channel, inspected, keep))
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

/** The file as it was inspected, as long as it is still the same; else the file as it is now. */
async function sourceOf(
  { path, name, limits, expectedSha256 }: Extract<ChildRequest, { operation: 'rows' }>,
  inspected: InspectedFile | null,
): Promise<SheetSource> {
  if (expectedSha256 === null) return openSheetFile({ path, name }, limits)
  if (inspected?.path !== path || inspected.sha256 !== expectedSha256)
    return openSheetFile({ path, name, expectedSha256 }, limits)
  const { file, sha256 } = await readSnapshot(path, limits, name)
  return sha256 === expectedSha256 ? inspected.source : refuse('input.file-changed', { file })
}

async function outcome(
  request: ChildRequest,
  channel: AnswerChannel,
  inspected: InspectedFile | null,
  keep: (file: InspectedFile) => void,
): Promise<ChildMessage> {
  if (request.operation === 'inspect') {
    const { path, name, limits } = request
    const source = await openSheetFile({ path, name }, limits)
    const info = await source.inspect()
    keep({ path, sha256: info.sha256, source })
    return { type: 'info', info: clipPreview(info) }
  }
  const reading = (await sourceOf(request, inspected)).rows(request.sheet)
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
