// `npm run faults:planted`: puts each of eight bugs into a scratch copy of the program and sees that the harness finds it,
// and that it finds nothing in the clean copy.
import '../../electron/launch/check-node.cjs'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

/** Each bug with the kinds of faults that must show it, and how large a share of their whole run is enough. */
const bugs = [
  ['a-synchronous-normal', 'power', 0.1],
  ['b-synchronous-off', 'power', 0.1],
  ['c-new-id-per-retry', 'network', 0.1],
  ['d-acknowledged-before-commit', 'steps', 0.02],
  ['e-receipt-in-second-transaction', 'steps', 0.04],
  ['f-5xx-taken-as-failure', 'network', 0.1],
  ['g-verdict-without-revision', 'interleaving', 0.03],
  ['h-audit-outside-transaction', 'steps', 0.04],
]

const { values } = parseArgs({ options: { only: { type: 'string' }, 'no-clean': { type: 'boolean' } } })
const root = resolve(import.meta.dirname, '../..')
const chosen = bugs.filter(([name]) => values.only === undefined || name.startsWith(values.only))

const must = (cwd, command, ...args) => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`)
  return stdout
}

const copy = mkdtempSync(join(tmpdir(), 'xinbao-planted-'))
const faults = (kind, scale) => {
  const args = ['test/faults/run.mjs', '--only', kind, '--scale', String(scale), '--quick']
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' })
  return { isGreen: status === 0, isSkipped: /^SKIPPED/m.test(stdout), text: `${stdout}${stderr}` }
}

let failed = 0
let skipped = 0
const tell = (title, isRight, result) => {
  if (!isRight) failed++
  process.stdout.write(`${isRight ? 'as it must be' : 'WRONG'}: ${title}\n`)
  const said = result.text.split('\n').filter((line) => (isRight ? /^ {2}\w+: /.test(line) : line !== ''))
  for (const line of said.slice(0, isRight ? 2 : 40))
    process.stdout.write(`    ${line.trim().slice(0, 140)}\n`)
}

try {
  for (const file of must(root, 'git', 'ls-files', '-z').split('\0').filter(Boolean)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    cpSync(join(root, file), join(copy, file))
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))

  const subset = new Map()
  for (const [, kind, scale] of chosen) subset.set(kind, Math.max(scale, subset.get(kind) ?? 0))
  if (values['no-clean'] !== true) {
    for (const [kind, scale] of subset) {
      const result = faults(kind, scale)
      tell(`clean, ${kind}: ${result.isGreen ? 'green' : 'red'}`, result.isGreen, result)
    }
  }
  for (const [name, kind, scale] of chosen) {
    const patch = join(root, 'test/faults/planted', `${name}.patch`)
    must(copy, 'git', 'apply', patch)
    const result = faults(kind, scale)
    must(copy, 'git', 'apply', '-R', patch)
    if (result.isSkipped) {
      skipped++
      process.stdout.write(`SKIPPED: ${name}, ${kind} cannot take place here\n`)
    } else tell(`${name}, ${kind}: ${result.isGreen ? 'green' : 'red'}`, !result.isGreen, result)
  }
} finally {
  rmSync(copy, { recursive: true, force: true })
}
process.stdout.write(`\nplanted bugs: ${chosen.length}, ${failed} wrong, ${skipped} skipped\n`)
process.exitCode = failed === 0 ? 0 : 1
