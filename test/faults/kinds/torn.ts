import { copyFileSync, cpSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { storeFile } from '@engine/repos/data-folder'
import { readDesk } from '@test/faults/desk-state'
import type { DeskState } from '@test/faults/desk-state'
import { healAndJudge, orderFor } from '@test/faults/healing'
import type { Kind } from '@test/faults/kind'
import { withBroken } from '@test/faults/verdict'
import { startVictim } from '@test/faults/victim-process'
import { Seeded } from '@test/fuzz/seeded'
import { seededActs } from './kill'

/** Torn copies of one killed store. */
const TEARS = 25
const LONGEST_TEAR = 4_096

/** Truncates or garbles the last bytes of a log. */
function tear(log: string, chance: Seeded): void {
  const bytes = readFileSync(log)
  const length = 1 + chance.below(LONGEST_TEAR)
  const from = Math.max(0, bytes.length - length)
  if (chance.chance(0.5)) truncateSync(log, from)
  else {
    for (let at = from; at < bytes.length; at++) if (chance.chance(0.3)) bytes[at] = chance.below(256)
    writeFileSync(log, bytes)
  }
}

/** What a torn store must be: an earlier state of the whole one, nothing half done. */
function notEarlier(torn: DeskState, whole: DeskState): readonly string[] {
  const sameBeginning = torn.audit.every((row, index) => row.hash === whole.audit[index]?.hash)
  const known = new Set(whole.batches.map(({ batchId }) => batchId))
  return [
    ...torn.problems,
    ...(sameBeginning ? [] : ['audit trail that the whole store never had']),
    ...torn.batches.filter(({ batchId }) => !known.has(batchId)).map(({ batchId }) => `batch ${batchId}`),
  ]
}

/** A write-ahead log whose tail was torn: the store is an earlier state of itself, and goes on from there. */
export const torn: Kind = {
  name: 'torn',
  counts: 'torn tails',
  whole: 500,
  slice: 50,
  async run(workplace, seed) {
    const chance = new Seeded(seed)
    const story = await workplace.story(seed)
    const victim = startVictim(
      { program: workplace.program },
      orderFor(workplace, story, seededActs(chance, 1)),
    )
    await victim.opened
    await wait(150 + chance.below(500))
    victim.kill()
    await victim.ended
    const killed = join(story.folder, 'killed')
    cpSync(story.dataDir, killed, { recursive: true })
    const log = `${storeFile(killed)}-wal`
    const wrong: string[] = []
    let tears = 0
    let last: string | null = null
    if (existsSync(log)) {
      // Read once in a copy: opening writes the log back into the file.
      const whole = join(story.folder, 'whole')
      cpSync(killed, whole, { recursive: true })
      const state = readDesk(whole)
      for (; tears < TEARS; tears++) {
        last = join(story.folder, `torn-${tears}`)
        cpSync(killed, last, { recursive: true })
        tear(`${storeFile(last)}-wal`, chance)
        wrong.push(...notEarlier(readDesk(last), state))
      }
    }
    if (last !== null) copyFileSync(storeFile(last), storeFile(story.dataDir))
    if (last !== null) writeFileSync(`${storeFile(story.dataDir)}-wal`, '')
    const verdict = await healAndJudge(workplace, story, [], { setBack: 'unseen' })
    story.remove()
    return { verdict: withBroken(verdict, wrong), faults: { 'torn tails': tears } }
  },
}
