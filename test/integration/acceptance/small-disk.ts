import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, statfsSync } from 'node:fs'

const run = (command: string, ...args: readonly string[]): boolean => spawnSync(command, args).status === 0

/** A disk of a size of our choosing, mounted at a folder; only for a user who may mount. */
export class SmallDisk {
  private constructor(readonly path: string) {}

  /** Null where mounting is not allowed. */
  static mount(path: string, kilobytes: number): SmallDisk | null {
    mkdirSync(path)
    if (process.getuid?.() === 0 && run('mount', '-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', path)) {
      return new SmallDisk(path)
    }
    rmSync(path, { recursive: true })
    return null
  }

  get usedKilobytes(): number {
    const { blocks, bfree, bsize } = statfsSync(this.path)
    return ((blocks - bfree) * bsize) / 1024
  }

  resize(kilobytes: number): void {
    if (!run('mount', '-o', `remount,rw,size=${Math.ceil(kilobytes)}k`, this.path))
      throw new Error('remount failed')
  }

  makeReadOnly(): void {
    if (!run('mount', '-o', 'remount,ro', this.path)) throw new Error('remount failed')
  }

  unmount(): void {
    run('umount', '-l', this.path)
  }
}
