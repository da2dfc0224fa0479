// `npm run bench`: builds the product and the bench, then runs it in a process of its own.
import '../../electron/launch/check-node.cjs'
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { ensureBuild } from '../../electron/launch/ensure-build.mjs'

const root = resolve(import.meta.dirname, '../..')
// Inside the project, so that packages left outside the bundle are found.
const outDir = join(root, 'node_modules/.cache/bench', String(process.pid))
await ensureBuild({ quiet: true })
const { aliases } = await import('../../aliases.config.ts')
await build({
  configFile: false,
  logLevel: 'error',
  root,
  resolve: { alias: aliases },
  build: {
    ssr: true,
    outDir,
    rollupOptions: {
      input: { bench: join(import.meta.dirname, 'bench.ts') },
      output: { format: 'es', entryFileNames: '[name].mjs', codeSplitting: false },
    },
  },
})
const { status } = spawnSync(process.execPath, [join(outDir, 'bench.mjs'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, XINBAO_ROOT: root },
})
rmSync(outDir, { recursive: true, force: true })
process.exit(status ?? 1)
