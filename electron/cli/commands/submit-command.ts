import { cliTexts, commandSummaries } from '@shared/texts/zh-CN/cli'
import { fill } from '@shared/texts/fill'
import { callEngine } from '@cli/call-engine'
import type { Command } from '@cli/command'
import { waitingPackages } from '@cli/hand-carried-output'
import { createProgressLine } from '@cli/progress-line'
import { submissionOutcome } from '@cli/submission-output'
import { withDesk } from '@cli/with-desk'

export const submitCommand: Command = {
  name: 'submit',
  usage: 'submit [--type T] [--label L]',
  summary: commandSummaries.submit,
  options: { type: { type: 'string' }, label: { type: 'string' } },
  positionals: { min: 0, max: 0 },
  async run({ args, opening, note }) {
    return withDesk(opening, async (engine) => {
      const line = createProgressLine(note)
      const result = await engine.services.submission
        .submit({ type: args.text('type'), recordIds: null, label: args.text('label') }, line)
        .finally(() => line.end())
      return submissionOutcome(result, note)
    })
  },
}

export const resumeCommand: Command = {
  name: 'resume',
  usage: 'resume',
  summary: commandSummaries.resume,
  options: {},
  positionals: { min: 0, max: 0 },
  async run({ opening, note }) {
    return withDesk(opening, async (engine) => {
      const line = createProgressLine(note)
      const result = await engine.services.submission.resume(line).finally(() => line.end())
      // No wire carries them: whoever waits for them is told where they are.
      const waiting = waitingPackages(await callEngine(engine, 'packages.list', {}))
      if (waiting > 0) note(fill(cliTexts.handWaiting, { count: waiting }))
      return submissionOutcome(result, note)
    })
  },
}
