// `npm test`: everything, in the order in which a mistake shows soonest, and one closing line with the counts.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const reports = mkdtempSync(join(tmpdir(), 'xinbao-tests-'))
const bin = (path) => join(root, 'node_modules', path)
const total = { passed: 0, failed: 0, skipped: 0 }
let isSound = true

const run = (title, args, env = {}) => {
  const startedAt = performance.now()
  console.log(`\n== ${title}`)
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  console.log(
    `== ${title}: ${status === 0 ? 'passed' : 'FAILED'} in ${Math.round((performance.now() - startedAt) / 1000)} s`,
  )
  if (status !== 0) isSound = false
  return status === 0
}

const add = (passed, failed, skipped) => {
  total.passed += passed
  total.failed += failed
  total.skipped += skipped
}

const vitest = (title, projects) => {
  const report = join(reports, `${projects.join('-')}.json`)
  run(title, [
    bin('vitest/vitest.mjs'),
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'))
  add(numPassedTests, numFailedTests, numPendingTests)
}

const browser = () => {
  const report = join(reports, 'browser.json')
  run('browser', [bin('@playwright/test/cli.js'), 'test', '-c', 'test/e2e/playwright.config.ts'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  })
  const { stats } = JSON.parse(readFileSync(report, 'utf8'))
  add(stats.expected, stats.unexpected + stats.flaky, stats.skipped)
}

try {
  if (run('node', ['electron/launch/check-node.cjs'])) {
    run('types', ['test/meta/types.mjs'])
    run('lint', [bin('eslint/bin/eslint.js'), '.'])
    run('format', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'])
    vitest('unit, property, meta, renderer', ['unit', 'property', 'meta', 'renderer'])
    if (run('build', ['electron/launch/build-when-stale.mjs'])) {
      vitest('integration', ['integration'])
      if (run('browser packages', ['test/e2e/ensure-browser.mjs'])) browser()
    }
  }
} finally {
  rmSync(reports, { recursive: true, force: true })
}
// A step that failed without a test in it (types, lint, build) counts as one failure.
if (!isSound && total.failed === 0) total.failed = 1
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exit(isSound && total.failed === 0 ? 0 : 1)
