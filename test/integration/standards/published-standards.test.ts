import { expect, test } from 'vitest'
import { softwareKey } from '@engine/crypto/software-keys'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'
import { issuePackage } from '@engine/standards/package-signing'
import type { PracticeServer } from '@practice/practice-options'
import { startPractice } from '@practice/practice-server'
import { startChaosProxy } from '@test/integration/exchange/chaos-proxy'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { newDesk, nextPack, openStandardsDesk, resourceDir, type StandardsDesk } from './standards-desk'

const clock = (() => {
  const start = performance.now()
  const at = Date.parse('2026-03-02T01:00:00.000Z')
  return { now: () => new Date(at + performance.now() - start).toISOString() }
})()

async function startPlatform(
  dataDir = mkdtempSync(join(tmpdir(), 'xinbao-practice-')),
): Promise<PracticeServer & { readonly dataDir: string }> {
  const server = await startPractice({ dataDir, standardDir: resourceDir, clock, settleDelayMs: 0 })
  let isClosed = false
  const close = async (): Promise<void> => {
    if (!isClosed) await server.close()
    isClosed = true
  }
  onTestFinished(async () => {
    await close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  return { ...server, close, dataDir }
}

async function publish(
  platform: PracticeServer,
  body: Readonly<Record<string, string>> = {},
): Promise<{ readonly id: string; readonly version: string; readonly sha256: string }> {
  const answer = await fetch(`${platform.origin}/practice/publish-standard`, {
    method: 'POST',
    body: JSON.stringify(body),
  })
  return (await answer.json()) as { id: string; version: string; sha256: string }
}

const pull = async (desk: StandardsDesk) => desk.ended(await desk.must('feed.pull', {}))
const submit = async (desk: StandardsDesk) =>
  desk.ended(await desk.must('submission.start', { type: null, recordIds: null, label: null }))

/** The file of a desk and a platform that it is enrolled with, perhaps through a proxy. */
async function openPair(platform: PracticeServer, url = platform.url) {
  const { origin } = new URL(url)
  const folder = await newDesk({ publicKey: null })
  const practice = { ...platform, url, origin }
  return { folder, practice, desk: await openStandardsDesk(folder, { practice }) }
}

test('a published standard comes with the feed, is shown, adopted, and its batches are taken', async () => {
  const platform = await startPlatform()
  const { desk } = await openPair(platform)
  await desk.addLicences(1, 3)
  expect((await submit(desk)).submission).toMatchObject({ batches: [{ counts: { accepted: 3 } }] })
  await pull(desk)

  const { version } = await publish(platform)
  expect(version).toBe('2026.2')
  expect((await pull(desk)).pull).toMatchObject({ events: 1, standards: 1 })
  expect(await desk.versions()).toMatchObject({
    inForce: '2026.1',
    announced: [],
    versions: [{ version: '2026.2', state: 'consent' }, {}],
  })
  expect((await desk.must('inbox.list', {})).notices.map((one) => one.kind)).toEqual(
    expect.arrayContaining(['standard.published', 'standard.waiting']),
  )

  const [id] = await desk.addLicences(10, 2)
  const { standardPreview } = await desk.preview('2026.2')
  expect(standardPreview).toMatchObject({ affected: 2, newlyBlocked: 2 })
  expect(standardPreview!.summary).toMatch(/1 个字段改为必填.*1 个代码表缩小.*；影响 2 条草稿/)
  await desk.adopt('2026.2')
  expect((await desk.must('inbox.list', {})).notices).toEqual([])
  const blocked = await desk.must('records.get', { recordId: id! })
  const field = blocked.issueList.find((issue) => issue.code === 'field.required')!.field!

  expect((await submit(desk)).submission).toMatchObject({ batches: [] })
  await desk.must('records.save', { recordId: id!, baseRevision: 1, changes: { [field]: '示例' } })
  const { submission } = await submit(desk)
  expect(submission).toMatchObject({ batches: [{ counts: { accepted: 1 } }] })
  const batch = await desk.must('batches.get', { batchId: submission!.batches[0]!.batchId })
  expect(batch.standard).toBe('pingxiang-credit 2026.2')
})

test('what was sealed by the old version still goes while both are alive', async () => {
  const platform = await startPlatform()
  const proxy = await startChaosProxy(platform.url)
  const { desk } = await openPair(platform, proxy.url)
  await desk.addLicences(1, 2)
  proxy.decide(({ path }) => (path.includes('/batches/') ? 'reset-before' : 'pass'))
  const task = await desk.must('submission.start', { type: null, recordIds: null, label: null })
  await expect.poll(() => proxy.seen.some(({ path }) => path.includes('/batches/'))).toBe(true)
  await desk.must('tasks.cancel', { taskId: task.taskId })
  await desk.ended(task)
  await publish(platform)
  await pull(desk)
  await desk.preview('2026.2')
  await desk.adopt('2026.2')
  proxy.decide(() => 'pass')
  const resumed = await desk.ended(await desk.must('submission.resume', {}))
  expect(resumed.submission).toMatchObject({ batches: [{ counts: { accepted: 2 } }] })
  const [batch] = resumed.submission!.batches
  expect((await desk.must('batches.get', { batchId: batch!.batchId })).standard).toBe(
    'pingxiang-credit 2026.1',
  )
})

test('a package that does not come now comes with a later pull', async () => {
  const platform = await startPlatform()
  const proxy = await startChaosProxy(platform.url)
  const { desk } = await openPair(platform, proxy.url)
  await publish(platform)
  proxy.decide(({ path }) => (path.includes('/standards/') ? { tearAt: 50_000 } : 'pass'))
  expect(await pull(desk)).toMatchObject({ state: 'done', pull: { standards: 1 } })
  expect(await desk.versions()).toMatchObject({ announced: [{ version: '2026.2', problem: null }] })
  proxy.decide(() => 'pass')
  expect((await pull(desk)).pull).toMatchObject({ events: 0 })
  expect(await desk.versions()).toMatchObject({ announced: [], versions: [{ version: '2026.2' }, {}] })
})

test('a package that somebody else has put in its place is refused and said so; the right one is taken later', async () => {
  const platform = await startPlatform()
  const proxy = await startChaosProxy(platform.url)
  const { desk } = await openPair(platform, proxy.url)
  await publish(platform)
  const stranger = sm.generateKeyPair()
  const forged = issuePackage(
    nextPack(),
    { region: '360300', supersedes: '2026.1', changes: '' },
    softwareKey(stranger.privateKey),
  ).text
  proxy.decide(({ path }) =>
    path.includes('/standards/')
      ? { answer: { status: 200, headers: { 'content-type': 'application/json' }, body: forged } }
      : 'pass',
  )
  expect((await pull(desk)).state).toBe('done')
  expect(await desk.versions()).toMatchObject({
    inForce: '2026.1',
    announced: [{ version: '2026.2', problem: 'pack.wrong-signer' }],
    versions: [{ version: '2026.1' }],
  })
  expect((await desk.must('desk.overview', {})).info.standard.version).toBe('2026.1')
  proxy.decide(() => 'pass')
  await pull(desk)
  expect((await desk.versions()).versions).toHaveLength(1)
  // The platform says it again.
  await fetch(`${platform.origin}/practice/events`, {
    method: 'POST',
    body: JSON.stringify({
      type: 'standard.published',
      body: { id: 'pingxiang-credit', version: '2026.2', from: '2026-03-02', sha256: '', url: '' },
    }),
  })
  await pull(desk)
  expect((await desk.versions()).versions).toHaveLength(2)
})

const announce = (platform: PracticeServer, sha256: unknown, version = '2026.2') =>
  fetch(`${platform.origin}/practice/events`, {
    method: 'POST',
    body: JSON.stringify({
      type: 'standard.published',
      body: { id: 'pingxiang-credit', version, from: '2026-03-02', sha256, url: '' },
    }),
  })

const openNotices = async (desk: StandardsDesk) =>
  (await desk.must('inbox.list', {})).notices.filter(({ kind }) =>
    ['standard.not-fetched', 'standard.refused'].includes(kind),
  )

test('a genuine package that is not the announced one is refused and said so, until it is announced rightly', async () => {
  const platform = await startPlatform()
  const { desk } = await openPair(platform)
  const { sha256 } = await publish(platform)
  // The later announcement counts.
  await announce(platform, '0'.repeat(64))
  await pull(desk)
  expect(await desk.versions()).toMatchObject({
    inForce: '2026.1',
    announced: [{ version: '2026.2', problem: 'pack.digest-differs' }],
    versions: [{ version: '2026.1' }],
  })
  expect(await openNotices(desk)).toMatchObject([{ kind: 'standard.refused', title: '新标准没有通过核验' }])
  await announce(platform, sha256.toUpperCase())
  await pull(desk)
  expect((await desk.versions()).versions).toHaveLength(2)
  expect(await openNotices(desk)).toEqual([])
})

test.each<[string, (text: string) => unknown]>([
  ['of the reply as it is sent', (text) => createHash('sha256').update(text).digest('hex')],
  ['that is none', () => 'sha256:unknown'],
  ['that is left out', () => undefined],
])('a digest %s does not stand in the way', async (_, digest) => {
  const platform = await startPlatform()
  await publish(platform)
  const other = await openPair(platform)
  await pull(other.desk)
  const text = readFileSync(join(other.desk.dataDir, 'standards/pingxiang-credit/2026.2.json'), 'utf8')
  const { desk } = await openPair(platform)
  await announce(platform, digest(text))
  await pull(desk)
  expect((await desk.versions()).versions).toHaveLength(2)
})

test('what never comes is asked for ever more rarely, and said once', async () => {
  const platform = await startPlatform()
  const proxy = await startChaosProxy(platform.url)
  const { desk } = await openPair(platform, proxy.url)
  await publish(platform)
  proxy.decide(({ path }) => (path.includes('/standards/') ? { tearAt: 10 } : 'pass'))
  for (let pulls = 0; pulls < 6; pulls++) await pull(desk)
  expect(proxy.seen.filter(({ path }) => path.includes('/standards/'))).toHaveLength(2)
  expect(await openNotices(desk)).toMatchObject([{ kind: 'standard.not-fetched' }])
  proxy.decide(() => 'pass')
  await pull(desk)
  expect((await desk.versions()).versions).toHaveLength(1)
  desk.setDay('2026-03-03')
  await pull(desk)
  expect((await desk.versions()).versions).toHaveLength(2)
  expect(await openNotices(desk)).toEqual([])
})

test('announcements of other standards, of old versions and with hostile names do nothing', async () => {
  const platform = await startPlatform()
  const proxy = await startChaosProxy(platform.url)
  const { desk } = await openPair(platform, proxy.url)
  for (const [id, version] of [
    ['nanchang-credit', '2026.2'],
    ['pingxiang-credit', '2026.1'],
    ['pingxiang-credit', '../../etc/passwd'],
    ['../../store', '2026.2'],
  ]) {
    await fetch(`${platform.origin}/practice/events`, {
      method: 'POST',
      body: JSON.stringify({
        type: 'standard.published',
        body: { id, version, from: '2026-03-02', sha256: '', url: 'http://127.0.0.1:9/evil' },
      }),
    })
  }
  await pull(desk)
  expect((await desk.versions()).versions).toHaveLength(1)
  expect(proxy.seen.filter(({ path }) => path.includes('/standards/'))).toEqual([])
})

test('two versions published at once are taken in their order; the platform has them after its next start', async () => {
  const platform = await startPlatform()
  await publish(platform)
  const { version } = await publish(platform, { from: '2026-03-20' })
  expect(version).toBe('2026.3')
  await platform.close()
  const again = await startPlatform(platform.dataDir)
  const { desk } = await openPair(again)
  await pull(desk)
  expect((await desk.versions()).versions.map((one) => one.version)).toEqual(['2026.3', '2026.2', '2026.1'])
  await desk.preview('2026.3')
  expect(await desk.adopt('2026.3')).toBeNull()
  expect(await desk.versions()).toMatchObject({ inForce: '2026.1' })
})

test('an adopted package that was lost from the disk comes back with the next pull', async () => {
  const platform = await startPlatform()
  await publish(platform)
  const { folder, practice, desk } = await openPair(platform)
  await pull(desk)
  await desk.preview('2026.2')
  await desk.adopt('2026.2')
  await desk.close()
  rmSync(join(folder, 'desk/standards'), { recursive: true })
  const next = await openStandardsDesk(folder, { practice })
  expect(await next.versions()).toMatchObject({ inForce: '2026.1' })
  await pull(next)
  expect(await next.versions()).toMatchObject({ inForce: '2026.2' })
})
