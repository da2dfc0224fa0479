// `npm test`: everything, in the order in which a mistake shows soonest, and one closing line with the counts.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fastProjects, runStep, steps, vitestArgs } from './steps.mjs'

const reports = mkdtempSync(join(tmpdir(), 'xinbao-tests-'))
const total = { passed: 0, failed: 0, skipped: 0 }
let isSound = true

const run = async (step, env = {}) => {
  const isPassed = await runStep(step, { env, isAlone: true })
  isSound = isPassed && isSound
  return isPassed
}

/** Adds the counts of a report; a runner that died before it wrote one counts as one failure. */
const add = (report, countsOf) => {
  let counts
  try {
    counts = countsOf(JSON.parse(readFileSync(report, 'utf8')))
  } catch {
    counts = { passed: 0, failed: 1, skipped: 0 }
  }
  for (const name of Object.keys(total)) total[name] += counts[name]
}

const vitest = async (title, projects) => {
  const report = join(reports, `${projects.join('-')}.json`)
  await run([title, vitestArgs(projects, report)])
  add(report, ({ numPassedTests, numFailedTests, numPendingTests }) => ({
    passed: numPassedTests,
    failed: numFailedTests,
    skipped: numPendingTests,
  }))
}

const browser = async () => {
  const report = join(reports, 'browser.json')
  await run(steps.browser, { PLAYWRIGHT_JSON_OUTPUT_NAME: report })
  add(report, ({ stats }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  }))
}

try {
  if (await run(steps.node)) {
    for (const step of [steps.types, steps.lint, steps.format]) await run(step)
    await vitest(fastProjects.join(', '), fastProjects)
    if (await run(steps.build)) {
      await vitest('integration', ['integration'])
      await run(steps.faults)
      if (await run(steps.browserPackages)) await browser()
    }
  }
} finally {
  rmSync(reports, { recursive: true, force: true })
}
// A step that failed without a test in it (types, lint, build) counts as one failure.
if (!isSound && total.failed === 0) total.failed = 1
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exit(isSound && total.failed === 0 ? 0 : 1)
