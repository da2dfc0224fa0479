import { onScopeDispose } from 'vue'
import type { EventName, Events } from '@shared/contract/events'
import { onEvent } from '@renderer/bridge'

/** Listens to an event of the program for as long as the component or store lives. */
export function useEvent<Name extends EventName>(
  event: Name,
  listener: (payload: Events[Name]) => void,
): void {
  onScopeDispose(onEvent(event, listener))
}
