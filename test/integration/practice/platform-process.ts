import { startPractice } from '@practice/practice-server'
import { systemClock } from '@engine/system-clock'

/** A platform as a process of its own, so that it can be killed: `dataDir standardDir`. */
const [dataDir, standardDir] = process.argv.slice(2)
const server = await startPractice({
  dataDir: dataDir!,
  standardDir: standardDir!,
  clock: systemClock,
  settleDelayMs: 0,
})
console.log(JSON.stringify({ origin: server.origin, clientId: server.clientId }))
