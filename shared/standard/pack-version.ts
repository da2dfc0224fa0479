const VERSION = /^(\d{4})\.(\d{1,4})$/

/** Whether a text is a version of a standard: year and running number, as in `2026.1`. */
export const isPackVersion = (text: string): boolean => VERSION.test(text)

/** Orders two versions: below zero when the first is older. `2026.10` is newer than `2026.9`. */
export function comparePackVersions(a: string, b: string): number {
  const [, yearA = '0', numberA = '0'] = VERSION.exec(a) ?? []
  const [, yearB = '0', numberB = '0'] = VERSION.exec(b) ?? []
  return Number(yearA) - Number(yearB) || Number(numberA) - Number(numberB)
}
