import type { EngineCallName, Handlers } from '@shared/contract/calls'
import type { NotesService } from '@engine/services/notes-service'

/** Notes that operators leave for each other. */
export const notesHandlers = ({
  notes,
}: {
  readonly notes: NotesService
}): Handlers<Extract<EngineCallName, `notes.${string}`>> => ({
  'notes.add': ({ recordIds, text }) => ({ to: notes.add(recordIds, text) }),
  'notes.mine': () => notes.mine(),
  'notes.read': ({ noteIds }) => notes.read(noteIds),
})
