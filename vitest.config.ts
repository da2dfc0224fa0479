import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { aliases } from './aliases.config.ts'

const node = (name: string) => ({
  resolve: { alias: { ...aliases, electron: `${aliases['@test']}/fakes/electron.ts` } },
  test: {
    name,
    environment: 'node',
    include: [`test/${name}/**/*.test.ts`],
    exclude: ['test/unit/main/**', 'test/unit/renderer/**'],
    // Fast tests leave no global state behind, so files share a worker and load the modules once.
    isolate: name === 'integration',
    // Wide enough for a machine with other work; no test asserts a time.
    testTimeout: 60_000,
  },
})

export default defineConfig({
  test: {
    projects: [
      node('unit'),
      {
        ...node('shell'),
        // Each program of the shell takes the one Electron of its process, so each file gets a process of its own.
        test: { ...node('shell').test, include: ['test/unit/main/**/*.test.ts'], exclude: [], isolate: true },
      },
      node('property'),
      node('meta'),
      {
        ...node('integration'),
        test: { ...node('integration').test, testTimeout: 120_000, hookTimeout: 120_000 },
      },
      {
        resolve: { alias: aliases },
        plugins: [vue()],
        test: {
          name: 'renderer',
          environment: 'happy-dom',
          include: ['test/unit/renderer/**/*.test.ts'],
          setupFiles: ['test/unit/renderer/setup.ts'],
          isolate: false,
          testTimeout: 60_000,
        },
      },
    ],
  },
})
