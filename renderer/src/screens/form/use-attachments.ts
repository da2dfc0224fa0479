import { computed, shallowRef, watch } from 'vue'
import type { ComputedRef, ShallowRef } from 'vue'
import type { CallOutput } from '@shared/contract/calls'
import type { AttachmentsView, AttachmentView } from '@shared/contract/views/attachment-views'
import type { Failure } from '@shared/kernel/failure'
import type { Result } from '@shared/kernel/result'
import { fill } from '@shared/texts/fill'
import { attachmentNotes, strippedTexts } from '@shared/texts/zh-CN/attachments'
import { callBridge } from '@renderer/bridge'
import { useCall } from '@renderer/composables/use-call'
import { useEvent } from '@renderer/composables/use-event'
import { uploadFile } from '@renderer/composables/use-file-choice'
import { useFileDelivery } from '@renderer/composables/use-file-delivery'
import { useNotices } from '@renderer/composables/use-notices'
import { texts } from '@renderer/texts/zh-CN'

type Chosen = CallOutput<'host.chooseFiles'>[number]

/** The documents of one record, and what can be done with them. */
export interface Attachments {
  readonly view: ComputedRef<AttachmentsView | null>
  readonly failure: ShallowRef<Failure | null>
  /** Name of the file that is being added. */
  readonly adding: ShallowRef<string | null>
  load(): Promise<void>
  /** Asks with the shell's own dialog and adds what was chosen. */
  choose(): Promise<void>
  /** Adds files of the page: dropped, or chosen in a browser. */
  upload(files: readonly File[]): Promise<void>
  remove(attachment: AttachmentView): Promise<void>
  restore(attachment: AttachmentView): Promise<void>
  save(attachment: AttachmentView): Promise<void>
  pack(docNo: string): Promise<void>
}

/** Reads the documents of a record and follows what changes. */
export function useAttachments(recordId: () => string): Attachments {
  const words = texts.attachments
  const notices = useNotices()
  const { deliver } = useFileDelivery()
  const { data, failure, run } = useCall('attachments.list')
  const adding = shallowRef<string | null>(null)

  const load = async (): Promise<void> => void (await run({ recordId: recordId() }))

  function tell({ name, stripped, isSensitive }: AttachmentView): void {
    const parts = stripped.map((part) => strippedTexts[part]).join('、')
    notices.done(stripped.length === 0 ? words.added(name) : fill(attachmentNotes.stripped, { name, parts }))
    if (isSensitive) notices.say(fill(attachmentNotes.sensitive, { name }))
  }

  /** One after the other: each is told by itself, and one that is refused does not keep the others back. */
  async function addAll<T extends { readonly name: string }>(
    files: readonly T[],
    take: (file: T) => Promise<Result<Chosen>>,
  ): Promise<void> {
    for (const file of files) {
      adding.value = file.name
      const chosen = await take(file)
      const answer = chosen.ok
        ? await callBridge('attachments.add', { recordId: recordId(), file: chosen.value.token })
        : chosen
      if (answer.ok) tell(answer.value)
      else notices.refused(answer.failure)
    }
    adding.value = null
    await load()
  }

  async function change(
    name: 'attachments.remove' | 'attachments.restore',
    { attachmentId }: AttachmentView,
  ): Promise<boolean> {
    const answer = await callBridge(name, { recordId: recordId(), attachmentId })
    if (!answer.ok) notices.refused(answer.failure)
    await load()
    return answer.ok
  }

  const restore = async (attachment: AttachmentView): Promise<void> =>
    void (await change('attachments.restore', attachment))

  watch(recordId, load, { immediate: true })
  useEvent('records.changed', ({ recordIds }) => {
    if (recordIds === null || recordIds.includes(recordId())) void load()
  })

  return {
    view: computed(() => data.value),
    failure,
    adding,
    load,
    restore,
    async choose() {
      const chosen = await callBridge('host.chooseFiles', { purpose: 'attachments' })
      if (!chosen.ok) return notices.refused(chosen.failure)
      await addAll(chosen.value, (file) => Promise.resolve({ ok: true, value: file }))
    },
    upload: (files) => addAll(files, uploadFile),
    async remove(attachment) {
      if (!(await change('attachments.remove', attachment))) return
      const undo = { label: words.undo, run: () => restore(attachment) }
      notices.say(words.removed(attachment.name), undo)
    },
    async save({ attachmentId, name }) {
      const saved = await deliver(name, (target) =>
        callBridge('attachments.save', { recordId: recordId(), attachmentId, target }),
      )
      if (saved !== null) notices.done(words.saved(name))
    },
    async pack(docNo) {
      const packed = await deliver(words.packName(docNo), (target) =>
        callBridge('attachments.pack', { recordId: recordId(), target }),
      )
      if (packed !== null) notices.done(words.packed(packed.files))
    },
  }
}
