import { silentTask } from '@engine/services/tasks-service'
import { startChaosProxy } from '@test/integration/exchange/chaos-proxy'
import type { Fate, SeenRequest } from '@test/integration/exchange/chaos-proxy'
import {
  connect,
  everything,
  httpWithParts,
  newDeskFolder,
  openDesk,
  startPlatform,
} from '@test/integration/exchange/exchange-fixture'
import { enrolAs } from './lane'
import type { Accident, Lane, LaneSpec } from './lane'

const FATES: Readonly<Record<Accident, (request: SeenRequest) => Fate | null>> = {
  'lost-reply': ({ path }) => (path.endsWith('/close') ? 'drop-reply' : null),
  cut: ({ path }) => (path.endsWith('/parts/2') ? 'reset-before' : null),
  refused: () => null,
}

/** The exchange protocol over HTTP, through a proxy that spoils what the test says. */
export const httpLane: LaneSpec = {
  name: 'http',
  missing: null,
  async start(options = {}) {
    const platform = await startPlatform(options)
    const proxy = await startChaosProxy(platform.server.url)
    const folder = await newDeskFolder()
    const changes = {
      transportFactory: httpWithParts(2),
      patience: { attempts: 1, settleWithinMs: 60_000, longestPauseMs: 0 },
    }
    let desk = openDesk(folder, changes)
    await connect(desk, platform, proxy.url)
    const lane: Lane = {
      platform,
      desk: () => desk,
      send: async (recordIds, task = silentTask) => {
        await desk.submission.submit({ ...everything, recordIds: recordIds ?? null }, task)
      },
      goOn: async () => {
        await desk.submission.resume(silentTask)
      },
      async arm(accident) {
        if (accident === 'refused') await enrolAs(lane, 'stranger')
        let isOver = false
        proxy.decide((request) => {
          const fate = isOver ? null : FATES[accident](request)
          isOver ||= fate !== null
          return fate ?? 'pass'
        })
      },
      async heal() {
        await enrolAs(lane, 'itself')
        proxy.decide(() => 'pass')
      },
      restart() {
        desk.database.close()
        desk = openDesk(folder, changes)
      },
    }
    return lane
  },
}
