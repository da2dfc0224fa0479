/**
 * Wraps a fetch that many events ask for: while one runs, any number of further calls cause exactly one more run
 * after it, so that the last answer is never older than the last event.
 */
export function coalesce(fetch: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null
  let isAskedAgain = false

  async function run(): Promise<void> {
    do {
      isAskedAgain = false
      await fetch()
    } while (isAskedAgain)
  }

  return () => {
    if (running !== null) {
      isAskedAgain = true
      return running
    }
    running = run().finally(() => (running = null))
    return running
  }
}
