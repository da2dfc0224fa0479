import { onBeforeUnmount, onMounted } from 'vue'
import { useRouter } from 'vue-router'
import type { RecordRow } from '@shared/contract/views/record-views'
import type { RecordTypeSpec } from '@shared/standard/pack'
import { readTable, tableCsv, tableHtml, tableText } from '@renderer/clipboard/table-clipboard'
import type { TextTable } from '@renderer/clipboard/table-clipboard'
import { uploadFile } from '@renderer/composables/use-file-choice'
import { useNotices } from '@renderer/composables/use-notices'
import { askQuestion } from '@renderer/composables/use-question'
import { isTyping } from '@renderer/shortcuts/pressed'
import { useImportStore } from '@renderer/stores/import-store'
import { numberText } from '@renderer/texts/moment'
import { texts } from '@renderer/texts/zh-CN'
import { copiedRows } from './copied-rows'

/** Byte order mark: the importer then need not guess how the text is encoded. */
const MARK = '\uFEFF'

/**
 * Copy puts the selected rows on the clipboard as a table; paste takes rows copied in Excel to the import, with all of
 * its checks, as if they were a file. Fields that take text, and parts of the page inside `.record-panel`, have their
 * own copy and paste.
 */
export function useGridClipboard(
  selected: () => readonly RecordRow[],
  specOf: (type: string) => RecordTypeSpec | null,
): void {
  const words = texts.records.clipboard
  const router = useRouter()
  const imports = useImportStore()
  const { done, say, refused } = useNotices()

  const isElsewhere = (event: ClipboardEvent): boolean =>
    event.defaultPrevented ||
    isTyping(event) ||
    (event.target instanceof Element && event.target.closest('.record-panel, [aria-modal="true"]') !== null)

  function onCopy(event: ClipboardEvent): void {
    const rows = selected()
    if (isElsewhere(event) || rows.length === 0 || getSelection()?.toString()) return
    const table = copiedRows(rows, specOf)
    event.clipboardData?.setData('text/plain', tableText(table))
    event.clipboardData?.setData('text/html', tableHtml(table))
    event.preventDefault()
    done(words.copied(numberText(rows.length)))
  }

  async function take(table: TextTable): Promise<void> {
    if (imports.step === 'columns' || imports.step === 'preview') {
      if (!(await askQuestion(words.replaceImport(imports.file?.name ?? '')))) return
    }
    const file = await uploadFile(new File([MARK, tableCsv(table)], words.fileName, { type: 'text/csv' }))
    if (!file.ok) return refused(file.failure)
    await router.push({ name: 'import' })
    await imports.take(file.value)
  }

  function onPaste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (isElsewhere(event) || text.trim() === '') return
    event.preventDefault()
    const table = readTable(text)
    if (table.length < 2 || (table[0]?.length ?? 0) < 2) say(words.noTable)
    else void take(table)
  }

  onMounted(() => {
    document.addEventListener('copy', onCopy)
    document.addEventListener('paste', onPaste)
  })
  onBeforeUnmount(() => {
    document.removeEventListener('copy', onCopy)
    document.removeEventListener('paste', onPaste)
  })
}
