import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import type { Scheduler } from 'fast-check'
import { storeFile } from '@engine/repos/data-folder'
import { createStore, openDatabase } from '@engine/repos/database'
import { createSettingRepo } from '@engine/repos/setting-repo'
import { shortVisit } from '@engine/services/submission-patience'
import { silentTask } from '@engine/services/tasks-service'
import { loadInstalledCalendar, loadInstalledStandard } from '@engine/standards/installed-standard'
import type { CompiledStandard } from '@shared/standard/standard'
import { FailureError } from '@shared/kernel/failure'
import { readDesk } from '@test/faults/desk-state'
import { cheapSm, openPlatform } from '@test/faults/in-process-platform'
import type { InProcessPlatform } from '@test/faults/in-process-platform'
import { inProcessTransport } from '@test/faults/in-process-transport'
import type { Gate, InProcessFate } from '@test/faults/in-process-transport'
import type { Kind } from '@test/faults/kind'
import { complaints, judge, sound } from '@test/faults/verdict'
import type { Verdict } from '@test/faults/verdict'
import { storeKey } from '@test/faults/victim-order'
import type { Said } from '@test/faults/victim-order'
import type { Workplace } from '@test/faults/workplace'
import { openExchangeDesk } from '@test/fixtures/exchange-desk'
import type { DeskBasis, ExchangeDesk } from '@test/fixtures/exchange-desk'

/** Interleavings of one run of this kind. */
const BUNDLE = 25
const everything = { type: null, recordIds: null, label: null } as const

/** Things that go on at a desk at the same time; each is one chain of steps. */
const actors = [
  'submit',
  'submit-again',
  'resume',
  'outbox',
  'correct',
  'create',
  'pull',
  'revoke',
  'settle',
] as const
type Actor = (typeof actors)[number]

interface Room {
  readonly basis: DeskBasis
  readonly template: string
  readonly standards: readonly CompiledStandard[]
  readonly folder: string
}

let prepared: Room | null = null

/** What is made once: the compiled standard, and an empty desk that is connected. */
function roomOf(workplace: Workplace): Room {
  if (prepared !== null) return prepared
  // Memory where there is some: what is tested is an order of steps, not a disk.
  const folder = join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), `xinbao-interleaving-${process.pid}`)
  const template = join(folder, 'template')
  mkdirSync(folder)
  cpSync(join(workplace.folder, 'desk'), template, { recursive: true })
  const database = openDatabase({ file: storeFile(template), key: storeKey })
  const store = createStore(database)
  const connection = {
    platformUrl: 'http://127.0.0.1:9/api/v1',
    clientId: 'px-faults',
    platformPublicKey: `04${'0'.repeat(128)}`,
  }
  store.write(() => createSettingRepo(database).set('connection', connection))
  store.close()
  const standard = loadInstalledStandard(workplace.resourceDir)
  const calendar = loadInstalledCalendar(workplace.resourceDir)
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  prepared = {
    basis: { storeKey, clock: workplace.clock, standard, calendar },
    template,
    standards: [standard],
    folder,
  }
  return prepared
}

/** Refusals are lawful; anything else that is thrown is a defect. */
const lawful = async (work: () => Promise<unknown> | void): Promise<void> => {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
  }
}

function work(
  actor: Actor,
  desk: ExchangeDesk,
  platform: InProcessPlatform,
  gate: Gate,
  said: Said[],
): Promise<void> {
  const { submission, feedback, editing, store } = desk
  const accepted = (): readonly { recordId: string; revision: number }[] =>
    desk.database
      .prepare<[], { recordId: string; revision: number }>(
        `SELECT record_id AS recordId, head_revision AS revision FROM record WHERE delivery = 'accepted' LIMIT 2`,
      )
      .all()
  const keep = (recordId: string, revision: number): void =>
    void said.push({ say: 'kept', recordId, revision })
  switch (actor) {
    case 'submit':
    case 'submit-again':
      return lawful(() => submission.submit(everything, silentTask))
    case 'resume':
      return lawful(() => submission.resume(silentTask))
    case 'outbox':
      return lawful(async () => {
        await gate('outbox looks')
        for (const batchId of desk.batchViews.open().map((batch) => batch.batchId))
          await submission.visit(batchId, silentTask, shortVisit)
      })
    case 'correct':
      return lawful(async () => {
        for (let time = 1; time <= 2; time++) {
          await gate('clerk corrects')
          for (const { recordId, revision } of accepted()) {
            const changes = { XK_NR: `准予从事食品经营（${time}-${revision}）` }
            editing.changeOperation({ recordId, op: 'correct', changes, reason: null })
            keep(recordId, revision + 1)
          }
        }
      })
    case 'create':
      return lawful(async () => {
        await gate('clerk creates')
        for (const recordId of desk.addLicences(50, 2)) keep(recordId, 1)
      })
    case 'pull':
      return lawful(() => feedback.pull(silentTask))
    case 'revoke':
      return lawful(async () => {
        for (let time = 0; time < 2; time++) {
          await gate('platform revokes')
          for (const { recordId } of accepted().slice(0, 1)) platform.revoke(recordId)
        }
        store.write(() => feedback.applyParked())
      })
    case 'settle':
      return lawful(async () => {
        for (let time = 0; time < 6; time++) {
          await gate('platform settles')
          await platform.settle()
        }
      })
  }
}

async function interleave(
  room: Room,
  place: string,
  scheduler: Scheduler,
  chosen: readonly Actor[],
  fates: readonly InProcessFate[],
  seed: number,
): Promise<Verdict> {
  cpSync(room.template, place, { recursive: true })
  const { clock } = room.basis
  const scenario = (['clean', 'strict', 'corrections'] as const)[seed % 3]!
  const platform = await openPlatform(room.standards, clock, seed, scenario)
  let isCalm = true
  let asked = 0
  const gate: Gate = (point) => (isCalm ? Promise.resolve() : scheduler.schedule(Promise.resolve(), point))
  const fateOf = (): InProcessFate => (isCalm ? 'pass' : (fates[asked++] ?? 'pass'))
  const options = {
    sm: cheapSm,
    transportFactory: inProcessTransport(platform, clock, gate, fateOf),
    fraction: () => 0,
    pause: async () => {
      await gate('pause')
      if (isCalm) await platform.settle()
    },
    patience: { attempts: 3, settleWithinMs: 5_000, longestPauseMs: 1e9 },
  }
  const desk = openExchangeDesk(place, room.basis, options)
  // Some records have their verdicts already, so that there is something to correct and to revoke.
  const recordIds = desk.addLicences(1, 3)
  await toTheEnd(desk, platform)
  recordIds.push(...desk.addLicences(10, 3))
  const said: Said[] = recordIds.map((recordId) => ({ say: 'kept', recordId, revision: 1 }))
  isCalm = false
  await scheduler.waitFor(Promise.all(chosen.map((actor) => work(actor, desk, platform, gate, said))))
  isCalm = true
  await toTheEnd(desk, platform)
  desk.close()
  const verdict = judge(said, readDesk(place), platform.state())
  await platform.close()
  rmSync(place, { recursive: true })
  return verdict
}

async function toTheEnd({ submission, feedback }: ExchangeDesk, platform: InProcessPlatform): Promise<void> {
  for (let round = 0; round < 2; round++) {
    await platform.settle()
    await submission.resume(silentTask)
    await submission.submit(everything, silentTask)
    await feedback.pull(silentTask)
  }
}

/** Submissions, the outbox, the clerk, the feed and the platform in every order that the scheduler comes up with. */
export const interleaving: Kind = {
  name: 'interleaving',
  counts: 'interleavings',
  whole: 10_000,
  slice: 250,
  lanes: 1,
  async run(workplace, seed) {
    const room = roomOf(workplace)
    const place = join(room.folder, `desk-${seed}`)
    const fate = fc.constantFrom<InProcessFate[]>('pass', 'pass', 'pass', 'pass', 'lost-before', 'lost-after')
    let count = 0
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.shuffledSubarray([...actors], { minLength: 4 }),
        fc.array(fate, { maxLength: 40 }),
        fc.nat(),
        async (scheduler, chosen, fates, chance) => {
          rmSync(place, { recursive: true, force: true })
          count++
          const verdict = await interleave(room, place, scheduler, chosen, fates, chance)
          const wrong = complaints(verdict)
          if (wrong.length > 0) throw new Error(`${chosen.join()}\n${wrong.join('\n')}`)
        },
      ),
      { numRuns: BUNDLE, seed, endOnFailure: true },
    )
    return { verdict: sound, faults: { interleavings: count } }
  },
}
