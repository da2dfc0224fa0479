import { describe, expect, it, vi } from 'vitest'
import { nextTick, ref } from 'vue'
import { coalesce } from '@renderer/composables/coalesce'
import { useSlice } from '@renderer/composables/use-slice'
import { uploadFile } from '@renderer/composables/use-file-choice'

describe('coalesce', () => {
  it('runs once more after calls that came during a run, however many', async () => {
    let runs = 0
    const gates: (() => void)[] = []
    const load = coalesce(() => {
      runs++
      return new Promise((resolve) => gates.push(resolve))
    })
    const first = load()
    void load()
    void load()
    expect(runs).toBe(1)
    gates.shift()!()
    await vi.waitFor(() => expect(runs).toBe(2))
    gates.shift()!()
    await first
    expect(runs).toBe(2)
    void load()
    expect(runs).toBe(3)
  })
})

describe('useSlice', () => {
  it('grows on demand and starts over with another list', async () => {
    const list = ref([1, 2, 3, 4, 5])
    const { shown, rest, more } = useSlice(list, 2)
    expect(shown.value).toEqual([1, 2])
    more()
    expect([shown.value, rest.value]).toEqual([[1, 2, 3, 4], 1])
    list.value = [9, 8, 7]
    await nextTick()
    expect(shown.value).toEqual([9, 8])
  })
})

describe('upload', () => {
  const reply = (status: number, body: unknown): Response =>
    new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })
  const file = new File(['x'], '台账 1.xlsx')

  it('sends the raw file under its coded name with the marker of our own pages', async () => {
    const fetched = vi.fn((_url: string, _init: RequestInit) =>
      Promise.resolve(reply(200, { token: 'abcdefgh', name: '台账 1.xlsx', bytes: 1 })),
    )
    vi.stubGlobal('fetch', fetched)
    expect(await uploadFile(file)).toEqual({
      ok: true,
      value: { token: 'abcdefgh', name: '台账 1.xlsx', bytes: 1 },
    })
    const [url, init] = fetched.mock.calls[0]!
    expect(url).toBe('/files')
    expect(init).toMatchObject({
      method: 'POST',
      body: file,
      headers: { 'X-File-Name': encodeURIComponent('台账 1.xlsx'), 'X-Xinbao': '1' },
    })
  })

  it('passes on why the host refused, and never rejects', async () => {
    const refusal = {
      ok: false,
      failure: { code: 'input.file-too-large', params: { file: 'a', limitMb: 60 } },
    }
    vi.stubGlobal('fetch', () => Promise.resolve(reply(413, refusal)))
    expect(await uploadFile(file)).toMatchObject({ ok: false, failure: { code: 'input.file-too-large' } })
    for (const answer of [reply(500, 'no json'), reply(200, { token: 7 }), reply(403, {})]) {
      vi.stubGlobal('fetch', () => Promise.resolve(answer))
      expect(await uploadFile(file)).toMatchObject({ ok: false, failure: { code: 'engine.stopped' } })
    }
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('gone')))
    expect(await uploadFile(file)).toMatchObject({ ok: false, failure: { code: 'engine.stopped' } })
  })
})
