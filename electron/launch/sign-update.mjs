// Signs an update for the makers of the client: `node electron/launch/sign-update.mjs INSTALLER OUT.xbupdate --key K --version V`.
import './check-node.cjs'
import { enterProgram } from './enter-program.mjs'
import { ensureBuild } from './ensure-build.mjs'

try {
  await ensureBuild({ quiet: true })
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(70)
}
await enterProgram('sign-update', process.argv.slice(2))
