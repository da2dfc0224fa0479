// `npm start`: the desktop client where an Electron runtime is at hand, otherwise the same client in a browser page.
import './check-node.cjs'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { findElectronRuntime, hasDisplay } from './electron-runtime.mjs'
import { enterProgram } from './enter-program.mjs'
import { ensureBuild } from './ensure-build.mjs'

const projectDir = join(import.meta.dirname, '..', '..')
const args = process.argv.slice(2)

function runElectron(runtime) {
  const child = spawn(runtime, [projectDir, ...args], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code) => process.exit(code ?? 1))
}

try {
  await ensureBuild()
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(70)
}
const { platform, env } = process
const runtime = findElectronRuntime({ projectDir, platform, env })
if (runtime === null || !hasDisplay({ platform, env })) {
  process.stderr.write(
    runtime !== null
      ? '没有显示器，改为给出网址。\nNo display: giving the address of the same client instead.\n'
      : '本机没有 Electron 运行环境，改为在浏览器中打开客户端（功能相同，只监听 127.0.0.1）。\n' +
          'No Electron runtime on this machine: opening the same client in a browser page (127.0.0.1 only).\n',
  )
  await enterProgram('cli', ['web', ...args])
} else {
  runElectron(runtime)
}
