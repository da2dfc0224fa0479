import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { guideSections } from '@shared/contract/guide-pages'

const folder = join(import.meta.dirname, '../../resources/guide')
const page = readFileSync(join(folder, 'index.html'), 'utf8')
const all = (pattern: RegExp): string[] => [...page.matchAll(pattern)].map(([, found]) => found!)

test('every part that a screen may open is there, and in the contents', () => {
  expect(all(/<h2 id="([a-z]+)"/g)).toEqual([...guideSections])
  expect(all(/<a href="#([a-z]+)"/g)).toEqual([...guideSections])
})

test('every picture that is shown is there, with a text for those who do not see it, and no other', () => {
  const shown = all(/<img\s+src="images\/([a-z-]+\.png)"/g)
  expect(shown.toSorted()).toEqual(readdirSync(join(folder, 'images')).toSorted())
  expect(all(/<img\s[^>]*alt="([^"]+)"/g)).toHaveLength(shown.length)
})
