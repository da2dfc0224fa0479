import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyDocument } from '@engine/crypto/document-signature'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'
import type { SignedOutageProof } from '@shared/contract/views/outage-views'
import { runCommand } from '@test/fixtures/command-line'
import type { CommandRun } from '@test/fixtures/command-line'
import { writeMessyLicences } from '@test/fixtures/messy-licences'
import { makePracticeDesk, rehearsalNow } from '@test/fixtures/practice-desk'
import type { PracticeDesk } from '@test/fixtures/practice-desk'

interface RecordJson {
  readonly recordId: string
  readonly revision: number
  readonly delivery: string
}

let folder: string
let desk: PracticeDesk
let accepted: readonly RecordJson[]

const run = (...args: readonly string[]): Promise<CommandRun> =>
  runCommand([...args, '--data', desk.deskDir, '--json', '--now', rehearsalNow])

/** What a person reads. */
const said = async (...args: readonly string[]): Promise<string> =>
  (await runCommand([...args, '--data', desk.deskDir, '--now', rehearsalNow])).stdout

const record = async (recordId: string): Promise<RecordJson> => {
  const { records } = (await run('list', '--limit', '500')).json as { records: RecordJson[] }
  return records.find((one) => one.recordId === recordId)!
}

const control = (path: string, body: unknown): Promise<Response> =>
  fetch(`${new URL(desk.platform.url).origin}/practice${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xinbao-follow-up-'))
  const workbook = join(folder, '11月许可.xlsx')
  await writeMessyLicences(workbook, 60)
  desk = await makePracticeDesk(folder, 'clean')
  await run('import', workbook, '--type', 'XZXK_FR')
})
afterAll(async () => {
  await desk?.platform.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('the end-of-day job and what follows it', () => {
  it('pulls, checks, sends, reconciles and reports in one document', async () => {
    const day = await run('daily')
    const json = day.json as {
      pull: { events: number }
      check: { checked: number }
      submit: { batches: { accepted: number }[] }
      reconciliation: { batches: number; items: number; lost: number; findings: unknown[] }
      due: { overdue: number }
    }
    expect(day.code).toBe(1)
    const [batch] = json.submit.batches
    expect(json.check.checked).toBeGreaterThan(0)
    expect(batch!.accepted).toBeGreaterThan(10)
    expect(json.reconciliation).toMatchObject({ batches: 1, items: batch!.accepted, lost: 0, findings: [] })
    expect(json.due).toHaveProperty('overdue')
    const listed = (await run('list', '--delivery', 'accepted', '--limit', '500')).json
    accepted = (listed as { records: RecordJson[] }).records
    expect(accepted).toHaveLength(batch!.accepted)
  })

  it('drafts a take-down and gives it up again', async () => {
    const [{ recordId }] = accepted as [RecordJson]
    expect((await run('takedown', recordId)).code).toBe(2)
    const drafted = await run('takedown', recordId, '--reason', '公示期满')
    expect([drafted.code, drafted.json]).toMatchObject([0, { revision: 2, delivery: 'none' }])
    expect((await run('withdraw', recordId, '--reason', '错报')).code).toBe(3)
    expect((await run('cancel', recordId)).json).toMatchObject({ revision: 1, delivery: 'accepted' })
    expect((await run('cancel', recordId)).code).toBe(3)
    expect(await said('withdraw', recordId, '--reason', '错报')).toMatch(/“撤回”.*submit.*cancel/)
    expect((await run('cancel', recordId)).code).toBe(0)
  })

  it('withdraws and marks through the platform', async () => {
    const [, withdrawn, marked] = accepted as readonly [RecordJson, RecordJson, RecordJson]
    await run('withdraw', withdrawn.recordId, '--reason', '事项不存在')
    await run('repair-mark', marked.recordId, '--reason', '信用修复已批准')
    const sent = await run('submit')
    expect((sent.json as { batches: unknown[] }).batches).toMatchObject([{ items: 2, accepted: 2 }])
    const ops = readFileSync(desk.ledgerFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { op: string }).op)
    expect(ops.filter((op) => op !== 'create').sort()).toEqual(['repairMark', 'withdraw'])
  })

  it('finds what the platform has lost', async () => {
    const lost = accepted.slice(5, 7).map(({ recordId }) => recordId)
    expect((await control('/forget', { recordIds: lost })).status).toBe(200)
    const found = await run('reconcile')
    expect(found.code).toBe(1)
    const { findings, ...counts } = found.json as { lost: number; findings: { recordId: string }[] }
    expect(counts).toMatchObject({ lost: 2, differing: 0, surplus: 0 })
    expect(findings.map(({ recordId }) => recordId).sort()).toEqual([...lost].sort())
    expect(await said('reconcile')).toContain('请在“与平台对账”里逐件处理')
    expect(await record(lost[0]!)).toMatchObject({ delivery: 'accepted' })
  })

  it('keeps evidence while the platform is down, and writes the signed proof', async () => {
    const path = join(folder, 'proof.json')
    expect((await run('outage', path)).code).toBe(3)
    await desk.platform.stop()
    const day = await run('daily')
    expect(day.code).toBe(4)
    expect(day.json).toMatchObject({ pull: null, reconciliation: null, submit: { batches: [] } })
    const [one] = accepted.slice(9)
    await run('correct', one!.recordId, 'XK_NR=准予从事餐饮服务')
    expect((await run('submit')).code).toBe(4)
    const written = await run('outage', path)
    expect([written.code, written.json]).toMatchObject([0, { probes: 1, spans: [{ fault: 'platform' }] }])
    const { proof, signature } = JSON.parse(readFileSync(path, 'utf8')) as SignedOutageProof
    expect(verifyDocument(sm, proof as never, signature, proof.deskPublicKey)).toBe(true)
    expect(proof.isChainWhole).toBe(true)
    expect(proof.waiting.find(({ receivedAt }) => receivedAt === null)).toMatchObject({ items: 1 })
    await run('outage', join(folder, 'proof.html'))
    expect(readFileSync(join(folder, 'proof.html'), 'utf8')).toContain('平台线路故障情况证明')
  })
})
