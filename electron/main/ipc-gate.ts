import type { IpcMainInvokeEvent } from 'electron'
import { CALL_CHANNEL } from '@shared/contract/bridge'
import type { Handlers, HostCallName } from '@shared/contract/calls'
import { parseCall } from '@shared/contract/parse-call'
import { failure } from '@shared/kernel/failure'
import { err } from '@shared/kernel/result'
import type { Result } from '@shared/kernel/result'
import { settle } from '@shared/kernel/settle'
import { isPageUrl } from './page-address'
import { stackOf } from './shell-log'
import type { ShellLog } from './shell-log'

/** The part of Electron's `ipcMain` that is used. */
export interface IpcReceiver {
  handle(channel: string, listener: (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown): void
}

/**
 * Electron's clause 17: a call counts only when it comes from the main frame of our window while that shows our page. A
 * frame inside it, a frame that has navigated or gone, or another window is nobody.
 */
export function isTrustedSender(
  event: IpcMainInvokeEvent,
  pageContentsId: number | null,
  pageOrigin: string,
): boolean {
  const frame = event.senderFrame
  return (
    pageContentsId !== null &&
    event.sender.id === pageContentsId &&
    frame !== null &&
    frame.parent === null &&
    isPageUrl(frame.url, pageOrigin)
  )
}

/**
 * The one door between page and program: sender, name and input are judged here, then the engine or the shell answers.
 * Every answer, refusals and defects included, is a `Result`; the page never sees an exception of ours.
 */
export function openIpcGate(options: {
  readonly ipc: IpcReceiver
  /** Id of the window's contents; null while there is no window. */
  readonly pageContentsId: () => number | null
  readonly pageOrigin: string
  readonly callEngine: (name: string, input: unknown) => Promise<Result<unknown>>
  readonly hostCalls: Handlers<HostCallName>
  readonly log: ShellLog
}): void {
  const { log } = options
  options.ipc.handle(CALL_CHANNEL, (event, name, input): Result<unknown> | Promise<Result<unknown>> => {
    if (!isTrustedSender(event, options.pageContentsId(), options.pageOrigin)) {
      log.error('ipc.foreign-sender', null)
      return err(failure('contract.unknown-call', { name: '' }, { kind: 'never' }))
    }
    const parsed = parseCall(name, input)
    if (!parsed.ok) {
      log.info('ipc.refused', { code: parsed.failure.code })
      return parsed
    }
    const call = parsed.value
    if (call.where === 'engine') return options.callEngine(call.name, call.input)
    // The table ties each name to its input type; the indexed access cannot express that pairing.
    const handler = options.hostCalls[call.name as HostCallName] as (input: unknown) => unknown
    return settle(
      () => handler(call.input),
      (error) => log.error('ipc.defect', stackOf(error), { call: call.name }),
    )
  })
}
