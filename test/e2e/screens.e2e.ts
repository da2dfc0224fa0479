import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './demo-desk'
import type { Look } from './demo-desk'
import { layoutFaults, windowSizes } from './layout-check'
import { screenStates } from './screen-states'

// What axe and the layout check say is all there is to know; a trace of each state would double the time.
test.use({ trace: 'off' })

/** WCAG 2.2 A and AA, by the tags of axe. */
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What axe finds in the page; in a look other than the first only colours can differ. */
async function violations(page: Page, look: Look): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page })
  const found = await (look === 'light' ? axe.withTags(WCAG) : axe.withRules(['color-contrast'])).analyze()
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${look}: ${id} ${target.join(' ')}: ${failureSummary ?? ''}`),
  )
}

/** What still does not fit once charts have followed the new size of the window. */
async function settledFaults(page: Page): Promise<readonly string[]> {
  let faults = await layoutFaults(page)
  for (let round = 0; round < 5 && faults.length > 0; round++) {
    await page.waitForTimeout(200)
    faults = await layoutFaults(page)
  }
  return faults
}

/** Words that keep colours of their own where the system asks for its colours. */
const ownColours = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.body.querySelectorAll('*')]
      .filter((one) => getComputedStyle(one).forcedColorAdjust !== 'auto' && one.textContent?.trim() !== '')
      .map((one) => `keeps its own colours: ${one.outerHTML.slice(0, 120)}`),
  )

for (const state of screenStates) {
  // High contrast changes tokens only, which are held against each other in theme-contrast.test.ts: one state is enough.
  const worn: readonly Look[] =
    state.reach === undefined ? ['light', 'dark', 'high contrast', 'high contrast, dark'] : ['light', 'dark']

  test(`${state.name}: for everybody, in every look and size`, async ({ desk }) => {
    const { page } = desk
    await desk.wear('light')
    await desk.open(state.place, state.demo)
    await state.reach?.(page)
    const found: string[] = []
    // High enough that hardly anything lies half under a footer, which axe would take for a small target.
    await page.setViewportSize({ width: 1366, height: 1200 })
    for (const look of worn) {
      await desk.wear(look)
      found.push(...(await violations(page, look)))
    }
    await desk.wear('forced colours')
    found.push(...(await ownColours(page)))
    await desk.wear('light')
    for (const [size, box] of Object.entries(windowSizes)) {
      await page.setViewportSize(box)
      found.push(...(await settledFaults(page)).map((fault) => `${size}: ${fault}`))
    }
    expect(found).toEqual([])
  })
}
