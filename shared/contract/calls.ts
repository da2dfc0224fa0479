/**
 * Every call between a page and the program, once. Types, preload bridge, ipc gate, engine router and the loopback
 * host are derived from this table; inputs are parsed by these schemas at each boundary. Adding a call takes a line
 * in the table of its area (`calls/`) and a handler.
 */
import type { SpecInput, SpecOutput } from './call-spec'
import { deskCalls } from '@shared/contract/calls/desk-calls'
import { standardCalls } from '@shared/contract/calls/standard-calls'
import { recordCalls } from '@shared/contract/calls/record-calls'
import { importCalls } from '@shared/contract/calls/import-calls'
import { publicityCalls } from '@shared/contract/calls/publicity-calls'
import { reportCalls } from '@shared/contract/calls/report-calls'
import { exchangeCalls } from '@shared/contract/calls/exchange-calls'
import { inboxCalls } from '@shared/contract/calls/inbox-calls'
import { connectionCalls } from '@shared/contract/calls/connection-calls'
import { upkeepCalls } from '@shared/contract/calls/upkeep-calls'
import { noteCalls } from '@shared/contract/calls/note-calls'
import { practiceCalls } from '@shared/contract/calls/practice-calls'
import { hostCalls } from '@shared/contract/calls/host-calls'

export const calls = {
  ...deskCalls,
  ...standardCalls,
  ...recordCalls,
  ...importCalls,
  ...publicityCalls,
  ...reportCalls,
  ...exchangeCalls,
  ...inboxCalls,
  ...connectionCalls,
  ...upkeepCalls,
  ...noteCalls,
  ...practiceCalls,
  ...hostCalls,
} as const

type Calls = typeof calls
/** The name of any call. */
export type CallName = keyof Calls
/** The parsed input of a call. */
export type CallInput<Name extends CallName> = SpecInput<Calls[Name]>
/** The output of a call. */
export type CallOutput<Name extends CallName> = SpecOutput<Calls[Name]>
/** Calls that the engine answers. */
export type EngineCallName = {
  [Name in CallName]: Calls[Name]['where'] extends 'engine' ? Name : never
}[CallName]
/** Calls that the shell or the loopback host answers. */
export type HostCallName = Exclude<CallName, EngineCallName>

/** One handler per call of a side; inputs arrive parsed, refusals are thrown as `FailureError`. */
export type Handlers<Names extends CallName> = {
  readonly [Name in Names]: (input: CallInput<Name>) => CallOutput<Name> | Promise<CallOutput<Name>>
}

/** Whether a text names a call of the contract. */
export const isCallName = (name: string): name is CallName => Object.hasOwn(calls, name)
