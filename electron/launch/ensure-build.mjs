import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { withBuildLock } from './build-lock.mjs'
import { sourceState } from './source-state.mjs'

const projectDir = join(import.meta.dirname, '..', '..')
const stampFile = join(projectDir, 'out', '.built-from')
const lockDir = join(projectDir, 'node_modules', '.xinbao-build.lock')
const results = ['out/main/index.js', 'out/main/cli.js', 'out/preload/index.cjs', 'out/renderer/index.html']

function isFresh() {
  if (!existsSync(stampFile) || !results.every((file) => existsSync(join(projectDir, file)))) return false
  return readFileSync(stampFile, 'utf8') === sourceState(projectDir)
}

/** Runs the bundler; its words are shown only when it fails, on stderr: stdout belongs to whoever asked for the build. */
function bundle() {
  const bundler = join(projectDir, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bundler, 'build', '--logLevel', 'warn'], {
      cwd: projectDir,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const said = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => said.push(piece))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code !== 0) for (const piece of said) process.stderr.write(piece)
      if (code === 0) resolve()
      else reject(new Error(`the build ended with code ${code}`))
    })
  })
}

/**
 * Builds `out/` when a source changed since the last build; otherwise does nothing. Several processes may ask at once.
 * Returns whether it built. Throws when the build fails.
 */
export async function ensureBuild({ quiet = false } = {}) {
  if (isFresh()) return false
  return withBuildLock(lockDir, async () => {
    if (isFresh()) return false
    // Taken before the bundler starts: a file saved meanwhile makes the result stale again.
    const state = sourceState(projectDir)
    if (!quiet) process.stderr.write('构建中 / building ...\n')
    await bundle()
    mkdirSync(dirname(stampFile), { recursive: true })
    writeFileSync(stampFile, state)
    return true
  })
}
