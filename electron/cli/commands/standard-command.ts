import { basename, resolve } from 'node:path'
import type { StandardPreview, StandardsView } from '@shared/contract/views/standard-views'
import { refuse } from '@shared/kernel/failure'
import { cliTexts, commandSummaries, usageTexts } from '@shared/texts/zh-CN/cli'
import { fill } from '@shared/texts/fill'
import { standardActArguments, standardStates } from '@shared/texts/zh-CN/standards'
import type { EngineServices } from '@engine/compose'
import { readPackageFile } from '@engine/standards/package-file'
import type { Command, CommandResult } from '@cli/command'
import { EXIT } from '@cli/exit-code'
import { createProgressLine } from '@cli/progress-line'
import { withDesk } from '@cli/with-desk'

type Note = (line: string) => void

function viewText({ versions, announced }: StandardsView): string {
  const lines = versions.map(({ version, title, state }) =>
    fill(cliTexts.versionLine, {
      version,
      title,
      state: standardStates[state],
      mark: state === 'in-force' ? '*' : ' ',
    }),
  )
  return [...lines, ...announced.map(({ version }) => fill(cliTexts.announced, { version }))].join('\n')
}

const previewText = ({ summary, newlyBlocked, details }: StandardPreview): string =>
  [
    summary,
    ...(newlyBlocked === 0 ? [] : [fill(cliTexts.previewNewlyBlocked, { count: newlyBlocked })]),
    ...details.map((detail) => `  ${detail}`),
  ].join('\n')

/** Somebody has to agree to what waits, or to put right what is damaged. */
const needsPerson = ({ versions }: StandardsView): boolean =>
  versions.some(({ state }) => state === 'consent' || state === 'damaged')

function list({ standards }: EngineServices): CommandResult {
  const json = standards.view()
  return { json, text: viewText(json), exit: needsPerson(json) ? EXIT.needsPerson : EXIT.done }
}

function install({ standards }: EngineServices, file: string): CommandResult {
  const path = resolve(file)
  const version = standards.install(readPackageFile(path, basename(path)))
  return {
    json: { version, ...standards.view() },
    text: fill(cliTexts.versionInstalled, { version }),
    exit: EXIT.needsPerson,
  }
}

async function preview({ standards }: EngineServices, version: string, note: Note): Promise<CommandResult> {
  const line = createProgressLine(note)
  const json = await standards.preview(version, line).finally(() => line.end())
  return { json, text: previewText(json), exit: json.affected > 0 ? EXIT.needsPerson : EXIT.done }
}

/** Whoever types this has decided; the effect is worked out first all the same, and shown. */
async function adopt(services: EngineServices, version: string, note: Note): Promise<CommandResult> {
  const { standards, checking } = services
  const effect = await preview(services, version, note)
  note(effect.text)
  const isInForce = standards.adopt(version)
  const checked = isInForce ? await checking.recheckDrafts(null) : null
  const view = standards.view()
  const from = view.versions.find((one) => one.version === version)?.from ?? ''
  return {
    json: { preview: effect.json, checked, ...view },
    text: fill(cliTexts.versionAdopted, { version, from, inForce: view.inForce }),
    exit: (checked?.blocked ?? 0) > 0 ? EXIT.needsPerson : EXIT.done,
  }
}

const acts: Readonly<
  Record<
    keyof typeof standardActArguments,
    (services: EngineServices, word: string, note: Note) => CommandResult | Promise<CommandResult>
  >
> = { install, preview, adopt }

const isAct = (word: string): word is keyof typeof acts => Object.hasOwn(acts, word)

export const standardCommand: Command = {
  name: 'standard',
  usage: 'standard [install FILE | preview VERSION | adopt VERSION]',
  summary: commandSummaries.standard,
  options: {},
  positionals: { min: 0, max: 2 },
  async run({ args, opening, note }) {
    const [act, word] = args.positionals
    if (act === undefined) return withDesk(opening, ({ services }) => Promise.resolve(list(services)))
    if (!isAct(act)) return refuse('usage.invalid', { detail: fill(usageTexts.standardAct, { word: act }) })
    if (word === undefined) {
      const detail = fill(usageTexts.standardArgument, { act, what: standardActArguments[act] })
      return refuse('usage.invalid', { detail })
    }
    return withDesk(opening, async ({ services }) => acts[act](services, word, note))
  },
}
