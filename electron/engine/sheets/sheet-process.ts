/**
 * The parent's side of reading a file: starts a child, asks, and kills it on cancel, on time-out and when the
 * consumer turns away. Whatever happens to the child, the parent only sees a failure.
 */
import { basename } from 'node:path'
import { refuse, type FailureCode } from '@shared/kernel/failure'
import type { ChildMessage, ChildRequest, ParentMessage } from './child-protocol'
import type { ReadingOrder, ReadRows } from './reading-order'
import { decodeRows, type WireRows } from './row-wire'
import { defaultSheetLimits, type SheetLimits } from './sheet-limits'
import type {
  ChildExit,
  FileInspection,
  LaunchSheetChild,
  SheetChild,
  SheetEnd,
  SheetRow,
} from './sheet-types'

/** How a file is read. */
export interface ReadingOptions {
  readonly limits?: Partial<SheetLimits>
  readonly signal?: AbortSignal
  /** What the user calls the file, where it lies under another name; failures name it so. */
  readonly name?: string
}

/** One sheet of one file. `sheet: null` is the first visible one. */
export interface SheetRequest {
  readonly path: string
  readonly sheet: string | null
  /** Hash from the inspection: a file that changed since is refused with `input.file-changed`. */
  readonly expectedSha256?: string
}

/** What a reading gives: lots of rows, and at last one `end`. */
export type SheetEvent<Lot = { readonly rows: readonly SheetRow[] }> =
  ({ readonly kind: 'rows' } & Lot) | { readonly kind: 'end'; readonly end: SheetEnd }

/** Data rows, packed, with what was read of each. */
export interface OrderedLot {
  readonly rows: WireRows
  readonly read: ReadRows
}

/**
 * Looks at a file in a child process: sheets, first rows, encoding, hash.
 * Throws `FailureError`: every `input.*` code, `task.cancelled` when the signal fires.
 */
export async function inspectFile(
  launch: LaunchSheetChild,
  path: string,
  options: ReadingOptions = {},
): Promise<FileInspection> {
  const limits = { ...defaultSheetLimits, ...options.limits }
  const request = { operation: 'inspect', path, name: options.name ?? basename(path), limits } as const
  for await (const message of conversation(launch, request, options.signal)) {
    if (message.type === 'info') return message.info
  }
  return refuse('defect.unexpected')
}

/**
 * Reads a sheet in a child process, its rows as they are. The child waits while the consumer is busy; leaving the loop
 * kills it. Throws like `inspectFile`. Nothing is complete before `end` has come.
 */
export async function* readSheet(
  launch: LaunchSheetChild,
  request: SheetRequest,
  options: ReadingOptions = {},
): AsyncGenerator<SheetEvent, void> {
  for await (const message of rowsOf(launch, request, null, options)) {
    if (message.type === 'rows') yield { kind: 'rows', rows: decodeRows(message.rows) }
    else yield { kind: 'end', end: message.end }
  }
}

/** The same, normalised and checked in the child as an order says. */
export async function* readOrderedSheet(
  launch: LaunchSheetChild,
  request: SheetRequest,
  order: ReadingOrder,
  options: ReadingOptions = {},
): AsyncGenerator<SheetEvent<OrderedLot>, void> {
  for await (const message of rowsOf(launch, request, order, options)) {
    if (message.type === 'end') yield { kind: 'end', end: message.end }
    else if (message.read !== null) yield { kind: 'rows', rows: message.rows, read: message.read }
  }
}

type RowMessage = Extract<ChildMessage, { readonly type: 'rows' | 'end' }>

async function* rowsOf(
  launch: LaunchSheetChild,
  { path, sheet, expectedSha256 }: SheetRequest,
  order: ReadingOrder | null,
  options: ReadingOptions,
): AsyncGenerator<RowMessage, void> {
  const limits = { ...defaultSheetLimits, ...options.limits }
  const name = options.name ?? basename(path)
  const request: ChildRequest = {
    ...{ operation: 'rows', path, name, sheet, order, limits },
    expectedSha256: expectedSha256 ?? null,
  }
  for await (const message of conversation(launch, request, options.signal)) {
    if (message.type === 'rows') yield message
    else if (message.type === 'end') {
      yield message
      return
    }
  }
  refuse('defect.unexpected')
}

type Arrival =
  { readonly message: ChildMessage } | { readonly exit: ChildExit } | { readonly stop: FailureCode }

/** Messages of the child in order, each acknowledged when the consumer comes back for the next. */
async function* conversation(
  launch: LaunchSheetChild,
  request: ChildRequest,
  signal: AbortSignal | undefined,
): AsyncGenerator<ChildMessage, void> {
  const file = request.name
  if (signal?.aborted === true) refuse('task.cancelled')
  const arrivals = new ArrivalQueue(request.limits.timeoutMs)
  const onAbort = (): void => arrivals.interrupt({ stop: 'task.cancelled' })
  signal?.addEventListener('abort', onAbort)
  const child = launch({ memoryMb: request.limits.memoryMb })
  try {
    child.onMessage((message) => arrivals.push({ message: message as ChildMessage }))
    child.onExit((exit) => arrivals.push({ exit }))
    tell(child, { type: 'start', request })
    for (;;) {
      const arrival = await arrivals.next()
      if ('stop' in arrival) refuse(arrival.stop, { file })
      if ('exit' in arrival) refuse(codeOfExit(arrival.exit), { file })
      if (arrival.message.type === 'failure')
        refuse(arrival.message.failure.code, arrival.message.failure.params)
      yield arrival.message
      tell(child, { type: 'ack' })
    }
  } finally {
    signal?.removeEventListener('abort', onAbort)
    child.kill()
  }
}

function tell(child: SheetChild, message: ParentMessage): void {
  child.send(message)
}

/** V8 aborts a process whose heap is full; a process killed from outside was taken by the system, for memory too. */
function codeOfExit({ code, signal }: ChildExit): FailureCode {
  const isMemory =
    signal === 'SIGABRT' ||
    signal === 'SIGKILL' ||
    signal === 'SIGTRAP' ||
    (code !== null && MEMORY_EXITS.has(code))
  return isMemory ? 'input.memory' : 'defect.unexpected'
}

/** Signals 5 and 6 as hosts report them, abort() on Windows, a breakpoint trap, Chromium's out-of-memory exception. */
const MEMORY_EXITS: ReadonlySet<number> = new Set([
  5, 6, 134, 133, 137, 3, -2147483645, 2147483651, -1073740791, 3221226505, -536870904, 3758096392,
])

/** Arrivals in order. Only the time spent waiting for the child counts against its budget. */
class ArrivalQueue {
  private readonly held: Arrival[] = []
  private take: ((arrival: Arrival) => void) | null = null
  private remainingMs: number

  constructor(timeoutMs: number) {
    this.remainingMs = timeoutMs
  }

  push(arrival: Arrival): void {
    if (this.take === null) this.held.push(arrival)
    else this.take(arrival)
  }

  /** Comes before everything that is held. */
  interrupt(arrival: Arrival): void {
    if (this.take === null) this.held.unshift(arrival)
    else this.take(arrival)
  }

  next(): Promise<Arrival> {
    const ready = this.held.shift()
    if (ready !== undefined) return Promise.resolve(ready)
    const started = performance.now()
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.take?.({ stop: 'input.timeout' }), Math.max(0, this.remainingMs))
      this.take = (arrival) => {
        clearTimeout(timer)
        this.take = null
        this.remainingMs -= performance.now() - started
        resolve(arrival)
      }
    })
  }
}
