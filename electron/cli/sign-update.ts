/**
 * Makes a signed update package out of an installer, for the makers of the client. Not a command of the client: no desk
 * ever holds the key that signs updates.
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import * as v from 'valibot'
import { softwareSmProvider } from '@engine/crypto/software-sm-provider'
import { issueUpdate } from '@engine/updates/update-issuing'
import { proveUpdate } from '@engine/updates/update-package'
import { updateManifestSchema } from '@shared/domain/update'
import { FailureError, refuse } from '@shared/kernel/failure'
import { signUpdateTexts } from '@shared/texts/zh-CN/cli'
import { failureSentence } from '@shared/texts/zh-CN/failures'
import { parseCommandArguments } from './arguments'
import { EXIT, exitCodeOf, type ExitCode } from './exit-code'
import { signingKeyOf } from './key-files'

const PRODUCT = 'xinbao'
const OLDEST = '0.0.0'

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return refuse('input.missing-file', { file })
  }
}

async function sign(words: readonly string[]): Promise<unknown> {
  const options = {
    key: { type: 'string' },
    version: { type: 'string' },
    channel: { type: 'string' },
    notes: { type: 'string' },
  } as const
  const args = parseCommandArguments(words, options, { min: 2, max: 2 })
  const [installer, out] = args.positionals.map((word) => resolve(word)) as [string, string]
  const notesFile = args.text('notes')
  const statement = {
    product: PRODUCT,
    channel: args.text('channel') ?? 'stable',
    version: args.required('version'),
    notes: notesFile === null ? '' : readText(notesFile),
  }
  const { version, channel, notes } = updateManifestSchema.entries
  if (!v.is(v.object({ version, channel, notes }), statement))
    refuse('usage.invalid', { detail: signUpdateTexts.statement })
  const key = signingKeyOf(args.required('key'))
  const manifest = await issueUpdate(installer, out, statement, key).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') refuse('input.missing-file', { file: installer })
    throw error
  })
  const { publicKey } = key
  // What no client would take is not handed out.
  const trust = { product: PRODUCT, channel: statement.channel, publicKey }
  await proveUpdate({ path: out, name: out }, { trust, own: OLDEST, sm: softwareSmProvider }, null)
  return { file: out, ...manifest, publicKey }
}

async function main(words: readonly string[]): Promise<ExitCode> {
  if (words.length === 0 || words.includes('--help')) {
    process.stdout.write(`${signUpdateTexts.usage}\n`)
    return words.length === 0 ? EXIT.usage : EXIT.done
  }
  try {
    process.stdout.write(`${JSON.stringify(await sign(words))}\n`)
    return EXIT.done
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
    process.stderr.write(`${failureSentence(error.failure)}\n`)
    return exitCodeOf(error.failure.code)
  }
}

process.exitCode = await main(process.argv.slice(2))
