import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const RETRY_MS = 200

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** A lock whose owner died, or that never got an owner's number within two seconds, is nobody's. */
function isAbandoned(lockDir, sinceMs) {
  try {
    return !isAlive(Number(readFileSync(join(lockDir, 'pid'), 'utf8')))
  } catch {
    return sinceMs > 2_000 && statSync(lockDir, { throwIfNoEntry: false }) !== undefined
  }
}

/** Runs `work` while no other process of this checkout builds: two builds at once would empty each other's output. */
export async function withBuildLock(lockDir, work) {
  for (let waitedMs = 0; ; waitedMs += RETRY_MS) {
    try {
      mkdirSync(lockDir)
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      if (isAbandoned(lockDir, waitedMs)) rmSync(lockDir, { recursive: true, force: true })
      else await sleep(RETRY_MS)
    }
  }
  writeFileSync(join(lockDir, 'pid'), String(process.pid))
  try {
    return await work()
  } finally {
    rmSync(lockDir, { recursive: true, force: true })
  }
}
