import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import { aliases } from './aliases.config.ts'

const at = (path: string): string => resolve(import.meta.dirname, path)

export default defineConfig({
  main: {
    resolve: { alias: aliases },
    build: {
      outDir: 'out/main',
      rollupOptions: {
        input: {
          index: at('electron/main/index.ts'),
          engine: at('electron/engine/index.ts'),
          'sheet-child': at('electron/engine/sheets/child.ts'),
          practice: at('electron/practice/index.ts'),
          cli: at('electron/cli/index.ts'),
          'sign-pack': at('electron/cli/sign-pack.ts'),
          'sign-update': at('electron/cli/sign-update.ts'),
          command: at('electron/cli/shell-entry.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    resolve: { alias: aliases },
    build: {
      outDir: 'out/preload',
      // A sandboxed preload script must be CommonJS.
      lib: { entry: at('electron/preload/index.ts'), formats: ['cjs'] },
    },
  },
  renderer: {
    root: 'renderer',
    resolve: { alias: aliases },
    plugins: [vue()],
    build: {
      outDir: at('out/renderer'),
      minify: true,
      chunkSizeWarningLimit: 3000,
      rollupOptions: { input: at('renderer/index.html') },
    },
  },
})
