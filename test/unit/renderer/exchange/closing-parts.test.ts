import { describe, expect, it } from 'vitest'
import { batchStates } from '@shared/domain/batch-status'
import { taskStepTexts } from '@shared/texts/zh-CN/task-steps'
import { batchStanding } from '@renderer/components/batch-standing'
import { totalOf, unjudged } from '@renderer/screens/closing/batch-totals'
import { groupNotSent, groupSentences } from '@renderer/screens/closing/not-sent-groups'
import { phaseOf, submissionPhases } from '@renderer/screens/closing/submission-phase'
import { texts } from '@renderer/texts/zh-CN'
import { notSentReasons } from '@shared/texts/zh-CN/not-sent'
import { demoBatch, demoForecast, sendingBatches } from '@test/fixtures/demo/demo-batches'

describe('totals of batches', () => {
  it('add up to the number of items, whatever has been judged', () => {
    const totals = totalOf(sendingBatches)
    const { items, accepted, warned, rejected, duplicate, unknown, pending } = totals
    expect(items).toBe(42)
    expect(accepted + warned + rejected + duplicate + unknown + pending).toBe(items)
  })

  it('counts as unjudged what has no verdict, not what the platform says is pending', () => {
    expect(unjudged(sendingBatches[0]!)).toBe(4)
    expect(unjudged(sendingBatches[1]!)).toBe(9)
  })
})

describe('records that stay', () => {
  it('come by reason, those that a person can act on first', () => {
    const groups = groupNotSent(demoForecast.notSent, demoForecast.stays)
    expect(groups.map((group) => group.reason)).toEqual([
      'rejected',
      'blocked',
      'unconfirmed-warning',
      'in-review',
      'held',
      'excluded',
    ])
    expect(groups.flatMap((group) => group.rows)).toHaveLength(demoForecast.notSent.length)
  })

  it('are counted in full where only some of them are listed', () => {
    const stays = [{ reason: 'blocked', count: 700, overdue: 3, dueToday: 2 }]
    const [group] = groupNotSent(demoForecast.notSent.slice(0, 1), stays)
    expect(group).toMatchObject({ count: 700, overdue: 3, dueToday: 2 })
    expect(group!.rows).toHaveLength(1)
  })

  it('show distinct sentences, the most frequent first', () => {
    const rows = ['b', 'a', 'a'].map((message) => ({ ...demoForecast.notSent[0]!, message }))
    expect(groupSentences({ rows }, 2)).toEqual(['a', 'b'])
    expect(groupSentences({ rows }, 1)).toEqual(['a'])
  })

  it('have a name for every reason of the engine', () => {
    for (const reason of notSentReasons) expect(texts.submission.reasons[reason], reason).toBeTruthy()
  })
})

describe('stages of a submission', () => {
  it('know every step of a submission and claim nothing for an unknown one', () => {
    for (const phase of submissionPhases) expect(phaseOf(phase)).toBe(phase)
    expect(phaseOf('fetching')).toBe('verifying')
    expect(phaseOf('something-new')).toBe('sealing')
    for (const phase of submissionPhases) expect(taskStepTexts[phase], phase).toBeTruthy()
  })
})

describe('where a batch stands', () => {
  it('always promises not to send twice while the answer is unclear', () => {
    const standing = batchStanding(demoBatch({ label: 'x', items: 3, state: 'unknown' }))
    expect(standing.text).toContain('核实')
    expect(standing.hint).toContain('不会重复报送')
    const items = batchStanding(
      demoBatch({ label: 'x', items: 3, counts: { ...sendingBatches[1]!.counts, unknown: 2 } }),
    )
    expect(items).toMatchObject({ tone: 'soon', hint: standing.hint })
  })

  it('is red only when a person must act', () => {
    const red = batchStates.filter(
      (state) => batchStanding(demoBatch({ label: 'x', items: 1, state })).tone === 'late',
    )
    expect(red).toEqual(['stopped'])
  })
})
