import { taskStepTexts } from '@shared/texts/zh-CN/task-steps'
import type { TaskHandle } from '@engine/services/tasks-service'

/** Shows the progress of a long command on stderr: one line that rewrites itself on a terminal, steps otherwise. */
export function createProgressLine(note: (line: string) => void): TaskHandle & { end(): void } {
  const abort = new AbortController()
  const onInterrupt = (): void => abort.abort()
  process.once('SIGINT', onInterrupt)
  const announced = new Set<string>()
  return {
    signal: abort.signal,
    progress(step, done, total) {
      const text = `${taskStepTexts[step] ?? step} ${done}${total === null ? '' : `/${total}`}`
      if (process.stderr.isTTY) process.stderr.write(`\r${text}\u001b[K`)
      // Steps alternate in chunked work; a log wants each named once.
      else if (!announced.has(step)) note(taskStepTexts[step] ?? step)
      announced.add(step)
    },
    end() {
      process.removeListener('SIGINT', onInterrupt)
      if (process.stderr.isTTY && announced.size > 0) process.stderr.write('\r\u001b[K')
    },
  }
}
