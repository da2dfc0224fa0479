import { expect, test } from 'vitest'
import type { LinkView } from '@shared/contract/views/desk-views'
import { FailureError, refuse } from '@shared/kernel/failure'
import { connectionHandlers } from '@engine/handlers/connection-handlers'
import type { ConnectionService } from '@engine/services/connection-port'

test('a desk where batches wait is not left, but for a practice desk whose platform does not run', () => {
  const leaving = (mode: 'practice' | 'live', state: LinkView['state']) => {
    const connection: Partial<ConnectionService> = {
      link: () => ({ state, checkedAt: null, skewSeconds: null, platformUrl: null, failureCode: null }),
      ensureNothingOpen: () => refuse('connection.batches-open', { count: 1, label: 'A' }),
    }
    return () =>
      connectionHandlers({ connection: connection as ConnectionService, mode })['connection.mayLeave']({})
  }
  expect(leaving('live', 'ok')).toThrow(FailureError)
  expect(leaving('live', 'offline')).toThrow(FailureError)
  expect(leaving('practice', 'ok')).toThrow(FailureError)
  expect(leaving('practice', 'offline')()).toEqual({ mayLeave: true })
})
