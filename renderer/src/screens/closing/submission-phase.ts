/** The stages of a submission as the clerk follows them, in order. */
export const submissionPhases = [
  'sealing',
  'opening',
  'sending',
  'processing',
  'verifying',
  'applying',
] as const
export type SubmissionPhase = (typeof submissionPhases)[number]

/** Steps of the task that the clerk sees as part of another stage. */
const within: Readonly<Record<string, SubmissionPhase>> = {
  starting: 'sealing',
  asking: 'opening',
  fetching: 'verifying',
}

/** The stage of a task step; an unknown step counts as the first, so that nothing is claimed too early. */
export function phaseOf(step: string): SubmissionPhase {
  return submissionPhases.find((phase) => phase === step) ?? within[step] ?? 'sealing'
}
