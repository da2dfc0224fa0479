import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'

/** More stops than any screen has between two controls. */
const MOST_STOPS = 120

/** What shows that the focused element has the focus; null when nothing does. */
const focusMark = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const focused = document.activeElement
    if (focused === null || focused === document.body) return 'none'
    const isSeen = (colour: string): boolean => !/^(transparent|rgba\(.*, 0\))$/.test(colour)
    // A frame around a bare input shows the focus for it, and a drawn box for the real one beside it.
    const frame = focused.closest('.el-input__wrapper, .el-select__wrapper, .el-textarea, .el-radio-button')
    const drawn = focused.nextElementSibling?.matches(
      '.el-checkbox__inner, .el-radio__inner, .el-radio-button__inner',
    )
    const row = document.getElementById(focused.getAttribute('aria-activedescendant') ?? '')
    for (const one of [focused, row, frame, drawn === true ? focused.nextElementSibling : null]) {
      if (one === null) continue
      const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(one)
      if (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && isSeen(outlineColor)) return 'outline'
      if (one !== focused && one !== row && boxShadow !== 'none') return 'frame'
    }
    return null
  })

/** Only keys: nothing here, and nothing in a test that uses it alone, moves or presses a mouse. */
export const keyboard = (page: Page) => {
  const has = (target: Locator): Promise<boolean> =>
    target.evaluateAll((found) => found.some((one) => one === document.activeElement))

  /** Tabs to a control; fails where the focus cannot be seen on the way, or never comes there. */
  async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await expect(target.first()).toBeVisible({ timeout: 60_000 })
    for (let stops = 0; stops < MOST_STOPS; stops++) {
      if (await has(target)) return
      await page.keyboard.press(key)
      const mark = await focusMark(page)
      if (mark === null)
        expect(await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200))).toBe(
          'has a mark of focus',
        )
    }
    throw new Error(`the focus never came to ${String(target)}`)
  }

  return {
    tabTo,
    press: (key: string) => page.keyboard.press(key),
    /** Tabs to a control and presses Enter. */
    async enter(target: Locator): Promise<void> {
      await tabTo(target)
      await page.keyboard.press('Enter')
    },
    /** Writes over what a field holds. */
    async write(field: Locator, text: string): Promise<void> {
      await tabTo(field)
      await page.keyboard.press('Control+a')
      await page.keyboard.insertText(text)
    },
    /** Holds where the focus is nowhere. */
    async standsSomewhere(): Promise<void> {
      expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY')
    },
  }
}
