import { ref } from 'vue'
import type { Ref } from 'vue'
import type { CallInput, CallName, CallOutput } from '@shared/contract/calls'
import type { ManyChanged } from '@shared/contract/views/record-views'
import type { ExclusionBasis } from '@shared/domain/record-status'
import { callBridge } from '@renderer/bridge'
import { texts } from '@renderer/texts/zh-CN'
import { useBulkUndo } from './use-bulk-undo'
import { useNotices } from './use-notices'

/** The actions that ask for a reason first. */
export type ReasonedAction = 'hold' | 'discard' | 'exclude' | 'include'

/** What the dialog of a reasoned action gives. */
export interface ActionAnswer {
  readonly reason: string
  readonly until: string | null
  readonly basis: ExclusionBasis
}

type ChangeCall = { [Name in CallName]: CallOutput<Name> extends ManyChanged ? Name : never }[CallName]

/** The contract takes at most so many ids in one call. */
const MOST_IDS = 5_000

export interface RecordActions {
  /** The action whose dialog is open; null when none is. */
  readonly asking: Ref<ReasonedAction | null>
  readonly isBusy: Ref<boolean>
  /** Opens the dialog of an action for these records. */
  readonly ask: (action: ReasonedAction, recordIds: readonly string[], basis?: ExclusionBasis) => void
  /** The basis of an exclusion that the dialog begins with. */
  readonly basis: Ref<ExclusionBasis>
  /** Carries out what was asked; true when something changed. */
  readonly answer: (given: ActionAnswer) => Promise<boolean>
  readonly release: (recordIds: readonly string[]) => Promise<boolean>
  readonly restore: (recordIds: readonly string[]) => Promise<boolean>
}

/**
 * What may be done to one or many records besides editing them: hold, release, discard, restore, exclude, include.
 * Each reports in a notice that offers to take it back. The grid and the panel use the same.
 */
export function useRecordActions(): RecordActions {
  const words = texts.records.done
  const { done, say, refused } = useNotices()
  const undoOf = useBulkUndo()
  const asking = ref<ReasonedAction | null>(null)
  const isBusy = ref(false)
  const basis = ref<ExclusionBasis>('simple-procedure')
  let targets: readonly string[] = []

  async function change<Name extends ChangeCall>(
    name: Name,
    recordIds: readonly string[],
    input: (ids: string[]) => CallInput<Name>,
    sentence: (count: number) => string,
  ): Promise<boolean> {
    let changed = 0
    const undo: string[] = []
    isBusy.value = true
    for (let from = 0; from < recordIds.length; from += MOST_IDS) {
      const result = await callBridge(name, input(recordIds.slice(from, from + MOST_IDS)))
      if (!result.ok) {
        refused(result.failure)
        break
      }
      changed += result.value.changed
      if (result.value.undo !== null) undo.push(result.value.undo)
    }
    isBusy.value = false
    if (changed === 0) say(words.nothing)
    else done(sentence(changed), undo.length === 0 ? undefined : undoOf(undo))
    return changed > 0
  }

  const release = (ids: readonly string[]): Promise<boolean> =>
    change('records.release', ids, (recordIds) => ({ recordIds }), words.released)
  const restore = (ids: readonly string[]): Promise<boolean> =>
    change('records.restore', ids, (recordIds) => ({ recordIds }), words.restored)

  function ask(
    action: ReasonedAction,
    recordIds: readonly string[],
    begins: ExclusionBasis = 'simple-procedure',
  ): void {
    targets = recordIds
    basis.value = begins
    asking.value = action
  }

  async function answer({ reason, until, basis: given }: ActionAnswer): Promise<boolean> {
    const ids = targets
    const action = asking.value
    const carry = (): Promise<boolean> => {
      switch (action) {
        case 'hold':
          return change('records.hold', ids, (recordIds) => ({ recordIds, reason, until }), words.held)
        case 'discard':
          return change('records.discard', ids, (recordIds) => ({ recordIds, reason }), words.discarded)
        case 'exclude':
          return change(
            'records.exclude',
            ids,
            (recordIds) => ({ recordIds, basis: given, reason }),
            words.excluded,
          )
        case 'include':
          return change('records.include', ids, (recordIds) => ({ recordIds, reason }), words.included)
        case null:
          return Promise.resolve(false)
      }
    }
    const isDone = await carry()
    asking.value = null
    return isDone
  }

  return { asking, isBusy, basis, ask, answer, release, restore }
}
