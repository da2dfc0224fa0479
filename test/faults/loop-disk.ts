import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const run = (command: string, ...args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0

const must = (command: string, ...args: readonly string[]): void => {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`)
}

/** FS_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH: what is not in the journal by now is gone, as at a power cut. */
const SHUTDOWN = `open(my $d, "<", $ARGV[0]) or die $!; my $f = pack("L", 2); ioctl($d, 0x8004587d, $f) or die $!`
const MEGABYTES = 24

/** An ext4 file system in a file, mounted, whose power can be cut. Only for a user who may mount. */
export class LoopDisk {
  private constructor(
    private readonly image: string,
    readonly path: string,
  ) {}

  /** Makes and mounts one in a folder. */
  static make(folder: string): LoopDisk {
    const image = join(folder, 'disk.img')
    const path = join(folder, 'disk')
    mkdirSync(path)
    writeFileSync(image, '')
    truncateSync(image, MEGABYTES * 1_048_576)
    must('mkfs.ext4', '-q', image)
    must('mount', '-o', 'loop', image, path)
    return new LoopDisk(image, path)
  }

  /** Why this machine has none, or null. */
  static objection(folder: string): string | null {
    if (process.getuid?.() !== 0) return 'only root may mount a file system'
    if (!run('mkfs.ext4', '-V')) return 'mkfs.ext4 is missing'
    if (!run('perl', '-e', '1')) return 'perl is missing'
    mkdirSync(folder, { recursive: true })
    try {
      LoopDisk.make(folder).unmount()
      return null
    } catch (error) {
      return error instanceof Error ? error.message.trim() : String(error)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }

  /** Everything that was written until now is on the disk. */
  flush(): void {
    must('sync', '-f', this.path)
  }

  /** From here on nothing reaches the disk any more. */
  cutPower(): void {
    must('perl', '-e', SHUTDOWN, this.path)
  }

  /** Power is back: unmounts what is left and mounts it again, which replays the journal of the file system. */
  restorePower(): void {
    must('umount', this.path)
    must('mount', '-o', 'loop', this.image, this.path)
  }

  unmount(): void {
    run('umount', '-l', this.path)
  }
}
