/** Short notes on records: left by one operator, for the one who keyed the record, in the timeline for everybody. */
import type { NotesView } from '@shared/contract/views/note-views'
import type { Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import type { Ids } from '@shared/kernel/ids'
import { systemActor } from '@shared/texts/zh-CN/acts'
import type { EventBus } from '@engine/event-bus'
import type { NoteEntity, NoteRepo } from '@engine/repos/note-repo'
import type { AuditRepo, RecordRepo, Store } from '@engine/repos/repo-types'

export interface NotesService {
  /** Leaves the same note on every record, or on none; gives whom it is for. Refuses `record.not-found`. */
  add(recordIds: readonly string[], text: string): readonly string[]
  /** What waits for the present operator. */
  mine(): NotesView
  /** Marks notes of the present operator as read; those of others, and those read before, stay as they are. */
  read(noteIds: readonly string[]): NotesView
}

const SHOWN = 20
/** More records than a page lists are told of as a whole. */
const LISTED_IDS = 200

export function createNotesService(deps: {
  readonly store: Pick<Store, 'write'>
  readonly notes: NoteRepo
  readonly records: Pick<RecordRepo, 'find'>
  readonly audit: Pick<AuditRepo, 'append'>
  readonly clock: Clock
  readonly ids: Ids
  readonly bus: Pick<EventBus, 'emit'>
  readonly actor: () => string
}): NotesService {
  const { store, notes, records, audit, clock } = deps

  const mine = (): NotesView => {
    const operator = deps.actor()
    return {
      total: notes.countUnreadOf(operator),
      notes: notes.unreadOf(operator, SHOWN).map(({ noteId, recordId, author, text, createdAt: at }) => ({
        ...{ noteId, recordId, author, text, at },
        docNo: records.find(recordId)?.docNo ?? '',
      })),
    }
  }

  const tell = (recordIds: readonly string[]): void => {
    deps.bus.emit('notes.changed', {})
    deps.bus.emit('records.changed', { recordIds: recordIds.length > LISTED_IDS ? null : recordIds })
  }

  const leave = (recordId: string, text: string): string => {
    if (records.find(recordId) === null) refuse('record.not-found')
    const author = deps.actor()
    const addressee = notes.keyedBy(recordId, systemActor) ?? author
    const createdAt = clock.now()
    notes.insert({ noteId: deps.ids.next(), recordId, author, addressee, text, createdAt, readAt: null })
    const body = { to: addressee, text }
    audit.append({ at: createdAt, actor: author, act: 'record.noted', ref: recordId, body })
    return addressee
  }

  const markRead = ({ noteId, recordId, author }: NoteEntity): void => {
    const at = clock.now()
    notes.markRead(noteId, at)
    audit.append({ at, actor: deps.actor(), act: 'record.note-read', ref: recordId, body: { from: author } })
  }

  return {
    mine,
    add(recordIds, text) {
      const distinct = [...new Set(recordIds)]
      const to = store.write(() => distinct.map((recordId) => leave(recordId, text)))
      tell(distinct)
      return [...new Set(to)]
    },
    read(noteIds) {
      const operator = deps.actor()
      const own = [...new Set(noteIds)]
        .map((noteId) => notes.find(noteId))
        .filter((note) => note?.addressee === operator && note.readAt === null)
        .filter((note) => note !== null)
      store.write(() => own.forEach(markRead))
      if (own.length > 0) tell(own.map(({ recordId }) => recordId))
      return mine()
    },
  }
}
