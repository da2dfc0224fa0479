import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { silentTask } from '@engine/services/tasks-service'
import {
  connect,
  everything,
  newDeskFolder,
  openDesk,
  startPlatform,
} from '@test/integration/exchange/exchange-fixture'
import type { Platform } from '@test/integration/exchange/exchange-fixture'
import { enrolAs } from './lane'
import type { Accident, Lane, LaneSpec } from './lane'

/** Hands a file in at the platform; the answer, or null when it was not taken. */
export async function handIn(platform: Platform, file: Uint8Array): Promise<Buffer | null> {
  const url = `${platform.server.origin}/practice/packages`
  const reply = await fetch(url, { method: 'POST', body: new Uint8Array(file) })
  return reply.ok ? Buffer.from(await reply.arrayBuffer()) : null
}

/** Files carried by hand: what the test calls an accident happens to the carrier. */
export const packageLane: LaneSpec = {
  name: 'package',
  missing: null,
  async start(options = {}) {
    const platform = await startPlatform(options)
    const folder = await newDeskFolder()
    let desk = openDesk(folder)
    await connect(desk, platform)
    let accident: Accident | null = null
    const out = join(folder, 'out.zip')
    const back = join(folder, 'back.zip')

    const carry = async (): Promise<void> => {
      const given = readFileSync(out)
      const happened = accident
      accident = null
      const answer = await handIn(platform, happened === 'cut' ? given.subarray(0, given.length / 2) : given)
      if (answer === null || happened === 'lost-reply') return
      writeFileSync(back, answer)
      await desk.answers.apply({ path: back, name: 'back.zip' }, silentTask)
    }
    const lane: Lane = {
      platform,
      desk: () => desk,
      async send(recordIds, task = silentTask) {
        if (task.signal.aborted) return
        rmSync(out, { force: true })
        await desk.packages.write({ ...everything, recordIds: recordIds ?? null }, out)
        if (existsSync(out)) await carry()
      },
      goOn: () => lane.send([]),
      async arm(next) {
        accident = next
        if (next === 'refused') await enrolAs(lane, 'stranger')
      },
      async heal() {
        accident = null
        await enrolAs(lane, 'itself')
      },
      restart() {
        desk.database.close()
        desk = openDesk(folder)
      },
    }
    return lane
  },
}
