/** Entry of the command line under Node. */
import { resolve } from 'node:path'
import { nodeSheetLauncher } from '@engine/sheets/node-sheet-launcher'
import { fileKeys } from '@web/desk-key'
import { runCommandLine } from './program'

// What a library thinks of its own calls is nothing that a clerk or a script could act on.
process.noDeprecation = true
process.exitCode = await runCommandLine(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  // The build keeps its parts beside this entry.
  resourceDir: resolve(import.meta.dirname, '../../resources'),
  rendererDir: resolve(import.meta.dirname, '../renderer'),
  launchSheetChild: nodeSheetLauncher(resolve(import.meta.dirname, 'sheet-child.js')),
  keys: fileKeys(process.env),
})
