import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { CallInput, CallOutput } from '@shared/contract/calls'
import type { ImportInspection, ImportSummary } from '@shared/contract/views/import-views'
import type { TaskView } from '@shared/contract/views/task-views'
import type { Failure } from '@shared/kernel/failure'
import { callBridge } from '@renderer/bridge'
import { useTasksStore } from '@renderer/stores/tasks-store'

/** A file that the host knows under a token. */
export type ImportFile = CallOutput<'host.chooseFiles'>[number]

/** Field code (null: not imported) by zero-based column. */
type Mapping = Readonly<Record<string, string | null>>
/** The state of the columns before a decision. */
interface Decision {
  readonly mapping: Mapping
  readonly decided: ReadonlySet<number>
}

type Choice = Partial<Pick<CallInput<'import.inspect'>, 'recordType' | 'sheet' | 'headerRow'>>

export const importSteps = ['file', 'columns', 'preview', 'run', 'result'] as const
/** Where the wizard stands; it follows from what is there and cannot contradict it. */
export type ImportStep = (typeof importSteps)[number]

/**
 * One import from choosing a file to its result. Lives on while other screens are shown, so that a clerk may leave
 * and come back; the long parts are tasks of the engine.
 */
export const useImportStore = defineStore('import', () => {
  const tasks = useTasksStore()
  const file = shallowRef<Pick<ImportFile, 'token' | 'name'> | null>(null)
  const inspection = shallowRef<ImportInspection | null>(null)
  const mapping = shallowRef<Mapping>({})
  /** Texts for fields that no column gives, the same for every row; by field. */
  const fills = shallowRef<Readonly<Record<string, string>>>({})
  /** Columns about which the clerk has decided, so that they are asked about no more. */
  const decided = shallowRef<ReadonlySet<number>>(new Set())
  const earlier = shallowRef<readonly Decision[]>([])
  /** What the clerk wants of hidden rows; null while nobody has said. */
  const hiddenRows = shallowRef<'include' | 'skip' | null>(null)
  const previewTaskId = shallowRef<string | null>(null)
  const runTaskId = shallowRef<string | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const isInspecting = shallowRef(false)
  const isStarting = shallowRef(false)
  let turn = 0

  const taskOf = (id: string | null): TaskView | null => (id === null ? null : tasks.byId(id))
  const canUndo = computed(() => earlier.value.length > 0)
  const previewTask = computed(() => taskOf(previewTaskId.value))
  const runTask = computed(() => taskOf(runTaskId.value))
  const taskFailure = computed(() => {
    const failed = runTask.value ?? previewTask.value
    return failed?.state === 'failed' ? failed.failure : null
  })
  const preview = computed<ImportSummary | null>(() => previewTask.value?.importSummary ?? null)
  const result = computed<ImportSummary | null>(() => runTask.value?.importSummary ?? null)
  const step = computed<ImportStep>(() => {
    if (runTask.value !== null) return runTask.value.state === 'running' ? 'run' : 'result'
    if (previewTask.value !== null) return 'preview'
    return inspection.value === null ? 'file' : 'columns'
  })

  /** Forgets the file and everything found in it; a running import goes on as a task. */
  function reset(): void {
    turn++
    file.value = null
    inspection.value = null
    startMapping({})
    fills.value = {}
    hiddenRows.value = null
    previewTaskId.value = null
    runTaskId.value = null
    failure.value = null
    isInspecting.value = false
  }

  /** Starts over with a file. */
  async function take(chosen: Pick<ImportFile, 'token' | 'name'>): Promise<void> {
    reset()
    file.value = chosen
    await inspect({})
  }

  /** Reads the file again with another type, sheet or header row; what was refused leaves the earlier reading. */
  async function inspect(choice: Choice): Promise<void> {
    const chosen = file.value
    if (chosen === null) return
    const mine = ++turn
    isInspecting.value = true
    const answer = await callBridge('import.inspect', {
      file: chosen.token,
      recordType: choice.recordType ?? inspection.value?.recordType ?? null,
      sheet: choice.sheet ?? inspection.value?.sheet ?? null,
      headerRow: choice.headerRow ?? null,
    })
    if (mine !== turn) return
    isInspecting.value = false
    failure.value = answer.ok ? null : answer.failure
    if (!answer.ok) return
    inspection.value = answer.value
    fills.value = answer.value.fills
    startMapping(
      Object.fromEntries(answer.value.columns.map((column) => [String(column.column), column.field])),
    )
  }

  function startMapping(found: Mapping): void {
    mapping.value = found
    decided.value = new Set()
    earlier.value = []
  }

  /** Takes a decision about some columns; it can be undone. */
  function decide(next: Mapping, columns: readonly number[]): void {
    earlier.value = [...earlier.value, { mapping: mapping.value, decided: decided.value }]
    mapping.value = next
    decided.value = new Set([...decided.value, ...columns])
  }

  /** Gives every row the same text for a field that no column gives; blank takes it back. */
  function setFill(field: string, text: string): void {
    fills.value = { ...fills.value, [field]: text }
  }

  /** Gives a column to a field, or leaves it out of the import. */
  function setField(column: number, field: string | null): void {
    decide({ ...mapping.value, [String(column)]: field }, [column])
  }

  /** Takes back the last decision about columns. */
  function undo(): void {
    const last = earlier.value.at(-1)
    if (last === undefined) return
    earlier.value = earlier.value.slice(0, -1)
    mapping.value = last.mapping
    decided.value = last.decided
  }

  /** Puts back what was found in the file, as one more decision that can be undone. */
  function restoreFound(): void {
    const columns = inspection.value?.columns ?? []
    earlier.value = [...earlier.value, { mapping: mapping.value, decided: decided.value }]
    mapping.value = Object.fromEntries(columns.map((column) => [String(column.column), column.field]))
    decided.value = new Set()
  }

  /** Turns away from a file that is still being looked at. */
  async function stopInspecting(): Promise<void> {
    if (inspection.value === null) reset()
    else {
      turn++
      isInspecting.value = false
    }
    await callBridge('import.stopInspecting', {})
  }

  /** Checks the whole file again with another word about its hidden rows. */
  async function setHiddenRows(choice: 'include' | 'skip'): Promise<void> {
    hiddenRows.value = choice
    await startPreview()
  }

  async function startTask(name: 'import.preview' | 'import.run'): Promise<string | null> {
    if (file.value === null || inspection.value === null || isStarting.value) return null
    isStarting.value = true
    const { recordType, sheet, headerRow } = inspection.value
    const started = await callBridge(name, {
      file: file.value.token,
      recordType,
      sheet,
      headerRow,
      mapping: mapping.value,
      fills: fills.value,
      hiddenRows: hiddenRows.value,
    })
    isStarting.value = false
    failure.value = started.ok ? null : started.failure
    if (!started.ok) return null
    tasks.adopt(started.value)
    return started.value.taskId
  }

  /** Checks the whole file; nothing is stored. */
  async function startPreview(): Promise<void> {
    previewTaskId.value = await startTask('import.preview')
  }

  /** Stores the rows as checked records. */
  async function startRun(): Promise<void> {
    runTaskId.value = await startTask('import.run')
  }

  /** Back to the columns; a check that still runs is stopped. */
  async function backToColumns(): Promise<void> {
    const task = previewTask.value
    previewTaskId.value = null
    if (task?.state === 'running') await tasks.cancel(task.taskId)
  }

  /** Does again what was refused last; the sentence goes away when there is nothing to repeat. */
  async function retry(): Promise<void> {
    failure.value = null
    if (file.value !== null && inspection.value === null) await inspect({})
  }

  /** Stops the step now under way. */
  async function cancel(): Promise<void> {
    const task = runTask.value ?? previewTask.value
    if (task === null) return
    failure.value = await tasks.cancel(task.taskId)
  }

  return {
    file,
    inspection,
    mapping,
    fills,
    decided,
    canUndo,
    hiddenRows,
    previewTask,
    runTask,
    preview,
    result,
    step,
    failure,
    taskFailure,
    isInspecting,
    isStarting,
    reset,
    take,
    inspect,
    setField,
    setFill,
    decide,
    undo,
    restoreFound,
    stopInspecting,
    setHiddenRows,
    startPreview,
    startRun,
    backToColumns,
    retry,
    cancel,
  }
})
