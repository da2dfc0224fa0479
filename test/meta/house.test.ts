import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { read, sourceFiles, withoutComments } from './source-files'

const product = sourceFiles(['shared', 'electron', 'renderer'], ['.ts', '.vue', '.mjs', '.cjs'])
const everything = sourceFiles(
  ['.'],
  ['.ts', '.vue', '.mjs', '.cjs', '.js', '.md', '.json', '.yml', '.yaml', '.html'],
)

const linesWith = (files: readonly string[], pattern: RegExp): readonly string[] =>
  files.flatMap((file) =>
    withoutComments(read(file))
      .split('\n')
      .filter((line) => pattern.test(line))
      .map((line) => `${file}: ${line.trim().slice(0, 100)}`),
  )

describe('the house', () => {
  it('names files in kebab-case and never utils, helpers, manager or common', () => {
    const wrong = product.filter(
      (file) =>
        !/^[a-z0-9]+([.-][a-z0-9]+)*$|^zh-CN(\.\w+)?$/.test(basename(file)) ||
        /\b(utils?|helpers?|manager|common)\b/.test(basename(file)),
    )
    expect(wrong).toEqual([])
  })

  it('renders text only: no HTML from data', () => {
    expect(linesWith(product, /v-html|innerHTML|dangerouslyUseHTMLString|raw-content/)).toEqual([])
  })

  it('reads the clock and chance only at their ports', () => {
    const ports = /^electron\/(engine\/(system-clock|crypto\/random)\.ts|launch\/)|^renderer\//
    const files = product.filter((file) => !ports.test(file))
    expect(linesWith(files, /\bDate\.now\(|new Date\(\)|Math\.random\(/)).toEqual([])
  })

  it('leaves nothing half done', () => {
    expect(
      linesWith(
        [...product, ...sourceFiles(['test'], ['.ts']).filter((file) => !file.startsWith('test/meta/'))],
        /\b(TODO|FIXME|HACK|XXX)\b|\.only\(|\bit\.todo\(/,
      ),
    ).toEqual([])
  })

  it('keeps Chinese sentences in the catalogues', () => {
    const files = product.filter(
      (file) =>
        /^(electron\/(cli|main|preload|web|engine\/(services|handlers|transports|repos))|renderer\/src)\//.test(
          file,
        ) && !/\/texts\//.test(file),
    )
    expect(linesWith(files, /['"`>][^'"`<]*\p{Script=Han}{2}/u)).toEqual([])
  })

  it('names no folder of a build machine and no package host', () => {
    const hosts = ['registry', 'deb'].map((name) => `https?://${name}\\.`).join('|')
    const folders = ['wo' + 'rk', 'fa' + 'rm'].join('|')
    const pattern = new RegExp(`(^|[^A-Za-z.])/(${folders})/|${hosts}`)
    expect(
      linesWith(
        everything.filter((file) => file !== 'package-lock.json'),
        pattern,
      ),
    ).toEqual([])
  })
})
