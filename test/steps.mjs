// The steps of `npm run check` and `npm test`, each a program with its own output.
import { Buffer } from 'node:buffer'
import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const bin = (path) => join(root, 'node_modules', path)

const cache = join(root, 'node_modules/.cache/prettier/.prettier-cache')
const formatArgs = [
  '--check',
  '--log-level',
  'warn',
  '--cache',
  '--cache-strategy',
  'content',
  '--cache-location',
  cache,
  '.',
]

/** Steps without test counts: title and what Node runs. */
export const steps = {
  node: ['node', ['electron/launch/check-node.cjs']],
  types: ['types', ['test/meta/types.mjs']],
  lint: ['lint', [bin('eslint/bin/eslint.js'), '.']],
  format: ['format', [bin('prettier/bin/prettier.cjs'), ...formatArgs]],
  build: ['build', ['electron/launch/build-when-stale.mjs']],
  faults: ['faults', ['test/faults/run.mjs', '--slice']],
  browserPackages: ['browser packages', ['test/e2e/ensure-browser.mjs']],
  browser: ['browser', ['test/e2e/run-browser.mjs']],
}

/** The fast projects of the test runner, those of `npm run check`. */
export const fastProjects = ['unit', 'shell', 'property', 'meta', 'renderer']

/** What Node runs for some projects of the test runner; with a report file where counts are wanted. */
export const vitestArgs = (projects, report = null) => [
  bin('vitest/vitest.mjs'),
  'run',
  ...projects.flatMap((project) => ['--project', project]),
  '--reporter=default',
  ...(report === null ? [] : ['--reporter=json', `--outputFile.json=${report}`]),
]

/**
 * Runs one step. Alone, it speaks for itself as it goes; side by side with others its words follow its title when it
 * ends, so that they stay readable.
 */
export function runStep([title, args], { env = {}, isAlone = false } = {}) {
  const startedAt = performance.now()
  if (isAlone) process.stdout.write(`\n== ${title}\n`)
  return new Promise((done) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', isAlone ? 'inherit' : 'pipe', isAlone ? 'inherit' : 'pipe'],
      env: { ...process.env, ...env },
    })
    const said = []
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece) => said.push(piece))
    child.on('close', (code) => {
      const seconds = Math.round((performance.now() - startedAt) / 1000)
      process.stdout.write(`\n== ${title}: ${code === 0 ? 'passed' : 'FAILED'} in ${seconds} s\n`)
      process.stdout.write(Buffer.concat(said))
      done(code === 0)
    })
  })
}
