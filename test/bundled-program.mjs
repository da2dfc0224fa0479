// Bundles a program of the tests from the sources, as the product build does, and runs it in a process of its own.
import '../electron/launch/check-node.cjs'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { aliases } from '../aliases.config.ts'

const root = resolve(import.meta.dirname, '..')

/**
 * Runs the first of `inputs` (name -> file) with the arguments of this command; the others lie beside it under their
 * names. The program's exit code becomes that of this process.
 */
export async function runBundled(inputs) {
  const [name] = Object.keys(inputs)
  const cache = join(root, 'node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  // Inside the project, so that the package that stays outside the bundle is found.
  const outDir = mkdtempSync(join(cache, `${name}-`))
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
          input: { ...inputs, 'sheet-child': join(root, 'electron/engine/sheets/child.ts') },
          output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
        },
      },
      ssr: { noExternal: true, external: ['better-sqlite3'] },
    })
    const program = spawn(process.execPath, [join(outDir, `${name}.mjs`), ...process.argv.slice(2)], {
      stdio: 'inherit',
      env: { ...process.env, XINBAO_ROOT: root },
    })
    const [code] = await once(program, 'close')
    process.exitCode = code ?? 1
  } finally {
    rmSync(outDir, { recursive: true, force: true })
  }
}
