import * as v from 'valibot'
import { call } from '@shared/contract/call-spec'
import { bureauSchema } from '@shared/contract/desk-mode'
import { guideSections } from '@shared/contract/guide-pages'
import { formerNamePattern } from '@shared/contract/views/restore-views'
import { id, token, nothing } from './call-inputs'

/** What only the shell or the loopback host can do. */
export const hostCalls = {
  'host.info': call<{
    readonly kind: 'electron' | 'browser'
    readonly mode: 'practice' | 'live'
    readonly liveReady: boolean
    readonly version: string
  }>()('host', nothing),
  /**
   * Asks the user for files to import, for the package of a standard, for supporting documents, for an answer of a
   * platform, for an update or for a backup; empty when they cancelled. In a browser the page uploads instead.
   */
  'host.chooseFiles': call<
    readonly { readonly token: string; readonly name: string; readonly bytes: number }[]
  >()(
    'host',
    v.optional(
      v.strictObject({
        purpose: v.exactOptional(
          v.picklist(['tables', 'standard', 'attachments', 'answer', 'update', 'backup']),
        ),
      }),
      {},
    ),
  ),
  /** Asks where to save; null when cancelled. */
  'host.chooseTarget': call<{ readonly token: string; readonly name: string } | null>()(
    'host',
    v.strictObject({ name: v.pipe(v.string(), v.minLength(1), v.maxLength(120)) }),
  ),
  /** Hands a written target to the user: shows it in its folder, or gives the address to download it from. */
  'host.deliver': call<{ readonly downloadUrl: string | null }>()('host', v.strictObject({ target: token })),
  /** The built-in sample workbook for practice. */
  'host.sampleFile': call<{ readonly token: string; readonly name: string; readonly bytes: number }>()(
    'host',
    nothing,
  ),
  /** Writes what the page would print to a chosen target as PDF; false where only the page itself can print. */
  'host.savePdf': call<{ readonly saved: boolean }>()('host', v.strictObject({ target: token })),
  'host.print': call<{ readonly printed: boolean }>()('host', nothing),
  /** Leaves practice for the live desk (making its data folder on first use) or goes back; the page reloads. */
  'host.switchMode': call<{ readonly mode: 'practice' | 'live' }>()(
    'host',
    v.strictObject({
      mode: v.picklist(['practice', 'live']),
      bureau: v.optional(v.nullable(bureauSchema), null),
    }),
  ),
  /** Closes the engine and opens it again on the backup that was put ready; the page reloads. */
  'host.restore': call<{ readonly restored: boolean }>()('host', v.strictObject({ id })),
  /** Shows the folder of former data; a browser cannot. */
  'host.showFormer': call<{ readonly shown: boolean }>()(
    'host',
    v.strictObject({ name: v.pipe(v.string(), v.regex(formerNamePattern)) }),
  ),
  /** Asks whether to install the update that is ready, and starts its installer; the client quits then. */
  'host.installUpdate': call<{ readonly started: boolean }>()('host', nothing),
  /** Shows the user guide; where the host cannot, the page opens the address itself. */
  'host.openGuide': call<{ readonly opened: boolean; readonly url: string | null }>()(
    'host',
    v.strictObject({ section: v.optional(v.picklist(guideSections), 'first') }),
  ),
} as const
