import * as v from 'valibot'
import { call } from '@shared/contract/call-spec'
import type {
  PackSettingsView,
  StandardReference,
  StandardView,
  StandardsView,
} from '@shared/contract/views/standard-views'
import type { TaskView } from '@shared/contract/views/task-views'
import { token, nothing } from './call-inputs'

const packVersion = v.pipe(v.string(), v.regex(/^\d{4}\.\d{1,4}$/))
const settingChanges = v.pipe(
  v.record(
    v.pipe(v.string(), v.maxLength(102)),
    v.nullable(v.union([v.number(), v.pipe(v.string(), v.maxLength(200))])),
  ),
  v.check((changes) => Object.keys(changes).length <= 500),
)

/** The standard, its versions, and what it leaves open. */
export const standardCalls = {
  'standard.current': call<StandardView>()('engine', nothing),
  /** The same with every rule: sentence, basis, samples, fixes. */
  'standard.reference': call<StandardReference>()('engine', nothing),
  'standard.versions': call<StandardsView>()('engine', nothing),
  /** Takes a signed package from a file; it waits for consent. */
  'standard.install': call<{ readonly version: string }>()('engine', v.strictObject({ file: token })),
  /** Tries a version on all drafts without changing anything. */
  'standard.preview': call<TaskView>()('engine', v.strictObject({ version: packVersion })),
  /** Agrees to a version after its preview; drafts are checked again in the task, if it is in force at once. */
  'standard.adopt': call<{ readonly task: TaskView | null }>()(
    'engine',
    v.strictObject({ version: packVersion }),
  ),
  /** The values of the standard that its sources leave open, with those of this desk. */
  'standard.settings': call<PackSettingsView>()('engine', nothing),
  /** Tries other values on all drafts without changing anything; null is the standard's own value. */
  'standard.trySettings': call<TaskView>()('engine', v.strictObject({ changes: settingChanges })),
  /** Works with other values from now on, all or none; drafts are checked again in the task. */
  'standard.setSettings': call<{ readonly changed: number; readonly task: TaskView | null }>()(
    'engine',
    v.strictObject({ changes: settingChanges }),
  ),
} as const
