// `npm run faults [-- --slice | --seed S --kind K | --only K,L | --scale F]`: bundles the harness and the program that
// it ends, as the product build does, and runs it in a process of its own.
import '../../electron/launch/check-node.cjs'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { aliases } from '../../aliases.config.ts'

const root = resolve(import.meta.dirname, '../..')
const cache = join(root, 'node_modules/.cache')
mkdirSync(cache, { recursive: true })
// Inside the project, so that the package that stays outside the bundle is found.
const outDir = mkdtempSync(join(cache, 'faults-'))
try {
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    resolve: { alias: aliases },
    build: {
      ssr: true,
      outDir,
      rollupOptions: {
        input: {
          faults: join(import.meta.dirname, 'faults.ts'),
          victim: join(import.meta.dirname, 'victim.ts'),
          'sheet-child': join(root, 'electron/engine/sheets/child.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
    ssr: { noExternal: true, external: ['better-sqlite3'] },
  })
  const harness = spawn(process.execPath, [join(outDir, 'faults.mjs'), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, XINBAO_ROOT: root },
  })
  const [code] = await once(harness, 'close')
  process.exitCode = code ?? 1
} finally {
  rmSync(outDir, { recursive: true, force: true })
}
