// `npm run -s xinbao -- <arguments>`: guard, build what is stale, then be the program named by the first argument.
import './check-node.cjs'
import { enterProgram } from './enter-program.mjs'
import { ensureBuild } from './ensure-build.mjs'

const [program, ...args] = process.argv.slice(2)
if (program !== 'cli') {
  process.stderr.write('usage: run.mjs cli [arguments]\n')
  process.exit(2)
}
try {
  await ensureBuild({ quiet: true })
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(70)
}
await enterProgram(program, args)
