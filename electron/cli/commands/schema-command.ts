import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { jsonSchemaOf } from '@shared/standard/json-schema'
import { cliTexts, commandSummaries } from '@shared/texts/zh-CN/cli'
import { fill } from '@shared/texts/fill'
import { typeOf } from '@engine/standards/installed-standard'
import type { Command } from '@cli/command'
import { standardInUse } from '@cli/desk-standard'
import { EXIT } from '@cli/exit-code'

export const schemaCommand: Command = {
  name: 'schema',
  usage: 'schema --type T OUT.json',
  summary: commandSummaries.schema,
  options: { type: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  async run(context) {
    const { args } = context
    const path = resolve(args.positionals[0]!)
    const standard = await standardInUse(context)
    const { schema } = jsonSchemaOf(standard.pack, typeOf(standard, args.required('type')).spec)
    writeFileSync(path, `${JSON.stringify(schema, null, 2)}\n`)
    return { json: { path }, text: fill(cliTexts.schemaWritten, { path }), exit: EXIT.done }
  },
}
