import type { FailureCode } from '@shared/kernel/failure'

/** Exit codes of the command line, a public interface. */
export const EXIT = {
  done: 0,
  /** Done, but something needs a person: rejected rows, issues. */
  needsPerson: 1,
  usage: 2,
  /** Refused by the platform or by a check. */
  refused: 3,
  /** The platform cannot be reached; nothing is lost, `resume` goes on. */
  unreachable: 4,
  defect: 70,
} as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

const UNREACHABLE: readonly FailureCode[] = [
  'transport.offline',
  'transport.timeout',
  'transport.busy',
  'transport.captive-page',
  'platform.still-processing',
  'platform.batch-denied',
]

/** The exit code that a failure stands for. */
export function exitCodeOf(code: FailureCode): ExitCode {
  if (code === 'usage.invalid') return EXIT.usage
  if (code === 'defect.unexpected') return EXIT.defect
  return UNREACHABLE.includes(code) ? EXIT.unreachable : EXIT.refused
}
