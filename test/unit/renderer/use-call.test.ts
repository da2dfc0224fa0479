import { describe, expect, it } from 'vitest'
import { failure, FailureError } from '@shared/kernel/failure'
import { useCall } from '@renderer/composables/use-call'
import { detailOf, demoRows } from '@test/fixtures/demo/demo-records'
import { useDemoBridge } from './mount-page'

const [first, second] = [detailOf(demoRows[0]!), detailOf(demoRows[1]!)]

describe('one call as state', () => {
  it('never lets an older answer overwrite a newer one', async () => {
    const answers = new Map<string, (value: typeof first) => void>()
    useDemoBridge({
      'records.get': ({ recordId }) => new Promise((resolve) => answers.set(recordId, resolve)),
    })
    const call = useCall('records.get')
    const slow = call.run({ recordId: first.recordId })
    const quick = call.run({ recordId: second.recordId })
    answers.get(second.recordId)!(second)
    expect(await quick).toEqual(second)
    answers.get(first.recordId)!(first)
    expect(await slow).toBeNull()
    expect(call.data.value?.recordId).toBe(second.recordId)
    expect(call.isLoading.value).toBe(false)
  })

  it('keeps the last answer beside a refusal', async () => {
    let isOff = false
    useDemoBridge({
      'records.get': () => {
        if (isOff) throw new FailureError(failure('record.not-found'))
        return first
      },
    })
    const call = useCall('records.get')
    await call.run({ recordId: first.recordId })
    isOff = true
    expect(await call.run({ recordId: first.recordId })).toBeNull()
    expect(call.failure.value?.code).toBe('record.not-found')
    expect(call.data.value?.recordId).toBe(first.recordId)
  })

  it('turns a broken connection into a refusal', async () => {
    useDemoBridge({
      'records.get': () => {
        throw new Error('the pipe is gone')
      },
    })
    const call = useCall('records.get')
    await call.run({ recordId: first.recordId })
    expect(call.failure.value?.code).toBe('engine.stopped')
  })
})
