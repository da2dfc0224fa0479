// `npm run bench -- [--only import|submit|check] [--rows N] [--csv] [--records N]`
import { join } from 'node:path'
import { runBundled } from '../bundled-program.mjs'

await runBundled({ bench: join(import.meta.dirname, 'bench.ts') })
