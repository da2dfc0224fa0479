/**
 * Makes a signed package of a standard out of a pack folder, for whoever runs a platform. Not a command of the client:
 * a desk never holds the key that signs standards.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { softwareSmProvider } from '@engine/crypto/software-sm-provider'
import { openPackage } from '@engine/standards/package-check'
import { issuePackage } from '@engine/standards/package-signing'
import { readPack } from '@engine/standards/standard-loader'
import { FailureError, refuse } from '@shared/kernel/failure'
import { compileStandard } from '@shared/standard/compile-standard'
import { failureSentence } from '@shared/texts/zh-CN/failures'
import { signPackTexts } from '@shared/texts/zh-CN/cli'
import { parseCommandArguments } from './arguments'
import { EXIT, exitCodeOf, type ExitCode } from './exit-code'
import { signingKeyOf } from './key-files'

const REGION = /^\d{6}$/

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return refuse('input.missing-file', { file })
  }
}

function sign(words: readonly string[]): Readonly<Record<string, string>> {
  const options = {
    key: { type: 'string' },
    region: { type: 'string' },
    supersedes: { type: 'string' },
    changes: { type: 'string' },
  } as const
  const args = parseCommandArguments(words, options, { min: 2, max: 2 })
  const [folder, target] = args.positionals as [string, string]
  const region = args.required('region')
  if (!REGION.test(region)) refuse('usage.invalid', { detail: signPackTexts.region })
  const key = signingKeyOf(args.required('key'))
  const changesFile = args.text('changes')
  const statement = {
    region,
    supersedes: args.text('supersedes'),
    changes: changesFile === null ? '' : readText(changesFile),
  }
  const issued = issuePackage(readPack(resolve(folder)), statement, key)
  const { publicKey } = key
  // What no desk would take is not handed out. A desk's bureau carries its region in its code.
  openPackage(
    Buffer.from(issued.text),
    { publicKey, standardId: issued.id, bureauCode: `11${region}` },
    { sm: softwareSmProvider, compile: (pack) => compileStandard(pack) },
  )
  mkdirSync(dirname(resolve(target)), { recursive: true })
  writeFileSync(target, issued.text)
  return { file: resolve(target), id: issued.id, version: issued.version, sha256: issued.sha256, publicKey }
}

function main(words: readonly string[]): ExitCode {
  if (words.length === 0 || words.includes('--help')) {
    process.stdout.write(`${signPackTexts.usage}\n`)
    return words.length === 0 ? EXIT.usage : EXIT.done
  }
  try {
    process.stdout.write(`${JSON.stringify(sign(words))}\n`)
    return EXIT.done
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
    process.stderr.write(`${failureSentence(error.failure)}\n`)
    return exitCodeOf(error.failure.code)
  }
}

process.exitCode = main(process.argv.slice(2))
