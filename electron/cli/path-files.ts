import { basename, resolve } from 'node:path'
import type { Files } from '@engine/ports'

/** On the command line a token is simply a path: whoever types the command already has the file. */
export function createPathFiles(): Files {
  const at = (token: string): { path: string; name: string } => ({
    path: resolve(token),
    name: basename(token),
  })
  return { source: at, target: at }
}
