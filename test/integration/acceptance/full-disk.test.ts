import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { writeMessyLicences } from '@test/fixtures/messy-licences'
import { goodTable, workbookBytes } from './bad-files'
import { DeskUnderTest, makeIndependentDesk, reckon, scratchFolder } from './desk-under-test'
import type { FailureJson } from './desk-under-test'
import { expectRefusal } from './plain-refusal'
import { SmallDisk } from './small-disk'

const scratch = scratchFolder('full-disk')
const disks: SmallDisk[] = []

/** A disk for one test; without the right to mount the test says so and is skipped. */
function diskOf(name: string, kilobytes: number, skip: (note: string) => void): SmallDisk | null {
  const disk = SmallDisk.mount(join(scratch.path, name), kilobytes)
  if (disk === null) {
    const note = `SKIPPED: ${name} needs a user who may mount a small disk`
    console.warn(note)
    skip(note)
  } else disks.push(disk)
  return disk
}

afterAll(() => {
  for (const disk of disks) disk.unmount()
  scratch.remove()
})

describe('a disk that is full', () => {
  it('during an import: refused, and the import again is whole', async ({ skip }) => {
    const disk = diskOf('import', 2_048, skip)
    if (disk === null) return
    const desk = new DeskUnderTest(join(disk.path, 'desk'))
    const made = await desk.init()
    expect(made.code, made.stderr).toBe(0)
    const workbook = join(scratch.path, 'large.xlsx')
    await writeMessyLicences(workbook, 2_000)
    const refused = await desk.run('import', workbook, '--type', 'XZXK_FR')
    expectRefusal(refused, 3)
    expect((refused.json as FailureJson).failure.code).toBe('storage.full')
    const kept = (await desk.list()).length
    expect(refused.json).toMatchObject({ failure: { params: { stored: kept } } })

    disk.resize(200_000)
    const again = await desk.import(workbook, 'XZXK_FR')
    expect(again).toMatchObject({ rows: 2_000, imported: 2_000 - kept })
    expect(await desk.list()).toHaveLength(2_000)
  })

  it('during a submission: stopped, nothing lost, nothing twice', async ({ skip }) => {
    const disk = diskOf('submit', 200_000, skip)
    if (disk === null) return
    const made = await makeIndependentDesk(disk.path)
    const { desk, platform } = made
    const rows = 1_000
    const workbook = join(scratch.path, 'good.xlsx')
    writeFileSync(workbook, workbookBytes('xlsx', goodTable(rows)))
    expect(await desk.import(workbook, 'XZXK_FR')).toMatchObject({ clean: rows })
    const codes = new Set<string>()
    // Each round leaves a little more room, so that the disk fills up at another step of the submission.
    for (const room of [16, 200, 600, 1_200, 2_400]) {
      disk.resize(disk.usedKilobytes + room)
      const run = await desk.run('submit')
      if (run.code === 0) break
      expectRefusal(run, 3)
      codes.add((run.json as FailureJson).failure.code)
    }
    expect([...codes]).toEqual(['storage.full'])
    disk.resize(200_000)
    expect([0, 1]).toContain((await desk.run('resume')).code)
    expect([0, 1]).toContain((await desk.run('submit')).code)
    const sum = await reckon(made)
    expect(sum).toMatchObject({ violations: [], redelivered: [], ledgerLines: rows })
    expect(sum.acceptedAtDesk).toEqual(sum.inLedger)
    await platform.stop()
  })

  it('read-only: refused, and usable again afterwards', async ({ skip }) => {
    const disk = diskOf('read-only', 50_000, skip)
    if (disk === null) return
    const desk = new DeskUnderTest(join(disk.path, 'desk'))
    await desk.init()
    const workbook = join(scratch.path, 'few.xlsx')
    writeFileSync(workbook, workbookBytes('xlsx', goodTable(5)))
    await desk.import(workbook, 'XZXK_FR')
    disk.makeReadOnly()
    expectRefusal(await desk.run('import', workbook, '--type', 'XZXK_FR'), 3)
    expectRefusal(await desk.run('submit'), 3)
    expectRefusal(await new DeskUnderTest(join(disk.path, 'other')).init(), 3)
    disk.resize(50_000)
    expect(await desk.list()).toHaveLength(5)
  })
})
