import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const tokens = readFileSync(resolve(import.meta.dirname, '../../../renderer/src/theme/tokens.css'), 'utf8')

/** The colours that a block of the tokens sets. */
function colours(block: string): Record<string, string> {
  const found = [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)]
  return Object.fromEntries(found.map(([, name, value]) => [name!, value!]))
}

const blockAfter = (text: string, selector: string): string => {
  const from = text.indexOf(`${selector} {`)
  expect(from, selector).toBeGreaterThanOrEqual(0)
  return text.slice(from, text.indexOf('}', from))
}

const [plain = '', more = ''] = tokens.split('@media (prefers-contrast: more)')
const light = colours(blockAfter(plain, ':root'))
const dark = { ...light, ...colours(blockAfter(plain, "[data-theme='dark']")) }
const themes: Readonly<Record<string, Record<string, string>>> = {
  light,
  dark,
  'high contrast': { ...light, ...colours(blockAfter(more, ':root')) },
  'high contrast, dark': { ...dark, ...colours(blockAfter(more, "[data-theme='dark']")) },
}

/** Relative luminance of WCAG 2.2. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [
    number,
    number,
    number,
  ]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function ratio(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

const words = ['text', 'text-2', 'text-3', 'accent', 'accent-strong', 'late', 'soon', 'good']
const grounds = [
  ...['ground', 'surface', 'sunken', 'accent-soft', 'late-soft', 'soon-soft', 'good-soft', 'info-soft'],
]

describe('colours of the look', () => {
  it.each(Object.keys(themes))('can be read on every ground: %s', (name) => {
    const theme = themes[name]!
    const weak = words.flatMap((word) =>
      grounds
        .map((ground) => ({ word, ground, ratio: ratio(theme[word]!, theme[ground]!) }))
        .filter((pair) => pair.ratio < 4.5),
    )
    expect(weak).toEqual([])
    expect(ratio(theme['on-accent']!, theme['accent']!)).toBeGreaterThanOrEqual(4.5)
    expect(ratio(theme['on-accent']!, theme['accent-strong']!)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(Object.keys(themes))('show the focus on every ground: %s', (name) => {
    const theme = themes[name]!
    for (const ground of grounds) expect(ratio(theme['focus']!, theme[ground]!)).toBeGreaterThanOrEqual(3)
  })
})
