// `npm run faults [-- --slice | --seed S --kind K | --only K,L | --scale F]`: the harness, with the program that it ends.
import { join } from 'node:path'
import { runBundled } from '../bundled-program.mjs'

await runBundled({
  faults: join(import.meta.dirname, 'faults.ts'),
  victim: join(import.meta.dirname, 'victim.ts'),
})
