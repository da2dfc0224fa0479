import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router'
import type { RouteLocationNormalized } from 'vue-router'

/** Leaving a record with unsaved edits asks first; moving the selection under an open record does not. */
export function useLeaveGuard(mayLeave: () => Promise<boolean>): void {
  const guard = async (to: RouteLocationNormalized, from: RouteLocationNormalized): Promise<boolean> => {
    const isSamePanel =
      to.name === from.name &&
      to.query['record'] === from.query['record'] &&
      to.query['create'] === from.query['create']
    return isSamePanel || (await mayLeave())
  }
  onBeforeRouteUpdate(guard)
  onBeforeRouteLeave(guard)
}
