import { foldForKey } from '@shared/kernel/text'
import type { RecordTypeSpec } from '@shared/standard/pack'
import { groupTypes } from '@shared/standard/type-groups'
import { fill } from '@shared/texts/fill'
import { cliTexts, commandSummaries } from '@shared/texts/zh-CN/cli'
import { localTypeMark, policyClassNames } from '@shared/texts/zh-CN/policy-classes'
import { standardInUse } from '@cli/desk-standard'
import type { Command } from '@cli/command'
import { EXIT } from '@cli/exit-code'

const CODE_COLUMNS = 14

const lineOf = ({ code, title, isLocal }: RecordTypeSpec): string =>
  `  ${code.padEnd(CODE_COLUMNS)}${title}${isLocal === true ? `（${localTypeMark}）` : ''}`

const jsonOf = ({ code, title, shortTitle, policyClass, isLocal, source, deadline }: RecordTypeSpec) => ({
  ...{ code, title, shortTitle, policyClass, isLocal: isLocal ?? false },
  source: source ?? null,
  deadlineDays: deadline.days,
})

export const typesCommand: Command = {
  name: 'types',
  usage: 'types [WORD]',
  summary: commandSummaries.types,
  options: {},
  positionals: { min: 0, max: 1 },
  async run(context) {
    const { args } = context
    const { pack, conversions } = await standardInUse(context)
    const word = foldForKey(args.positionals[0] ?? '')
    const answers = ({ code, title, shortTitle, policyClass }: RecordTypeSpec): boolean =>
      foldForKey(`${code} ${title} ${shortTitle} ${policyClassNames[policyClass]}`).includes(word)
    const types = pack.recordTypes.filter(answers)
    const older = [...conversions.values()].map(({ source }) => source.spec).filter(answers)
    const text = [
      ...groupTypes(types).flatMap((group) => [
        policyClassNames[group.policyClass],
        ...group.types.map(lineOf),
      ]),
      ...(older.length === 0 ? [] : [cliTexts.olderLayouts, ...older.map(lineOf)]),
      ...(types.length + older.length === 0
        ? [fill(cliTexts.noSuchType, { word: args.positionals[0] ?? '' })]
        : []),
    ].join('\n')
    const json = { types: types.map(jsonOf), olderLayouts: older.map(jsonOf) }
    return { json, text, exit: EXIT.done }
  },
}
