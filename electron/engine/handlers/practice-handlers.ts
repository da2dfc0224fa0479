import type { EngineCallName, Handlers } from '@shared/contract/calls'
import type { RehearsalService } from '@engine/services/rehearsal-service'

type Names = Extract<EngineCallName, `practice.${string}`>

/** Calls about the practice platform of a practice desk. */
export function practiceHandlers({ rehearsal }: { readonly rehearsal: RehearsalService }): Handlers<Names> {
  return {
    'practice.view': () => rehearsal.view(),
    'practice.setScenario': ({ scenario }) => rehearsal.setScenario(scenario),
    'practice.send': ({ message }) => rehearsal.send(message),
  }
}
