import { expect, test } from './demo-desk'
import { hostileTexts } from '@test/fixtures/hostile-texts'
import { watchHostile } from './hostile-watch'
import { screenStates } from './screen-states'

test.use({ trace: 'off' })

/** What people and platforms write freely; everything else is a code, a date or a number. */
const free =
  'docNo subjectName message serverText text title reason meaning headline raw detail header file label samples cells field fieldLabel evidence name actor by note changes summary details ours theirs about tag'
const shown = screenStates.filter((state) => state.reach === undefined && state.demo !== 'empty')

test('whatever a platform, a file or a colleague wrote is shown as words on every screen', async ({
  desk,
}) => {
  test.setTimeout(300_000)
  const { page } = desk
  const watch = await watchHostile(page)
  // Behind the script of the demo: puts the texts into its answers, one after the other.
  await page.addInitScript(
    ({ texts, names }) => {
      const bridge = (
        window as unknown as { bridge: { call(name: string, input: unknown): Promise<unknown> } }
      ).bridge
      const free = new Set(names)
      let at = Number(new URLSearchParams(location.search).get('from') ?? 0)
      const spoil = (node: unknown, key: string): unknown => {
        if (typeof node === 'string') return free.has(key) && node !== '' ? texts[at++ % texts.length] : node
        if (Array.isArray(node)) return node.slice(0, 40).map((one) => spoil(one, key))
        if (typeof node !== 'object' || node === null) return node
        return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, spoil(value, name)]))
      }
      const { call } = bridge
      bridge.call = async (name, input) => {
        const answer = await call(name, input)
        return /^(standard|settings|host|desk\.info)/.test(name) ? answer : spoil(answer, '')
      }
    },
    { texts: hostileTexts, names: free.split(' ') },
  )
  const seen = new Set<string>()
  for (const [number, state] of shown.entries()) {
    for (const from of [number * 37, number * 37 + 100]) {
      await desk.open(state.place, `${state.demo ?? ''}&from=${from % hostileTexts.length}`)
      await page.waitForLoadState('networkidle')
      const words = await page.locator('body').evaluate((body) => body.textContent ?? '')
      for (const text of hostileTexts) if (words.includes(text)) seen.add(text)
      await watch.expectOnlyTexts(state.name)
      expect(words).not.toMatch(/(?<![\d.])49(?![\d.])|\[object Object\]\[|undefined undefined/)
    }
  }
  // The texts really were there, word for word, and with their braces.
  expect(hostileTexts.filter((text) => !seen.has(text))).toEqual([])
})
