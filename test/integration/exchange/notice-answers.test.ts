import { expect, test } from 'vitest'
import { startChaosProxy } from './chaos-proxy'
import { connect, everything, newDeskFolder, openDesk, startPlatform, task } from './exchange-fixture'

interface Answered {
  readonly noticeId: string
  readonly answer: string
  readonly recordId: string | null
  readonly revision: number | null
  readonly reason: string | null
}

async function startNoticed() {
  const platform = await startPlatform()
  const proxy = await startChaosProxy(platform.server.url)
  const desk = openDesk(await newDeskFolder(), {
    // Answers that failed are due again at once.
    fraction: () => 0,
  })
  await connect(desk, platform, proxy.url)
  const [id] = desk.addLicences(1, 1)
  await desk.submission.submit(everything, task)
  const fields = [{ field: 'XK_FRDB', value: '张示例', message: '与登记不符，身份证110101199003070134' }]
  const asked = { recordId: id, dueOn: '2026-03-09', fields }
  const { noticeId } = (await platform.control('/request-correction', asked)) as { noticeId: string }
  await desk.feedback.pull(task)
  const answers = async (): Promise<Answered[]> => {
    const response = await fetch(`${platform.server.origin}/practice/answers`)
    return ((await response.json()) as { answers: Answered[] }).answers
  }
  return { platform, proxy, desk, id: id!, noticeId, answers }
}

const view = (desk: ReturnType<typeof openDesk>, noticeId: string) =>
  desk.inbox.list().notices.find((notice) => notice.noticeId === noticeId)
const stateOf = (desk: ReturnType<typeof openDesk>, noticeId: string): unknown =>
  desk.database.prepare('SELECT state FROM notice WHERE notice_id = ?').pluck().get(noticeId)
/** Waiting answers become due. */
const passTime = (desk: ReturnType<typeof openDesk>): void =>
  void desk.database.prepare('UPDATE notice_answer SET next_try_at = NULL').run()

test('an accepted correction answers the notice with its revision', async () => {
  const { desk, id, noticeId, answers } = await startNoticed()
  desk.editing.save(id, 1, { XK_FRDB: '李示例' })
  await desk.submission.submit(everything, task)
  expect(await answers()).toMatchObject([{ noticeId, answer: 'corrected', recordId: id, revision: 2 }])
  expect(stateOf(desk, noticeId)).toBe('done')
  expect(desk.inbox.list().notices).toEqual([])
})

test('a notice names the fields that it asks about, with the numbers of persons masked', async () => {
  const { desk, noticeId } = await startNoticed()
  const notice = view(desk, noticeId)!
  expect(notice).toMatchObject({ mayAnswer: ['noChangeNeeded', 'disputed'], answer: null })
  expect(notice.fields).toMatchObject([{ field: 'XK_FRDB', label: '法定代表人' }])
  expect(JSON.stringify(desk.inbox.list())).not.toContain('110101199003070134')
})

test('no change needed: the answer travels with its reason, once', async () => {
  const { desk, noticeId, answers } = await startNoticed()
  desk.disputes.answer({ noticeId, answer: 'noChangeNeeded', reason: '已与原件核对', evidence: [] })
  expect(view(desk, noticeId)).toMatchObject({
    state: 'answered',
    mayAnswer: [],
    answer: { answer: 'noChangeNeeded', state: 'waiting' },
  })
  await desk.feedback.pull(task)
  await desk.feedback.pull(task)
  expect(await answers()).toMatchObject([{ noticeId, answer: 'noChangeNeeded', reason: '已与原件核对' }])
  expect(stateOf(desk, noticeId)).toBe('done')
  expect(() =>
    desk.disputes.answer({ noticeId, answer: 'noChangeNeeded', reason: '再答', evidence: [] }),
  ).toThrow('notice.not-answerable')
})

test.each(['reset-before', 'drop-reply', { answer: { status: 503, body: 'busy' } }] as const)(
  'an answer that is lost on its way (%j) is given again, and counts once',
  async (fate) => {
    const { proxy, desk, noticeId, answers } = await startNoticed()
    let accidents = 0
    proxy.decide(({ path }) => (path.includes('/notices/') && accidents++ < 2 ? fate : 'pass'))
    desk.disputes.answer({ noticeId, answer: 'noChangeNeeded', reason: '已核对', evidence: [] })
    for (let pulls = 0; pulls < 3; pulls++) {
      passTime(desk)
      await desk.feedback.pull(task)
    }
    expect(accidents).toBeGreaterThanOrEqual(3)
    expect(await answers()).toHaveLength(1)
    expect(stateOf(desk, noticeId)).toBe('done')
  },
)

test('an answer that the platform refuses is shown, and not sent again', async () => {
  const { proxy, desk, noticeId, answers } = await startNoticed()
  let sent = 0
  const refusal = JSON.stringify({ error: { code: 'notice_closed', message: '已截止', details: {} } })
  const headers = { 'content-type': 'application/json' }
  proxy.decide(({ path }) => {
    if (!path.includes('/notices/')) return 'pass'
    sent++
    return { answer: { status: 409, headers, body: refusal } }
  })
  desk.disputes.answer({ noticeId, answer: 'noChangeNeeded', reason: '已核对', evidence: [] })
  await desk.feedback.pull(task)
  passTime(desk)
  await desk.feedback.pull(task)
  expect(sent).toBe(1)
  expect(await answers()).toEqual([])
  expect(view(desk, noticeId)).toMatchObject({ answer: { state: 'refused' } })
})

test('401 stops answers like everything else, and they go on after it', async () => {
  const { proxy, desk, noticeId, answers } = await startNoticed()
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ error: { code: 'unknown_client', message: '', details: {} } })
  let refused = 0
  proxy.decide(() => (++refused, { answer: { status: 401, headers, body } }))
  desk.disputes.answer({ noticeId, answer: 'noChangeNeeded', reason: '已核对', evidence: [] })
  await expect(desk.feedback.pull(task)).rejects.toMatchObject({ failure: { code: 'platform.auth-refused' } })
  const asked = refused
  await expect(desk.feedback.pull(task)).rejects.toMatchObject({ failure: { code: 'platform.auth-refused' } })
  // The feed alone was asked again: the answer waits for the platform to know us.
  expect(refused).toBe(asked + 1)
  proxy.decide(() => 'pass')
  passTime(desk)
  await desk.feedback.pull(task)
  expect(await answers()).toHaveLength(1)
})

test('a dispute carries its reason and documents, leaves the list of fixes and keeps the deadline', async () => {
  const { desk, id, noticeId, answers } = await startNoticed()
  const evidence = ['营业执照副本', '准予登记通知书']
  desk.disputes.answer({ noticeId, answer: 'disputed', reason: '平台的登记信息未更新', evidence })
  await desk.feedback.pull(task)
  expect(await answers()).toMatchObject([
    {
      answer: 'disputed',
      reason: '平台的登记信息未更新（附材料：营业执照副本、准予登记通知书）',
    },
  ])
  const [dispute] = desk.inbox.list().disputes
  expect(dispute).toMatchObject({ row: { recordId: id }, noticeId, evidence, about: '平台要求更正' })
  expect(stateOf(desk, noticeId)).toBe('answered')
  // The bureau gives way: the notice asks again.
  desk.disputes.close(dispute!.disputeId, 'dropped', '核实后同意更正')
  expect(desk.inbox.list()).toMatchObject({ disputes: [], notices: [{ noticeId, state: 'open' }] })
  expect(() => desk.disputes.close(dispute!.disputeId, 'dropped', '再次')).toThrow('dispute.not-found')
})

test('a refused record in dispute is not in the way; upheld, it is sent again as it is', async () => {
  const { platform, desk, id } = await startNoticed()
  await platform.control('/late-reject', { recordId: id, code: '1001', field: 'XK_XDR_MC', value: null })
  await desk.feedback.pull(task)
  const due = desk.records.find(id)!.dueOn
  desk.disputes.open(id, '执照名称无误', ['营业执照副本'])
  expect(() => desk.disputes.open(id, '再次', [])).toThrow('dispute.nothing')
  expect(desk.inbox.list()).toMatchObject({ groups: [], disputes: [{ row: { recordId: id } }] })
  expect(desk.records.find(id)).toMatchObject({ delivery: 'revoked', dueOn: due })
  const [dispute] = desk.inbox.list().disputes
  desk.disputes.close(dispute!.disputeId, 'upheld', '平台已更新登记信息')
  expect(desk.records.find(id)).toMatchObject({ headRevision: 2, delivery: 'none', editorial: 'checked' })
  expect((await desk.submission.submit(everything, task)).batches).toMatchObject([
    { counts: { accepted: 1 } },
  ])
  expect(desk.records.revision(id, 2)).toMatchObject({
    inReplyTo: 1,
    sha256: desk.records.revision(id, 1)!.sha256,
  })
})
