import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '@engine/system-clock'
import type { CallInput, CallName, CallOutput } from '@shared/contract/calls'
import type { TaskView } from '@shared/contract/views/task-views'
import type { Result } from '@shared/kernel/result'
import { fileKeys } from '@web/desk-key'
import { openWebDesk } from '@web/web-desk'
import type { WebHost } from '@web/web-host'
import { pageHeaders } from './running-host'

const password = '示例-恢复-口令-1'
let baseDir: string
let host: WebHost
let headers: Record<string, string>

const at = (path: string): string => `http://127.0.0.1:${host.port}${path}`
const call = async <Name extends CallName>(name: Name, input: CallInput<Name>) => {
  const answer = await fetch(at(`/bridge/${name}`), { method: 'POST', headers, body: JSON.stringify(input) })
  return (await answer.json()) as Result<CallOutput<Name>>
}
const must = async <Name extends CallName>(name: Name, input: CallInput<Name>) => {
  const result = await call(name, input)
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.failure)}`)
  return result.value
}

beforeEach(async () => {
  baseDir = mkdtempSync(join(tmpdir(), 'xinbao-web-restore-'))
  host = await openWebDesk({
    ...{ baseDir, port: 0, clock: systemClock, keys: fileKeys({}), checkPlatform: () => undefined },
    log: { info: () => undefined, error: (event, error) => console.error(event, error) },
    paths: { resources: resolve('resources'), renderer: resolve('renderer') },
    launchSheetChild: () => {
      throw new Error('no file is imported here')
    },
  })
  const opened = await fetch(host.freshUrl(), { redirect: 'manual' })
  headers = pageHeaders(host.port, opened.headers.get('set-cookie')!.split(';')[0]!)
})
afterEach(async () => {
  await host.close()
  rmSync(baseDir, { recursive: true, force: true })
})

async function backUp(): Promise<Blob> {
  const target = (await must('host.chooseTarget', { name: 'desk.xinbao' }))!.token
  expect(await must('backup.write', { target, password })).toEqual({ problems: [] })
  const { downloadUrl } = await must('host.deliver', { target })
  return (await fetch(at(downloadUrl!), { headers })).blob()
}

async function prepare(bytes: Blob, word: string): Promise<TaskView> {
  const sent = await fetch(at('/files'), {
    method: 'POST',
    headers: { ...headers, 'X-File-Name': 'desk.xinbao' },
    body: bytes,
  })
  const { token } = (await sent.json()) as { token: string }
  const { taskId } = await must('restore.prepare', { file: token, password: word })
  for (;;) {
    const found = (await must('tasks.list', {})).find((one) => one.taskId === taskId)!
    if (found.state !== 'running') return found
    await new Promise((done) => setTimeout(done, 10))
  }
}

test('the client comes back on the backup by itself, with its key and its practice platform', async () => {
  await must('settings.set', { operator: '示例甲' })
  const bytes = await backUp()
  await must('settings.set', { operator: '示例乙' })

  expect((await prepare(bytes, 'another password')).failure).toMatchObject({ code: 'backup.wrong-secret' })
  expect(await call('host.restore', { id: 'none' })).toMatchObject({ failure: { code: 'restore.none' } })
  expect((await must('desk.info', {})).operator).toBe('示例乙')

  const { restore } = await prepare(bytes, password)
  expect(restore).toMatchObject({ isOtherDesk: false, newer: { records: 0, batches: 0 } })
  expect(await must('host.restore', { id: restore!.id })).toEqual({ restored: true })
  expect(await must('desk.info', {})).toMatchObject({ operator: '示例甲', mode: 'practice' })
  expect((await must('desk.overview', {})).setBack).toMatchObject({ cause: 'backup' })
  const [former] = await must('restore.former', {})
  expect(readdirSync(former!.path).sort()).toEqual(['desk.key', 'store.db', 'store.head'])
  // The place for uploads goes on.
  expect(await prepare(bytes, password)).toMatchObject({ state: 'done' })
  expect(await must('restore.discard', {})).toEqual({ discarded: true })
  expect(readdirSync(join(baseDir, 'practice'))).not.toContain('restoring')
})

test('where the former data cannot be kept nothing is replaced, and the desk is open again', async () => {
  const bytes = await backUp()
  const { restore } = await prepare(bytes, password)
  writeFileSync(join(baseDir, 'practice', 'former'), 'a file where a folder should be')
  expect(await call('host.restore', { id: restore!.id })).toMatchObject({ failure: { code: 'storage.io' } })
  expect(await must('desk.info', {})).toMatchObject({ mode: 'practice' })
  expect((await must('desk.overview', {})).setBack).toBeNull()
})
