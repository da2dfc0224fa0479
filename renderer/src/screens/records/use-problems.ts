import { ref, shallowRef } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { ProblemGroup } from '@shared/contract/views/problem-views'
import type { Failure } from '@shared/kernel/failure'
import { callBridge } from '@renderer/bridge'
import { useBulkUndo } from '@renderer/composables/use-bulk-undo'
import { useNotices } from '@renderer/composables/use-notices'
import { texts } from '@renderer/texts/zh-CN'

/** The contract takes at most so many ids in one call. */
const MOST_IDS = 5_000

export interface Problems {
  /** What is open in the records, by rule; null until asked. */
  readonly groups: ShallowRef<readonly ProblemGroup[] | null>
  readonly failure: ShallowRef<Failure | null>
  readonly isBusy: Ref<boolean>
  readonly load: () => Promise<void>
  /** Puts in the proved values of one rule, then looks again. */
  readonly applyFixes: (group: ProblemGroup) => Promise<void>
  /** Confirms the warnings of one rule for one reason, then looks again. */
  readonly confirm: (group: ProblemGroup, reason: string) => Promise<void>
}

/** The problems of some records and what may be done about all of one kind at once. */
export function useProblems(recordIds: () => readonly string[]): Problems {
  const words = texts.records.problems
  const { done, say } = useNotices()
  const undoOf = useBulkUndo()
  const groups = shallowRef<readonly ProblemGroup[] | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const isBusy = ref(false)
  let turn = 0

  const ids = (): string[] => recordIds().slice(0, MOST_IDS)

  async function load(): Promise<void> {
    const mine = ++turn
    const answer = await callBridge('records.problems', { recordIds: ids() })
    if (mine !== turn) return
    failure.value = answer.ok ? null : answer.failure
    if (answer.ok) groups.value = answer.value
  }

  async function applyFixes({ code }: ProblemGroup): Promise<void> {
    isBusy.value = true
    const answer = await callBridge('records.applyFixes', { recordIds: ids(), code })
    isBusy.value = false
    failure.value = answer.ok ? null : answer.failure
    if (!answer.ok) return
    const { changed, failed, undo } = answer.value
    const back = undo === null ? undefined : undoOf([undo])
    if (failed > 0) say(words.fixedSome(changed, failed), back)
    else done(words.fixed(changed), back)
    await load()
  }

  async function confirm({ code }: ProblemGroup, reason: string): Promise<void> {
    isBusy.value = true
    const answer = await callBridge('records.confirmMany', { recordIds: ids(), code, reason })
    isBusy.value = false
    failure.value = answer.ok ? null : answer.failure
    if (!answer.ok) return
    const { changed, undo } = answer.value
    done(words.confirmed(changed), undo === null ? undefined : undoOf([undo]))
    await load()
  }

  return { groups, failure, isBusy, load, applyFixes, confirm }
}
