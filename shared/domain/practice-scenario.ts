/** The scripted behaviours of the practice platform (protocol section 7). */
export const scenarioNames = ['clean', 'strict', 'busy', 'lossy', 'slow', 'outage', 'corrections'] as const
export type ScenarioName = (typeof scenarioNames)[number]

/** Whether a word names a scenario. */
export const isScenarioName = (word: string): word is ScenarioName =>
  (scenarioNames as readonly string[]).includes(word)

/** What a clerk can ask the practice platform to send about an accepted record. */
export const practiceMessages = ['correction', 'take-down', 'late-rejection'] as const
export type PracticeMessage = (typeof practiceMessages)[number]
