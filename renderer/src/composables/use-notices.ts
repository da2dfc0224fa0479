import { shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import type { Failure } from '@shared/kernel/failure'
import { failureSentence } from '@shared/texts/zh-CN/failures'

export interface NoticeAction {
  readonly label: string
  readonly run: () => void | Promise<void>
  /** The notice stays until it is acted on or closed, or until its screen is left after a while. */
  readonly stays?: boolean
}

export interface Notice {
  readonly id: number
  readonly tone: 'plain' | 'good' | 'late'
  readonly text: string
  readonly action: NoticeAction | null
}

const SHORT_MS = 5_000
const WITH_ACTION_MS = 10_000
const notices = shallowRef<readonly Notice[]>([])
/** Of the notices that stay, those that have stood long enough to be read. */
const stood = new Set<number>()
let last = 0

/** Takes a notice away. */
export function dismissNotice(id: number): void {
  stood.delete(id)
  notices.value = notices.value.filter((notice) => notice.id !== id)
}

/** Takes away what has been offered long enough: whoever goes to another screen has decided, and lists lie below it. */
export function leaveNotices(): void {
  for (const id of [...stood]) dismissNotice(id)
}

function show(tone: Notice['tone'], text: string, action: NoticeAction | null): void {
  const id = ++last
  notices.value = [...notices.value.slice(-3), { id, tone, text, action }]
  // What was refused stays until it is read.
  if (tone === 'late') return
  if (action?.stays === true) setTimeout(() => stood.add(id), WITH_ACTION_MS)
  else setTimeout(() => dismissNotice(id), action === null ? SHORT_MS : WITH_ACTION_MS)
}

/** Short messages in the corner: `say` and `done` go by themselves, `refused` stays until read. */
export function useNotices(): {
  readonly notices: Readonly<ShallowRef<readonly Notice[]>>
  readonly say: (text: string, action?: NoticeAction) => void
  readonly done: (text: string, action?: NoticeAction) => void
  readonly refused: (failure: Failure) => void
} {
  return {
    notices,
    say: (text, action) => show('plain', text, action ?? null),
    done: (text, action) => show('good', text, action ?? null),
    refused: (failure) => show('late', failureSentence(failure), null),
  }
}
