import { shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import type { CallOutput } from '@shared/contract/calls'
import type { PracticeMessage, ScenarioName } from '@shared/domain/practice-scenario'
import type { Failure } from '@shared/kernel/failure'
import { callBridge } from '@renderer/bridge'

export interface Practice {
  /** How the practice platform behaves; null until it has said so. */
  readonly scenario: Readonly<ShallowRef<ScenarioName | null>>
  /** What it is being asked to send. */
  readonly sending: Readonly<ShallowRef<PracticeMessage | null>>
  /** Why the last of these did not work. */
  readonly failure: Readonly<ShallowRef<Failure | null>>
  load(): Promise<void>
  setScenario(name: ScenarioName): Promise<void>
  /** Has it write to the desk; gives the record that this is about, or null when refused. */
  send(message: PracticeMessage): Promise<CallOutput<'practice.send'> | null>
}

/** The practice platform beside a practice desk. */
export function usePractice(): Practice {
  const scenario = shallowRef<ScenarioName | null>(null)
  const sending = shallowRef<PracticeMessage | null>(null)
  const failure = shallowRef<Failure | null>(null)

  async function show(asked: ReturnType<typeof callBridge<'practice.view'>>): Promise<void> {
    const answer = await asked
    failure.value = answer.ok ? null : answer.failure
    if (answer.ok) scenario.value = answer.value.scenario
  }

  return {
    scenario,
    sending,
    failure,
    load: () => show(callBridge('practice.view', {})),
    setScenario: (name) => show(callBridge('practice.setScenario', { scenario: name })),
    async send(message) {
      sending.value = message
      const answer = await callBridge('practice.send', { message })
      sending.value = null
      failure.value = answer.ok ? null : answer.failure
      return answer.ok ? answer.value : null
    },
  }
}
