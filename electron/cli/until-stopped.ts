/** Resolves when the process is asked to stop: Ctrl+C, a termination signal, or the end of a piped parent. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
}
