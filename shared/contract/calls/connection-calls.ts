import * as v from 'valibot'
import { call } from '@shared/contract/call-spec'
import { clientIdSchema } from '@shared/contract/desk-mode'
import { spellingSchema, transportSettingsSchema } from '@shared/contract/transport-settings'
import type { LinkView } from '@shared/contract/views/desk-views'
import type { ConnectionTest, ConnectionView } from '@shared/contract/views/connection-views'
import { nothing } from './call-inputs'

/** The way to the platform. */
export const connectionCalls = {
  'link.state': call<LinkView>()('engine', nothing),
  'connection.get': call<ConnectionView>()('engine', nothing),
  'connection.save': call<ConnectionTest>()(
    'engine',
    v.strictObject({
      platformUrl: v.pipe(v.string(), v.trim(), v.maxLength(300)),
      clientId: clientIdSchema,
      platformPublicKey: v.pipe(v.string(), v.trim(), v.maxLength(200)),
      spelling: v.optional(spellingSchema, {}),
    }),
  ),
  /** Chooses the way to the platform and tests it. */
  'connection.choose': call<ConnectionTest>()('engine', transportSettingsSchema),
  'connection.test': call<ConnectionTest>()('engine', nothing),
  /** Asked before a desk is left for the other one; refuses `connection.batches-open`. */
  'connection.mayLeave': call<{ readonly mayLeave: true }>()('engine', nothing),
} as const
