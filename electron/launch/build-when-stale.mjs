import './check-node.cjs'
import { ensureBuild } from './ensure-build.mjs'

const quiet = process.argv.includes('--quiet')
try {
  const built = await ensureBuild({ quiet })
  if (!quiet) process.stderr.write(built ? '构建完成 / built\n' : '无需构建 / up to date\n')
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(70)
}
