// `npm run faults:long-line [-- RECORDS]`: one batch of 100,000 records over a line that is cut at every ninth part.
import '../../electron/launch/check-node.cjs'
import { spawnSync } from 'node:child_process'

const records = process.argv[2] ?? '100000'
const { status } = spawnSync(
  'vitest',
  [
    'run',
    '--project',
    'integration',
    'test/integration/exchange/cut-line.test.ts',
    '--disable-console-intercept',
  ],
  {
    stdio: 'inherit',
    env: { ...process.env, XINBAO_LONG_LINE: records },
    shell: process.platform === 'win32',
  },
)
process.exitCode = status ?? 1
