/**
 * The restored store takes the place of the present one, while no engine is open. The present data is copied first, whole
 * and durably; then one rename puts the new store where the old one was. A program that is ended before that rename leaves
 * the old desk as it was, one that is ended after it leaves the new one: there is no moment without a desk.
 */
import { constants, existsSync, rmSync, statSync } from 'node:fs'
import { copyFile, cp, mkdir, readdir, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '@shared/kernel/clock'
import { FailureError, refuse } from '@shared/kernel/failure'
import { STORE_FILE, storeFile } from '@engine/repos/data-folder'
import { createStore, openDatabase } from '@engine/repos/database'
import { FORMER_PART, newFormerFolder, tidyRestoring, waitingStore } from '@engine/repos/former-desks'
import { flushFolder, MARK_FILE, removeHeadMark } from '@engine/repos/head-mark'
import { flushFile } from '@engine/repos/store-copy'
import { unwatched } from '@engine/ports'
import type { Watch } from '@engine/ports'

/** A store that waits to be put in place. */
export interface Placement {
  readonly dataDir: string
  /** Key of the present store and of the waiting one, 64 hex digits. */
  readonly storeKey: string
  readonly id: string
  readonly clock: Clock
  readonly watch?: Watch | undefined
}

/** How often, and how far apart, a file is asked for that another program (a virus scanner) holds for a moment. */
const HELD_TRIES = 20
const HELD_PAUSE_MS = 100
const PACKAGES = 'standards'

/** Whether a file of a data folder goes with it wherever it goes: the store, its mark, its key. */
const belongsToStore = (name: string): boolean =>
  name === STORE_FILE || name === MARK_FILE || /^[\w-]+\.key$/.test(name)

async function renamePatiently(from: string, to: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await rename(from, to)
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException
      if (tries === HELD_TRIES || !['EPERM', 'EACCES', 'EBUSY'].includes(code)) throw error
      await pause(HELD_PAUSE_MS)
    }
  }
}

interface Look {
  readonly size: number
  readonly modifiedMs: number
}

function stepsOf({ dataDir, storeKey, id, clock }: Placement) {
  const present = storeFile(dataDir)
  let seen: Look = { size: 0, modifiedMs: 0 }

  const look = (): Look => {
    const { size, mtimeMs } = statSync(present)
    return { size, modifiedMs: mtimeMs }
  }
  const hasJournal = (): boolean => ['-wal', '-journal'].some((end) => existsSync(`${present}${end}`))

  return {
    /** Nobody else has the store, and all of it is in its one file. */
    settle(): Promise<void> {
      createStore(openDatabase({ file: present, key: storeKey })).close()
      if (hasJournal()) refuse('storage.in-use')
      seen = look()
      return Promise.resolve()
    },
    /** Keeps the present data as a data folder of its own; its name says when. */
    async keepFormer(): Promise<void> {
      const part = `${newFormerFolder(dataDir, clock.now())}${FORMER_PART}`
      rmSync(part, { recursive: true, force: true })
      await mkdir(part, { recursive: true, mode: 0o700 })
      for (const name of (await readdir(dataDir)).filter(belongsToStore)) {
        await copyFile(join(dataDir, name), join(part, name), constants.COPYFILE_FICLONE)
        flushFile(join(part, name))
      }
      if (existsSync(join(dataDir, PACKAGES)))
        await cp(join(dataDir, PACKAGES), join(part, PACKAGES), { recursive: true })
      flushFolder(part)
      flushFolder(dirname(part))
    },
    /** The point of no return. */
    async replace(): Promise<void> {
      // Another program may have worked with the store while it was copied: its work would be lost.
      const now = look()
      if (hasJournal() || now.size !== seen.size || now.modifiedMs !== seen.modifiedMs)
        refuse('storage.in-use')
      await renamePatiently(waitingStore(dataDir, id), present)
      flushFolder(dataDir)
    },
    /** The mark is that of the former store. Left behind, it would only say once more that the platform is asked first. */
    forgetMark(): Promise<void> {
      removeHeadMark(dataDir)
      return Promise.resolve()
    },
    /** The former data gets its name. */
    tidy(): Promise<void> {
      tidyRestoring(dataDir)
      return Promise.resolve()
    },
  }
}

/**
 * Puts the waiting store in place and keeps the former data; does nothing when there is none of that id, since an engine
 * that is started again after a crash is told the same once more. Refuses `storage.*`; the old desk is whole then.
 */
export async function placeRestoredStore(placement: Placement): Promise<void> {
  const { dataDir, id, watch = unwatched } = placement
  if (!existsSync(waitingStore(dataDir, id))) return
  const steps = watch('placement', stepsOf(placement))
  try {
    await steps.settle()
    await steps.keepFormer()
    await steps.replace()
    await steps.forgetMark()
  } catch (error) {
    tidyRestoring(dataDir)
    if (error instanceof FailureError) throw error
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    refuse(code === 'ENOSPC' || code === 'EDQUOT' ? 'storage.full' : 'storage.io')
  }
  await steps.tidy()
}
