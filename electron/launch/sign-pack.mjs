// Signs a standard for whoever runs a platform: `node electron/launch/sign-pack.mjs FOLDER OUT.json --key K --region R`.
import './check-node.cjs'
import { enterProgram } from './enter-program.mjs'
import { ensureBuild } from './ensure-build.mjs'

try {
  await ensureBuild({ quiet: true })
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(70)
}
await enterProgram('sign-pack', process.argv.slice(2))
