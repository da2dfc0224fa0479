// Preloaded into a plain Node child so that it finds what a utility process has: `process.parentPort`.
import { EventEmitter } from 'node:events'

const port = new EventEmitter()
port.postMessage = (message) => process.send(message)
process.on('message', (data) => port.emit('message', { data, ports: [] }))
// A utility process ends with the shell.
process.on('disconnect', () => process.exit())
process.parentPort = port
