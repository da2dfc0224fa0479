/** `npm run fuzz -- --seconds N --seed S`: looks for files and packs that break the readers. */
import { parseArgs } from 'node:util'
import { fuzz } from './supervise.ts'

const { values } = parseArgs({ options: { seconds: { type: 'string' }, seed: { type: 'string' } } })
const seconds = Number(values.seconds ?? 60)
const seed = Number(values.seed ?? Math.floor(Date.now() / 1_000))
process.stdout.write(`fuzz: ${seconds} s from seed ${seed}\n`)
const { findings, ...counts } = await fuzz({ seconds, seed })
process.stdout.write(`fuzz: ${JSON.stringify(counts)}\n`)
for (const { kind, seed: failing, what } of findings)
  process.stdout.write(`\n{ "kind": "${kind}", "seed": ${failing} }\n${what}\n`)
if (findings.length > 0) {
  process.stdout.write('\nMend the cause and add the lines in braces to test/fuzz/seeds.json.\n')
  process.exitCode = 1
}
