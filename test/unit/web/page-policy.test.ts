import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pageFile } from '@shared/contract/page-files'
import { contentSecurityPolicy } from '@shared/contract/page-policy'
import { plainFileName } from '@shared/kernel/file-name'
import { withBridgeScript } from '@web/static-files'

const directives = (policy: string): Map<string, string> =>
  new Map(policy.split('; ').map((part) => [part.split(' ')[0]!, part.split(' ').slice(1).join(' ')]))

test('the page repeats the fetch directives of the header, word for word', () => {
  const html = readFileSync('renderer/index.html', 'utf8')
  const written = directives(/http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(html)![1]!)
  const sent = directives(contentSecurityPolicy)
  expect(written.size).toBeGreaterThanOrEqual(6)
  for (const [name, sources] of written) expect([name, sent.get(name)]).toEqual([name, sources])
})

test('no source of script but ourselves, nothing evaluated, nothing framed or posted elsewhere', () => {
  const sent = directives(contentSecurityPolicy)
  expect(sent.get('default-src')).toBe("'none'")
  expect(sent.get('script-src')).toBe("'self'")
  for (const name of ['base-uri', 'form-action', 'frame-src', 'object-src', 'frame-ancestors']) {
    expect([name, sent.get(name)]).toEqual([name, "'none'"])
  }
  expect(contentSecurityPolicy).not.toMatch(/unsafe-eval|\*|https?:/)
})

test('no path leads out of the page, however it is written', () => {
  const piece = fc.constantFrom(
    '..',
    '.',
    '%2e',
    '/',
    '\\',
    '%2f',
    'a',
    '.js',
    'index',
    '.html',
    '\0',
    ':',
    '?',
    ' ',
    '～',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const file = pageFile(`/${pieces.join('')}`)
      if (file === null) return
      expect(file.path).toMatch(/^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/)
      expect(file.path.split('/')).not.toContain('..')
    }),
    { numRuns: 5_000 },
  )
  expect(pageFile('/')).toEqual({ path: 'index.html', mediaType: 'text/html; charset=utf-8' })
  expect(pageFile('/assets/a.constructor')).toBeNull()
})

test('a given file name is one plain name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (given) => {
      const name = plainFileName(given)
      expect(name).not.toMatch(/[\\/:*?"<>|\r\n\0]|^\.+$/)
      expect([...name].length).toBeGreaterThan(0)
      expect([...name].length).toBeLessThanOrEqual(120)
      expect(name.isWellFormed()).toBe(true)
    }),
  )
  expect(plainFileName('../../etc/证照 (1).xlsx')).toBe('证照 (1).xlsx')
  expect(plainFileName('a\u202exslx.exe')).toBe('axslx.exe')
})

test('the bridge script stands before the scripts of the page', () => {
  const html = withBridgeScript(readFileSync('renderer/index.html', 'utf8'))
  expect(html.indexOf('/bridge.js')).toBeGreaterThan(0)
  expect(html.indexOf('/bridge.js')).toBeLessThan(html.indexOf('main.ts'))
  expect(() => withBridgeScript('<html></html>')).toThrow()
})
