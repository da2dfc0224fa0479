// Type-checks every layer with its own tsconfig, two at a time: a layer that reaches for a forbidden library
// (node in shared, DOM in the engine) fails here.
import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const layers = ['test', 'renderer', 'electron', 'electron/main', 'electron/preload', 'shared']

const compilerOf = (layer) => (layer === 'renderer' ? 'vue-tsc/bin/vue-tsc.js' : 'typescript/bin/tsc')

/** What a layer remembers from run to run: only what changed is checked again. */
const incremental = (layer) => [
  '--incremental',
  '--tsBuildInfoFile',
  join(root, 'node_modules/.cache/types', `${layer.replace('/', '-')}.json`),
]

const checkLayer = (layer) =>
  new Promise((done) => {
    const child = spawn(
      process.execPath,
      [
        join(root, 'node_modules', compilerOf(layer)),
        '--noEmit',
        '-p',
        layer,
        '--pretty',
        'false',
        ...incremental(layer),
      ],
      { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
    )
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.on('close', (code) => {
      if (code !== 0) console.error(`${layer}:\n${output}`)
      done(code === 0)
    })
  })

const queue = [...layers]
let isSound = true
const worker = async () => {
  for (let layer = queue.shift(); layer; layer = queue.shift()) isSound = (await checkLayer(layer)) && isSound
}
await Promise.all([worker(), worker()])
process.exit(isSound ? 0 : 1)
