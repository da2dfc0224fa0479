// `npm run bench -- [--only import|submit|start|check|grid|scroll] [--rows N] [--csv] [--records N]`
import { join } from 'node:path'
import { runBundled } from '../bundled-program.mjs'

// In a browser, over the desk that `--only grid` has made: the one part that needs no bundle.
const at = process.argv.indexOf('--only')
if (at > 0 && process.argv[at + 1] === 'scroll') await import('./scroll-bench.ts')
else await runBundled({ bench: join(import.meta.dirname, 'bench.ts') })
