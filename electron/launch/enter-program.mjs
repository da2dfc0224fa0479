import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * Goes on as the built program `out/main/<name>.js` with these arguments, in this very process: signals, streams and
 * the exit code are then the program's own, and nothing is left behind when it is killed.
 */
export async function enterProgram(name, args) {
  const file = join(import.meta.dirname, '..', '..', 'out', 'main', `${name}.js`)
  process.argv = [process.argv[0], file, ...args]
  await import(pathToFileURL(file).href)
}
