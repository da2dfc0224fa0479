import { resolve } from 'node:path'

const at = (path: string): string => resolve(import.meta.dirname, path)

/** The path aliases of tsconfig.base.json, for the bundler and the test runner. */
export const aliases: Record<string, string> = {
  '@shared': at('shared'),
  '@engine': at('electron/engine'),
  '@practice': at('electron/practice'),
  '@cli': at('electron/cli'),
  '@web': at('electron/web'),
  '@main': at('electron/main'),
  '@renderer': at('renderer/src'),
  '@launch': at('electron/launch'),
  '@test': at('test'),
  '@package': at('package.json'),
  '@root': at('.'),
}
