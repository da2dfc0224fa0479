import { computed, onBeforeUnmount, ref, shallowRef, watch } from 'vue'
import type { ComputedRef, Ref, ShallowRef } from 'vue'
import type { IssueView, RecordDetail } from '@shared/contract/views/record-views'
import type { Failure } from '@shared/kernel/failure'
import type { Result } from '@shared/kernel/result'
import type { RecordTypeSpec } from '@shared/standard/pack'
import { callBridge } from '@renderer/bridge'
import { useEvent } from '@renderer/composables/use-event'
import { dropDraft, readDraft, writeDraft } from './local-draft'

const CHECK_MS = 400
const DRAFT_MS = 1_000

type Values = Readonly<Record<string, string>>

export interface RecordEditor {
  /** The stored record; null while loading and for a new record. */
  readonly detail: ShallowRef<RecordDetail | null>
  readonly loadFailure: ShallowRef<Failure | null>
  readonly saveFailure: ShallowRef<Failure | null>
  readonly isSaving: Ref<boolean>
  readonly isDirty: ComputedRef<boolean>
  /** Stored values with the unsaved edits over them. */
  readonly values: ComputedRef<Values>
  readonly edits: Readonly<Ref<Values>>
  readonly issues: ComputedRef<readonly IssueView[]>
  /** What the engine would store for the edited values, by field. */
  readonly normalised: ShallowRef<Values>
  /** Set when unsaved edits of an earlier sitting came back. */
  readonly restored: ShallowRef<{ readonly isOld: boolean; readonly hadPersonal: boolean } | null>
  readonly load: () => Promise<void>
  readonly set: (field: string, value: string) => void
  /** Takes one field back to what is stored. */
  readonly unset: (field: string) => void
  readonly revert: () => void
  /**
   * Stores the edits; null when refused. Without edits nothing is stored, unless `isAnother` asks for another attempt
   * of what the platform refused: then the same content becomes a new revision.
   */
  readonly save: (isAnother?: boolean) => Promise<RecordDetail | null>
  /** Reads the record anew and keeps the edits over it. */
  readonly rebase: () => Promise<void>
  readonly confirm: (issue: IssueView, reason: string) => Promise<boolean>
  /** Takes the confirmation of a warning back. */
  readonly unconfirm: (issue: IssueView) => Promise<void>
}

/**
 * Editing one record: what is stored, what was typed since, what the checks say to both together, and a local draft
 * against a crash. Answers to outdated questions are dropped.
 */
export function useRecordEditor(
  recordId: () => string | null,
  spec: () => RecordTypeSpec | null,
  draftKey: () => string,
  defaults: () => Values,
): RecordEditor {
  const detail = shallowRef<RecordDetail | null>(null)
  const loadFailure = shallowRef<Failure | null>(null)
  const saveFailure = shallowRef<Failure | null>(null)
  const isSaving = ref(false)
  const edits = shallowRef<Values>({})
  const checked = shallowRef<readonly IssueView[] | null>(null)
  const normalised = shallowRef<Values>({})
  const restored = shallowRef<{ readonly isOld: boolean; readonly hadPersonal: boolean } | null>(null)
  let loadTurn = 0
  let checkTurn = 0
  let checkTimer: ReturnType<typeof setTimeout> | undefined
  let draftTimer: ReturnType<typeof setTimeout> | undefined

  const isDirty = computed(() => Object.keys(edits.value).length > 0)
  const stored = computed<Values>(() => (recordId() === null ? defaults() : (detail.value?.values ?? {})))
  const values = computed<Values>(() => ({ ...stored.value, ...edits.value }))

  const issues = computed<readonly IssueView[]>(() => {
    const known = detail.value?.issueList ?? []
    if (checked.value === null) return known
    const ofPlatform = known.filter((issue) => issue.source === 'platform')
    return [...ofPlatform, ...checked.value.filter((issue) => issue.source === 'local')]
  })

  /** Everything typed or stored, except masked values that nobody changed: the engine keeps those. */
  function plainValues(): Record<string, string> {
    const masked = new Set(detail.value?.masked ?? [])
    const kept = Object.entries(stored.value).filter(([code]) => !masked.has(code))
    return { ...Object.fromEntries(kept), ...edits.value }
  }

  async function check(): Promise<void> {
    const type = spec()
    if (type === null) return
    const mine = ++checkTurn
    const result = await callBridge('records.check', {
      recordType: type.code,
      recordId: recordId(),
      values: plainValues(),
    })
    if (mine !== checkTurn || !result.ok) return
    checked.value = result.value.issues
    normalised.value = result.value.values
  }

  function keepDraft(): void {
    clearTimeout(draftTimer)
    draftTimer = undefined
    const type = spec()
    if (type === null) return
    if (isDirty.value) writeDraft(draftKey(), detail.value?.revision ?? 0, edits.value, type)
    else dropDraft(draftKey())
  }

  function changed(): void {
    // Said of the values before this change.
    normalised.value = {}
    clearTimeout(checkTimer)
    checkTimer = setTimeout(() => void check(), CHECK_MS)
    draftTimer ??= setTimeout(keepDraft, DRAFT_MS)
  }

  function unset(field: string): void {
    edits.value = Object.fromEntries(Object.entries(edits.value).filter(([code]) => code !== field))
    changed()
  }

  function set(field: string, value: string): void {
    const isMasked = detail.value?.masked.includes(field) ?? false
    if (!isMasked && value === (stored.value[field] ?? '')) return unset(field)
    edits.value = { ...edits.value, [field]: value }
    changed()
  }

  function forget(): void {
    clearTimeout(checkTimer)
    clearTimeout(draftTimer)
    draftTimer = undefined
    checkTurn++
    edits.value = {}
    checked.value = null
    normalised.value = {}
    restored.value = null
    saveFailure.value = null
  }

  function revert(): void {
    forget()
    dropDraft(draftKey())
    if (recordId() === null) void check()
  }

  function takeDraft(): void {
    const draft = readDraft(draftKey())
    if (draft === null) return
    restored.value = {
      isOld: draft.revision !== (detail.value?.revision ?? 0),
      hadPersonal: draft.hadPersonal,
    }
    edits.value = draft.values
  }

  async function fetchDetail(id: string): Promise<RecordDetail | null> {
    const mine = ++loadTurn
    const result = await callBridge('records.get', { recordId: id })
    if (mine !== loadTurn) return null
    loadFailure.value = result.ok ? null : result.failure
    return result.ok ? result.value : null
  }

  async function load(): Promise<void> {
    forget()
    detail.value = null
    loadFailure.value = null
    const id = recordId()
    if (id !== null) {
      const found = await fetchDetail(id)
      if (found === null) return
      detail.value = found
      if (!found.editable) return
    } else loadTurn++
    takeDraft()
    if (id === null || isDirty.value) await check()
  }

  async function rebase(): Promise<void> {
    const id = recordId()
    if (id === null) return
    const fresh = await fetchDetail(id)
    if (fresh === null) return
    detail.value = fresh
    saveFailure.value = null
    if (isDirty.value) await check()
    else checked.value = null
  }

  function settle(result: Result<RecordDetail>): RecordDetail | null {
    isSaving.value = false
    if (!result.ok) {
      saveFailure.value = result.failure
      return null
    }
    dropDraft(draftKey())
    forget()
    detail.value = result.value
    return result.value
  }

  async function save(isAnother = false): Promise<RecordDetail | null> {
    const type = spec()
    const base = detail.value
    if (type === null || isSaving.value) return null
    const isRefused = base?.delivery === 'rejected' || base?.delivery === 'revoked'
    if (base !== null && !isDirty.value && !(isAnother && isRefused)) return base
    isSaving.value = true
    const id = recordId()
    return settle(
      id === null || base === null
        ? await callBridge('records.create', { recordType: type.code, values: { ...values.value } })
        : await callBridge('records.save', {
            recordId: id,
            baseRevision: base.revision,
            changes: { ...edits.value },
          }),
    )
  }

  async function confirm(issue: IssueView, reason: string): Promise<boolean> {
    const saved = await save()
    if (saved === null) return false
    const result = await callBridge('records.confirm', {
      recordId: saved.recordId,
      code: issue.code,
      field: issue.field,
      reason,
    })
    saveFailure.value = result.ok ? null : result.failure
    if (result.ok) detail.value = result.value
    return result.ok
  }

  async function unconfirm({ code, field }: IssueView): Promise<void> {
    const id = recordId()
    if (id === null) return
    const result = await callBridge('records.unconfirm', { recordId: id, code, field })
    saveFailure.value = result.ok ? null : result.failure
    if (!result.ok) return
    detail.value = result.value
    if (isDirty.value) await check()
    else checked.value = null
  }

  useEvent('records.changed', ({ recordIds }) => {
    const id = recordId()
    if (id === null || isSaving.value || (recordIds !== null && !recordIds.includes(id))) return
    // With edits on the screen the base stays: saving then says that the record changed meanwhile.
    if (!isDirty.value) void rebase()
  })
  useEvent('engine.restarted', () => {
    if (!isDirty.value) void rebase()
  })
  watch([recordId, draftKey], () => void load())
  const flush = (): void => {
    if (draftTimer !== undefined) keepDraft()
  }
  window.addEventListener('beforeunload', flush)
  onBeforeUnmount(() => {
    window.removeEventListener('beforeunload', flush)
    clearTimeout(checkTimer)
    clearTimeout(draftTimer)
  })

  return {
    detail,
    loadFailure,
    saveFailure,
    isSaving,
    isDirty,
    values,
    edits,
    issues,
    normalised,
    restored,
    load,
    set,
    unset,
    revert,
    save,
    rebase,
    confirm,
    unconfirm,
  }
}
