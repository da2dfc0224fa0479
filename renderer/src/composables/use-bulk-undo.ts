import { callBridge } from '@renderer/bridge'
import { texts } from '@renderer/texts/zh-CN'
import { useNotices } from './use-notices'
import type { NoticeAction } from './use-notices'

/** The action of a notice that takes acts on many records back; it stays until it is used, closed or left behind. */
export function useBulkUndo(): (undo: readonly string[]) => NoticeAction {
  const words = texts.records.undo
  const { done, say, refused } = useNotices()

  async function takeBack(undo: readonly string[]): Promise<void> {
    const answer = await callBridge('records.undo', { undo: [...undo] })
    if (!answer.ok) return refused(answer.failure)
    const { isKnown, undone, left, named } = answer.value
    if (!isKnown) say(words.forgotten)
    else if (left === 0) done(words.undone(undone))
    else
      say(
        words.left(
          undone,
          left,
          named.map(({ docNo }) => docNo || texts.records.noDocNo),
        ),
      )
  }

  return (undo) => ({
    label: texts.shell.notice.undo,
    stays: true,
    run: () => takeBack(undo),
  })
}
