import * as v from 'valibot'
import { attachmentLimitsSchema, defaultAttachmentLimits } from '@shared/contract/attachment-limits'
import type { AttachmentLimits } from '@shared/contract/attachment-limits'
import type { Clock } from '@shared/kernel/clock'
import type { AuditRepo, SettingRepo, Store } from '@engine/repos/repo-types'

const KEY = 'attachmentLimits'

/** How much a record of one desk may carry in documents. */
export interface AttachmentLimitsService {
  get(): AttachmentLimits
  /** Null goes back to the defaults. Writes an audit row. */
  set(limits: AttachmentLimits | null): AttachmentLimits
}

export function createAttachmentLimits(deps: {
  readonly store: Store
  readonly settings: SettingRepo
  readonly audit: AuditRepo
  readonly clock: Clock
  readonly actor: () => string
}): AttachmentLimitsService {
  const get = (): AttachmentLimits => {
    const stored = v.safeParse(attachmentLimitsSchema, deps.settings.get(KEY))
    return stored.success ? stored.output : defaultAttachmentLimits
  }
  return {
    get,
    set(limits) {
      deps.store.write(() => {
        deps.settings.set(KEY, limits)
        const body = { settings: KEY, ...get() }
        const entry = { at: deps.clock.now(), actor: deps.actor(), act: 'settings.changed' }
        deps.audit.append({ ...entry, ref: null, body })
      })
      return get()
    },
  }
}
