import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { CallName, Handlers } from '@shared/contract/calls'
import type { TaskView } from '@shared/contract/views/task-views'
import { refuse } from '@shared/kernel/failure'
import { useBatchesStore } from '@renderer/stores/batches-store'
import { useImportStore } from '@renderer/stores/import-store'
import { useInboxStore } from '@renderer/stores/inbox-store'
import { useSubmissionStore } from '@renderer/stores/submission-store'
import { useTasksStore } from '@renderer/stores/tasks-store'
import {
  demoBatch,
  demoForecast,
  demoInbox,
  olderBatches,
  sendingBatches,
  settledBatches,
} from '@test/fixtures/demo/demo-batches'
import { demoBridge } from '@test/fixtures/demo/demo-bridge'
import type { DemoBridge } from '@test/fixtures/demo/demo-bridge'
import { demoInspection, demoResult, demoSummary } from '@test/fixtures/demo/demo-imports'

let bridge: DemoBridge

function install(answers: Partial<Handlers<CallName>>): void {
  bridge = demoBridge(answers)
  Object.assign(window, { bridge })
}

const task = (part: Partial<TaskView>): TaskView => ({
  taskId: 'task-1',
  kind: 'import',
  title: '导入',
  state: 'running',
  step: 'checking',
  done: 0,
  total: null,
  startedAt: '2026-11-20T09:00:00.000Z',
  endedAt: null,
  cancellable: true,
  failure: null,
  importSummary: null,
  submission: null,
  pull: null,
  standardPreview: null,
  restore: null,
  ...part,
})

beforeEach(() => setActivePinia(createPinia()))

describe('import', () => {
  it('goes from file to result and back to the start', async () => {
    install({
      'import.inspect': () => demoInspection,
      'import.preview': () => task({ taskId: 'p' }),
      'import.run': () => task({ taskId: 'r', step: 'storing' }),
    })
    const store = useImportStore()
    expect(store.step).toBe('file')
    await store.take({ token: 'token-1', name: 'a.xlsx' })
    expect(store.step).toBe('columns')
    expect(store.mapping['1']).toBe('XK_XDR_MC')
    await store.startPreview()
    expect(store.step).toBe('preview')
    bridge.emit('task.progressed', task({ taskId: 'p', state: 'done', importSummary: demoSummary }))
    expect(store.preview).toEqual(demoSummary)
    await store.startRun()
    expect(store.step).toBe('run')
    bridge.emit('task.progressed', task({ taskId: 'r', state: 'done', importSummary: demoResult }))
    expect(store.step).toBe('result')
    store.reset()
    expect(store.step).toBe('file')
  })

  it('keeps the end of a task that was told before the call had answered', async () => {
    install({
      'import.inspect': () => demoInspection,
      'import.preview': () => {
        bridge.emit('task.progressed', task({ state: 'done', importSummary: demoSummary }))
        return task({})
      },
    })
    const store = useImportStore()
    await store.take({ token: 'token-1', name: 'a.xlsx' })
    await store.startPreview()
    expect(store.preview).toEqual(demoSummary)
  })

  it('sends the mapping that the clerk has made', async () => {
    const preview = vi.fn(() => task({}))
    install({ 'import.inspect': () => demoInspection, 'import.preview': preview })
    const store = useImportStore()
    await store.take({ token: 'token-1', name: 'a.xlsx' })
    store.setField(0, 'XK_ZT')
    store.setField(3, null)
    await store.startPreview()
    expect(preview).toHaveBeenCalledWith(
      expect.objectContaining({
        file: 'token-1',
        headerRow: 3,
        mapping: expect.objectContaining({ '0': 'XK_ZT', '3': null }) as unknown,
      }),
    )
  })

  it('takes back decisions about columns one by one, and all at once', async () => {
    install({ 'import.inspect': () => demoInspection })
    const store = useImportStore()
    await store.take({ token: 'token-1', name: 'a.xlsx' })
    const found = store.mapping
    expect(store.canUndo).toBe(false)
    store.setField(0, 'XK_ZT')
    store.decide({ ...store.mapping, '11': 'BZ' }, [11])
    expect([...store.decided]).toEqual([0, 11])
    store.undo()
    expect(store.mapping).toEqual({ ...found, '0': 'XK_ZT' })
    expect([...store.decided]).toEqual([0])
    store.restoreFound()
    expect(store.mapping).toEqual(found)
    expect(store.decided.size).toBe(0)
    store.undo()
    store.undo()
    store.undo()
    expect(store.mapping).toEqual(found)
    expect(store.canUndo).toBe(false)
  })

  it('checks again when hidden rows are decided about, and says so to the engine', async () => {
    const preview = vi.fn(() => task({}))
    install({ 'import.inspect': () => demoInspection, 'import.preview': preview })
    const store = useImportStore()
    await store.take({ token: 'token-1', name: 'a.xlsx' })
    await store.startPreview()
    await store.setHiddenRows('skip')
    expect(preview.mock.calls).toMatchObject([[{ hiddenRows: null }], [{ hiddenRows: 'skip' }]])
    store.reset()
    expect(store.hiddenRows).toBeNull()
  })

  it('turns away from a file that is being read', async () => {
    const stop = vi.fn(() => ({ stopped: 1 }))
    let go = (): void => {}
    install({
      'import.inspect': async () => {
        await new Promise<void>((resolve) => (go = resolve))
        return demoInspection
      },
      'import.stopInspecting': stop,
    })
    const store = useImportStore()
    const taking = store.take({ token: 'token-1', name: 'a.xlsx' })
    await store.stopInspecting()
    go()
    await taking
    expect(stop).toHaveBeenCalledOnce()
    expect(store.step).toBe('file')
    expect(store.isInspecting).toBe(false)
  })

  it('lets a stale reading never overwrite a newer file', async () => {
    const gates: (() => void)[] = []
    install({
      'import.inspect': async ({ file }) => {
        if (file === 'slow-file') await new Promise<void>((resolve) => gates.push(resolve))
        return { ...demoInspection, fileName: file }
      },
    })
    const store = useImportStore()
    const slow = store.take({ token: 'slow-file', name: 'slow' })
    await store.take({ token: 'next-file', name: 'next' })
    gates[0]!()
    await slow
    expect(store.inspection?.fileName).toBe('next-file')
  })

  it('keeps what was read when another reading is refused', async () => {
    let isRefusing = false
    install({
      'import.inspect': () =>
        isRefusing ? refuse('input.header-not-found', { file: 'a.xlsx' }) : demoInspection,
    })
    const store = useImportStore()
    await store.take({ token: 'token-1', name: 'a.xlsx' })
    isRefusing = true
    await store.inspect({ headerRow: 9 })
    expect(store.failure).toMatchObject({ code: 'input.header-not-found', params: { file: 'a.xlsx' } })
    expect(store.inspection).toEqual(demoInspection)
    expect(store.step).toBe('columns')
  })
})

describe('submission', () => {
  const submitting = (part: Partial<TaskView>): TaskView =>
    task({ kind: 'submission', step: 'sending', ...part })

  it('follows its own batches only, and those that were open before', async () => {
    const left = demoBatch({
      label: 'left',
      items: 1,
      state: 'processing',
      sealedAt: '2026-11-01T00:00:00.000Z',
    })
    install({
      'submission.forecast': () => ({ ...demoForecast, openBatches: [left] }),
      'submission.start': () => submitting({}),
      'batches.page': () => ({ rows: [...sendingBatches, left, ...olderBatches], next: null }),
    })
    const store = useSubmissionStore()
    await store.count()
    expect(await store.start()).toBe(true)
    await vi.waitFor(() => expect(store.batches).toHaveLength(4))
    expect(store.batches.map((batch) => batch.label)).toContain('left')
    expect(store.isSettled).toBe(false)
  })

  it('ends with the reported result and lists what came back', async () => {
    install({
      'submission.forecast': () => demoForecast,
      'submission.start': () => submitting({}),
      'batches.page': () => ({ rows: settledBatches, next: null }),
      'batches.items': ({ batchId }) => ({
        rows: [
          {
            itemNo: 1,
            recordId: batchId,
            revision: 1,
            type: 'XZXK_FR',
            docNo: '',
            subjectName: '',
            outcome: 'rejected',
            platformRef: null,
            issues: [],
          },
        ],
        next: null,
      }),
    })
    const store = useSubmissionStore()
    await store.count()
    await store.start()
    const end = submitting({ state: 'done', submission: { batches: settledBatches, notSent: [] } })
    bridge.emit('task.progressed', end)
    await vi.waitFor(() => expect(store.rejected).toHaveLength(2))
    expect(store.isSettled).toBe(true)
    expect(store.confirmed).toEqual(demoForecast)
  })

  it('takes up a submission that already runs', () => {
    install({})
    useTasksStore().put(submitting({ taskId: 'elsewhere' }))
    const store = useSubmissionStore()
    expect(store.adoptRunning()).toBe(true)
    expect(store.task?.taskId).toBe('elsewhere')
  })

  it('says why it did not begin', async () => {
    install({ 'submission.start': () => refuse('connection.missing') })
    const store = useSubmissionStore()
    expect(await store.start()).toBe(false)
    expect(store.failure?.code).toBe('connection.missing')
    expect(store.task).toBeNull()
  })
})

describe('inbox', () => {
  it('offers to resend what was fixed and is ready, and nothing else', async () => {
    const [first, second, third] = demoInbox.groups[0]!.rows.map((row) => row.recordId)
    const stay = { docNo: '', subjectName: '', type: 'XZXK_FR', message: '', dueOn: null }
    install({
      'inbox.list': () => ({ ...demoInbox, groups: [], total: 0 }),
      'inbox.applyFix': ({ recordIds }) => ({ changed: recordIds.length, failed: 0 }),
      'submission.forecast': ({ recordIds }) => ({
        ...demoForecast,
        notSent: [
          { ...stay, recordId: recordIds![1]!, reason: 'blocked' },
          { ...stay, recordId: recordIds![2]!, reason: 'in-flight' },
        ],
      }),
    })
    const store = useInboxStore()
    await store.applyFix([first!, second!, third!], 'XK_XKLB', '普通')
    expect(store.readyIds).toEqual([first])
    expect(store.stillBlocked).toBe(1)
    store.markResent([first!])
    expect(store.readyIds).toEqual([])
  })

  it('offers nothing when the fix was refused', async () => {
    install({ 'inbox.applyFix': () => refuse('record.not-editable') })
    const store = useInboxStore()
    expect(await store.applyFix(['a'], 'XK_XKLB', '普通')).toBeNull()
    expect(store.failure?.code).toBe('record.not-editable')
    expect(store.readyIds).toEqual([])
  })
})

describe('batches', () => {
  it('keeps older pages in the list when the newest are fetched again', async () => {
    install({
      'batches.page': ({ after }) =>
        after === null ? { rows: settledBatches, next: 'cursor' } : { rows: olderBatches, next: null },
      'batches.get': () => refuse('batch.not-found'),
    })
    const store = useBatchesStore()
    await store.load()
    await store.loadMore()
    expect(store.rows).toHaveLength(6)
    await store.load()
    expect(store.rows.map((batch) => batch.label)).toEqual(
      [...settledBatches, ...olderBatches].map((b) => b.label),
    )
    expect(store.next).toBeNull()
    await store.show('gone')
    expect(store.detailFailure?.code).toBe('batch.not-found')
  })
})
