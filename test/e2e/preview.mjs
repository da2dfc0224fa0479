/**
 * Serves the renderer with the demo bridge, for looking at screens without an engine.
 *   node test/e2e/preview.mjs          then open http://127.0.0.1:5199/?theme=dark#/records
 */
import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { createServer } from 'vite'

const at = (path) => resolve(import.meta.dirname, '../..', path)

const demoPage = {
  name: 'demo-page',
  transformIndexHtml: {
    order: 'pre',
    handler: () => [
      {
        tag: 'script',
        attrs: { type: 'module', src: `/@fs${at('test/fixtures/demo/demo-page.ts')}` },
        injectTo: 'head',
      },
    ],
  },
}

const server = await createServer({
  configFile: false,
  root: at('renderer'),
  cacheDir: at('node_modules/.vite-preview'),
  resolve: {
    alias: { '@shared': at('shared'), '@renderer': at('renderer/src'), '@test': at('test') },
  },
  plugins: [vue(), demoPage],
  optimizeDeps: {
    entries: [],
    include: [
      'vue',
      'vue-router',
      'pinia',
      'element-plus',
      'element-plus/es/locale/lang/zh-cn',
      '@tanstack/vue-virtual',
      'papaparse',
      'pinyin-pro',
      'valibot',
    ],
  },
  server: { host: '127.0.0.1', port: 5199, strictPort: true, hmr: false, fs: { allow: [at('.')] } },
})
await server.listen()
