import type {
  FromPractice,
  PracticeAddress,
  PracticePlace,
  ToPractice,
} from '@shared/contract/practice-messages'
import type { ShellLog } from './shell-log'
import type { ShellProcess } from './shell-process'

const CLOSE_LIMIT_MS = 5_000

/** The practice platform beside the practice desk, in a process of its own as the real platform would be. */
export interface PracticeHost {
  /** Starts it; null when it cannot start: the desk then works without a platform, and says so. */
  start(place: PracticePlace): Promise<PracticeAddress | null>
  /** Ends it; harmless when it is not running. */
  stop(): Promise<void>
}

/** A practice platform that is not running yet. */
export function createPracticeHost(fork: () => ShellProcess, log: ShellLog): PracticeHost {
  let running: { readonly child: ShellProcess; readonly ended: Promise<void> } | null = null

  return {
    start(place) {
      return new Promise((resolve) => {
        const child = fork()
        const post = (message: ToPractice): void => child.postMessage(message)
        let markEnded = (): void => undefined
        running = { child, ended: new Promise<void>((mark) => (markEnded = mark)) }
        child.on('message', (said) => {
          const message = said as FromPractice
          if (message.type === 'started') {
            const { url, origin, clientId, platformPublicKey } = message
            resolve({ url, origin, clientId, platformPublicKey })
          } else if (message.type === 'failed') {
            log.error('practice.failed', message.message)
            resolve(null)
          } else child.kill()
        })
        child.on('exit', (code) => {
          log.info('practice.ended', { code })
          if (running?.child === child) running = null
          markEnded()
          resolve(null)
        })
        post({ type: 'start', options: place })
      })
    },
    async stop() {
      const practice = running
      if (practice === null) return
      practice.child.postMessage({ type: 'stop' } satisfies ToPractice)
      const limit = setTimeout(() => practice.child.kill(), CLOSE_LIMIT_MS)
      await practice.ended
      clearTimeout(limit)
    },
  }
}
