import { shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import type { FieldSpec, FieldValues, RecordTypeSpec } from '@shared/standard/pack'
import { callBridge } from '@renderer/bridge'
import { readTable } from '@renderer/clipboard/table-clipboard'
import { useNotices } from '@renderer/composables/use-notices'
import { texts } from '@renderer/texts/zh-CN'
import { pastedValues } from './pasted-values'
import type { EarlierOfSubject } from '@shared/contract/views/record-views'
import type { RecordEditor } from './use-record-editor'

/** One field that would get another value. */
export interface FillLine {
  readonly field: FieldSpec
  readonly before: string
  /** As it would be stored. */
  readonly after: string
  /** As it was given, when that is something else. */
  readonly given: string | null
  /** What the check says to the new value. */
  readonly problem: string | null
  /** Whether it is taken unless somebody says otherwise. */
  readonly isTaken: boolean
}

/** Values that are offered to the form, before anything of it is done. */
export interface FillPlan {
  readonly source: string
  readonly lines: readonly FillLine[]
  /** What was left out and why, as sentences. */
  readonly notes: readonly string[]
}

export interface FormFill {
  readonly plan: ShallowRef<FillPlan | null>
  /** Lays out what a copied row would change. */
  readonly fromTable: (text: string) => Promise<void>
  /** Lays out what the previous record of the subject would change; what is filled already is not taken by itself. */
  readonly fromEarlier: (previous: NonNullable<EarlierOfSubject['previous']>) => Promise<void>
  /** Puts the values of some fields in; one step takes them out again. */
  readonly apply: (fields: ReadonlySet<string>) => void
}

/** Filling many fields of a form at once: first shown, then done, and taken back in one step. */
export function useFormFill(form: {
  readonly editor: RecordEditor
  readonly spec: () => RecordTypeSpec | null
  readonly recordId: () => string | null
}): FormFill {
  const words = texts.form.fill
  const { done, say } = useNotices()
  const plan = shallowRef<FillPlan | null>(null)
  const { editor } = form
  let turn = 0

  /** The engine says how each value would be stored and what is wrong with it. */
  async function lay(
    spec: RecordTypeSpec,
    given: FieldValues,
    about: Omit<FillPlan, 'lines'>,
    overwrites: boolean,
  ): Promise<void> {
    const mine = ++turn
    const recordId = form.recordId()
    const typed = recordId === null ? editor.values.value : editor.edits.value
    const answer = await callBridge('records.check', {
      recordType: spec.code,
      recordId,
      values: { ...typed, ...given },
    })
    if (mine !== turn) return
    const stored = answer.ok ? answer.value.values : {}
    const problems = answer.ok ? answer.value.issues : []
    const lines = spec.fields.flatMap((field): readonly FillLine[] => {
      const text = given[field.code]
      if (text === undefined || field.envelope === true) return []
      const before = editor.values.value[field.code] ?? ''
      const after = stored[field.code] ?? text
      if (after === before) return []
      const problem = problems.find((issue) => issue.field === field.code && issue.severity === 'error')
      return [
        {
          ...{ field, before, after, given: after === text ? null : text },
          ...{ problem: problem?.message ?? null, isTaken: overwrites || before === '' },
        },
      ]
    })
    const same = Object.keys(given).length - lines.length
    const notes = same > 0 ? [...about.notes, words.same(same)] : about.notes
    if (lines.length === 0) say(words.nothing)
    else plan.value = { source: about.source, lines, notes }
  }

  async function fromTable(text: string): Promise<void> {
    const spec = form.spec()
    if (spec === null) return
    const { values, unknown, isNamed, otherRows } = pastedValues(spec, readTable(text))
    if (values.size === 0) return say(words.unreadable)
    const notes = [
      isNamed ? words.named : words.inOrder,
      ...(unknown.length > 0 ? [words.unknown(unknown)] : []),
      ...(otherRows > 0 ? [words.otherRows(otherRows)] : []),
    ]
    await lay(spec, Object.fromEntries(values), { source: words.ofExcel, notes }, true)
  }

  async function fromEarlier(previous: NonNullable<EarlierOfSubject['previous']>): Promise<void> {
    const spec = form.spec()
    if (spec === null) return
    const notes = [words.notCopied]
    await lay(
      spec,
      previous.values,
      { source: words.ofEarlier(previous.docNo, previous.legalDate), notes },
      false,
    )
  }

  function apply(fields: ReadonlySet<string>): void {
    const taken = (plan.value?.lines ?? []).filter(({ field }) => fields.has(field.code))
    plan.value = null
    if (taken.length === 0) return
    const edited = new Map(taken.map(({ field }) => [field.code, editor.edits.value[field.code]]))
    const recordId = form.recordId()
    for (const { field, after } of taken) editor.set(field.code, after)
    const back = (): void => {
      // Another record is on the screen by now, or this one was saved.
      if (form.recordId() !== recordId) return say(words.gone)
      const changed = taken.filter(({ field, after }) => editor.values.value[field.code] !== after)
      for (const { field } of taken) {
        if (changed.some((one) => one.field.code === field.code)) continue
        const before = edited.get(field.code)
        if (before === undefined) editor.unset(field.code)
        else editor.set(field.code, before)
      }
      if (changed.length > 0) say(words.kept(changed.map(({ field }) => field.label)))
    }
    done(words.filled(taken.length), { label: texts.shell.notice.undo, stays: true, run: back })
  }

  return { plan, fromTable, fromEarlier, apply }
}
