import * as v from 'valibot'
import { call } from '@shared/contract/call-spec'
import { NOTE_LENGTH } from '@shared/contract/views/note-views'
import type { NotesView } from '@shared/contract/views/note-views'
import { id, nothing, recordIds } from './call-inputs'

/** Notes that operators of one desk leave for each other. */
export const noteCalls = {
  /** Leaves a note on each of the records, for whoever keyed it; `to` are their names. */
  'notes.add': call<{ readonly to: readonly string[] }>()(
    'engine',
    v.strictObject({
      recordIds,
      text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(NOTE_LENGTH)),
    }),
  ),
  'notes.mine': call<NotesView>()('engine', nothing),
  'notes.read': call<NotesView>()(
    'engine',
    v.strictObject({ noteIds: v.pipe(v.array(id), v.minLength(1), v.maxLength(200)) }),
  ),
} as const
