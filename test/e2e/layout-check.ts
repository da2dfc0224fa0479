import type { Page } from '@playwright/test'

/** Sizes of the page at which a clerk works, in CSS pixels; the last is 1366 by 768 at 150 per cent. */
export const windowSizes = {
  '1366x768': { width: 1366, height: 768 },
  '1920x1080': { width: 1920, height: 1080 },
  '1366x768 at 150 %': { width: 911, height: 512 },
} as const

/**
 * What does not fit in the page as it stands: the page or one of its parts scrolls sideways, a text is cut off without
 * an ellipsis and a way to read the rest, a button lies outside what can be scrolled to, or is covered by another part.
 */
export const layoutFaults = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const faults: string[] = []
    const name = (element: Element): string => {
      const words = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)
      return `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}"> ${words}`
    }
    const isHidden = (element: Element): boolean =>
      !element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) ||
      element.closest('.visually-hidden, [aria-hidden="true"], [inert]') !== null

    const root = document.documentElement
    if (root.scrollWidth > innerWidth) faults.push(`the page is ${root.scrollWidth} wide in ${innerWidth}`)
    if (root.scrollHeight > innerHeight)
      faults.push(`the page is ${root.scrollHeight} high in ${innerHeight}`)

    for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
      if (isHidden(element)) continue
      const style = getComputedStyle(element)
      const box = element.getBoundingClientRect()
      if (box.width < 2 || box.height < 2) continue
      // A part that scrolls sideways; a named region for it, such as the columns of a file, may.
      if (
        /auto|scroll/.test(style.overflowX) &&
        element.scrollWidth > element.clientWidth + 1 &&
        !element.matches('[role="region"][tabindex="0"]')
      )
        faults.push(`scrolls sideways by ${element.scrollWidth - element.clientWidth}: ${name(element)}`)
      // Words of its own that stick out of a box that hides them.
      const hasWords = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
      )
      if (hasWords && style.overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1) {
        const rest = element.closest('[title]') ?? element.querySelector('[title]')
        if (style.textOverflow !== 'ellipsis') faults.push(`cut off: ${name(element)}`)
        else if (rest === null && !(element instanceof HTMLInputElement))
          faults.push(`cut off without a way to read the rest: ${name(element)}`)
      }
      const isShortened = style.webkitLineClamp !== 'none' && element.closest('[title]') !== null
      if (
        hasWords &&
        style.overflowY === 'hidden' &&
        element.scrollHeight > element.clientHeight + 2 &&
        !isShortened
      )
        faults.push(`cut off below: ${name(element)}`)
    }

    const scrollers = (element: Element | null): boolean => {
      for (let up = element?.parentElement; up; up = up.parentElement)
        if (/auto|scroll/.test(getComputedStyle(up).overflowY) && up.scrollHeight > up.clientHeight)
          return true
      return false
    }
    // Only what lies on top can be used: a dialog, or a dialog over a drawer.
    const veil = [...document.querySelectorAll<HTMLElement>('.el-overlay')]
      .filter((one) => !isHidden(one))
      .sort((one, other) => Number(one.style.zIndex) - Number(other.style.zIndex))
      .at(-1)
    for (const control of document.querySelectorAll<HTMLElement>(
      'button, a[href], input, select, textarea',
    )) {
      if (isHidden(control) || control.matches('.el-radio__original-radio, .el-checkbox__original')) continue
      if (veil !== undefined && !veil.contains(control)) continue
      // What shows itself only to the keyboard.
      if (getComputedStyle(control).pointerEvents === 'none') continue
      const box = control.getBoundingClientRect()
      if (box.width < 2 || box.height < 2) continue
      const isOutside = box.right > innerWidth + 1 || box.left < -1
      const isBelow = box.bottom > innerHeight + 1 || box.top < -1
      if (isOutside || (isBelow && !scrollers(control))) faults.push(`cannot be reached: ${name(control)}`)
      if (isOutside || isBelow) continue
      const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
      if (top === null || control.contains(top) || top.contains(control)) continue
      const shares = top.closest('label, .el-radio-button, .el-checkbox, .el-select, .search, [role="row"]')
      if (shares?.contains(control) === true || scrollers(control)) continue
      // In a narrow window the record lies over the list until it is closed.
      if (top.closest('aside') !== null && control.closest('aside') === null) continue
      faults.push(`covered by ${name(top)}: ${name(control)}`)
    }
    return faults
  })
