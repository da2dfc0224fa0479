import type { PullResult } from '@shared/contract/views/exchange-views'
import { FailureError } from '@shared/kernel/failure'
import type { Failure } from '@shared/kernel/failure'
import { cliTexts, commandSummaries } from '@shared/texts/zh-CN/cli'
import { failureSentence } from '@shared/texts/zh-CN/failures'
import { fill } from '@shared/texts/fill'
import type { Engine } from '@engine/compose'
import type { TaskHandle } from '@engine/services/tasks-service'
import { callEngine } from '@cli/call-engine'
import type { Command, CommandResult } from '@cli/command'
import { EXIT, exitCodeOf } from '@cli/exit-code'
import type { ExitCode } from '@cli/exit-code'
import { handCarried, isCarriedByHand, waitingPackages } from '@cli/hand-carried-output'
import { createProgressLine } from '@cli/progress-line'
import { reconciliationOutcome } from '@cli/reconciliation-output'
import { submissionOutcome } from '@cli/submission-output'
import { withDesk } from '@cli/with-desk'
import { waitingPart } from '@cli/waiting-output'

/** The worst first. */
const GRAVITY: readonly ExitCode[] = [EXIT.refused, EXIT.unreachable, EXIT.needsPerson, EXIT.done]
const SOON_DAYS = 2

const worst = (codes: readonly ExitCode[]): ExitCode =>
  GRAVITY.find((code) => codes.includes(code)) ?? EXIT.done

/** One part of the day; whatever is wrong with it, the others are done: above all, what is ready is sent. */
async function part<T>(work: Promise<T>): Promise<{ readonly value: T } | { readonly failure: Failure }> {
  try {
    return { value: await work }
  } catch (error) {
    if (error instanceof FailureError && error.failure.code !== 'task.cancelled')
      return { failure: error.failure }
    throw error
  }
}

interface Part {
  readonly json: unknown
  readonly lines: readonly string[]
  readonly exit: ExitCode
}

const failed = (found: Failure): Part => ({
  json: null,
  lines: [failureSentence(found)],
  exit: exitCodeOf(found.code),
})

const made = ({ json, text, exit }: CommandResult): Part => ({ json, lines: [text], exit })

const pulledPart = (pulled: PullResult): Part => {
  const { rejected, corrections, takedowns, standards } = pulled
  return {
    json: pulled,
    lines: [fill(cliTexts.pulled, { ...pulled })],
    exit: rejected + corrections + takedowns + standards > 0 ? EXIT.needsPerson : EXIT.done,
  }
}

const SKIPPED: Part = { json: null, lines: [], exit: EXIT.done }

/** What goes over a wire: messages, batches left open, what is ready, and the comparison of both sides. */
async function overTheWire(engine: Engine, task: TaskHandle, note: (line: string) => void) {
  const { feedback, submission, reconciliation, checking } = engine.services
  const pull = await part(feedback.pull(task))
  const check = await checking.recheckDrafts(null)
  // What an earlier run left open goes first: the oldest is the latest.
  const resumed = await submission.resume(task)
  const run = await submission.submit({ type: null, recordIds: null, label: null }, task)
  const both = {
    ...run,
    batches: [...resumed.batches, ...run.batches],
    failure: resumed.failure ?? run.failure,
  }
  const submit = made(submissionOutcome(both, note))
  const compared = await part(reconciliation.run(task))
  return {
    check,
    pull: 'failure' in pull ? failed(pull.failure) : pulledPart(pull.value),
    submit,
    reconciliation:
      'failure' in compared ? failed(compared.failure) : made(reconciliationOutcome(compared.value)),
  }
}

/** The same at a desk whose files a person carries: it says what there is to carry. */
async function byHand(engine: Engine) {
  const check = await engine.services.checking.recheckDrafts(null)
  const { counts } = await callEngine(engine, 'desk.overview', {})
  const waiting = waitingPackages(await callEngine(engine, 'packages.list', {}))
  return {
    check,
    pull: SKIPPED,
    submit: handCarried(counts.ready, waiting),
    reconciliation: SKIPPED,
  }
}

async function runDay(
  engine: Engine,
  task: TaskHandle,
  note: (line: string) => void,
): Promise<CommandResult> {
  const { check, ...parts } = isCarriedByHand(engine)
    ? await byHand(engine)
    : await overTheWire(engine, task, note)
  const { overdue, dueToday, dueSoon } = engine.services.desk.dangerList(SOON_DAYS)
  const due = { overdue, dueToday, dueSoon }
  const waiting = waitingPart(await callEngine(engine, 'inbox.list', {}))
  const all = [...Object.values(parts), waiting]
  return {
    json: {
      pull: parts.pull.json,
      check,
      submit: parts.submit.json,
      reconciliation: parts.reconciliation.json,
      waiting: waiting.json,
      due,
    },
    text: [...all.flatMap(({ lines }) => lines), fill(cliTexts.dueCounts, { ...due, days: SOON_DAYS })].join(
      '\n',
    ),
    exit: worst([...all.map(({ exit }) => exit), overdue > 0 ? EXIT.needsPerson : EXIT.done]),
  }
}

export const dailyCommand: Command = {
  name: 'daily',
  usage: 'daily',
  summary: commandSummaries.daily,
  options: {},
  positionals: { min: 0, max: 0 },
  async run({ opening, note }) {
    return withDesk(opening, async (engine) => {
      const line = createProgressLine(note)
      return runDay(engine, line, note).finally(() => line.end())
    })
  },
}
