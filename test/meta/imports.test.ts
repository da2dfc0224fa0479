import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { read, sourceFiles, withoutComments } from './source-files'

/**
 * The direction of imports, as the house draws it: a layer may import only from the layers listed for it (and from
 * itself). The longest matching folder is a file's layer.
 */
const layers: Readonly<Record<string, readonly string[]>> = {
  'shared/kernel': [],
  'shared/domain': ['shared/kernel'],
  'shared/standard': ['shared/kernel', 'shared/domain'],
  'shared/calendar': ['shared/kernel', 'shared/domain'],
  'shared/publicity': ['shared/kernel', 'shared/domain'],
  'shared/contract': [
    'shared/kernel',
    'shared/domain',
    'shared/standard',
    'shared/calendar',
    'shared/publicity',
  ],
  'shared/texts': [
    'shared/kernel',
    'shared/domain',
    'shared/standard',
    'shared/publicity',
    'shared/contract',
  ],
  'electron/engine/crypto': ['shared'],
  'electron/engine/repos': ['shared', 'electron/engine/crypto'],
  'electron/engine/sheets': ['shared', 'electron/engine/ports', 'electron/engine/crypto'],
  'electron/engine/media': ['shared', 'electron/engine/sheets'],
  'electron/engine/updates': ['shared', 'electron/engine/crypto', 'electron/engine/sheets'],
  'electron/engine/reading': ['shared', 'electron/engine/crypto', 'electron/engine/sheets'],
  // The entry of the child joins the two: what is read, and how it is checked.
  'electron/engine/sheets/child': ['shared', 'electron/engine/sheets', 'electron/engine/reading'],
  'electron/engine/standards': ['shared', 'electron/engine/crypto'],
  'electron/engine/envelope': ['shared', 'electron/engine/crypto'],
  'electron/engine/transports': [
    'shared',
    'electron/engine/crypto',
    'electron/engine/envelope',
    'electron/engine/ports',
  ],
  'electron/engine/services': [
    'shared',
    'electron/engine/crypto',
    'electron/engine/envelope',
    'electron/engine/media',
    'electron/engine/reading',
    'electron/engine/repos',
    'electron/engine/sheets',
    'electron/engine/standards',
    'electron/engine/transports',
    'electron/engine/updates',
    'electron/engine/ports',
    'electron/engine/event-bus',
  ],
  'electron/engine/handlers': [
    'shared',
    'electron/engine/reading',
    'electron/engine/repos',
    'electron/engine/services',
    'electron/engine/sheets',
    'electron/engine/standards',
    'electron/engine/ports',
    'electron/engine/event-bus',
  ],
  'electron/engine/ports': ['shared', 'electron/engine/sheets', 'electron/engine/crypto'],
  'electron/engine/event-bus': ['shared'],
  'electron/engine': ['shared', 'electron/engine', '@package'],
  'electron/practice': [
    'shared',
    'electron/engine/crypto',
    'electron/engine/envelope',
    'electron/engine/standards',
    'electron/engine/system-clock',
  ],
  'electron/main': ['shared', 'electron/launch', '@package'],
  'electron/preload': ['shared/contract', 'shared/kernel'],
  'electron/cli': ['shared', 'electron/engine', 'electron/practice', 'electron/web', '@package'],
  'electron/web': ['shared', 'electron/engine', 'electron/practice', '@package'],
  'renderer/src/bridge': ['shared'],
  'renderer/src/theme': [],
  'renderer/src/texts': ['shared'],
  'renderer/src/shortcuts': ['renderer/src/texts'],
  'renderer/src/clipboard': [],
  'renderer/src/components': [
    'shared',
    'renderer/src/shortcuts',
    'renderer/src/texts',
    'renderer/src/composables',
    'renderer/src/theme',
  ],
  'renderer/src/composables': [
    'shared',
    'renderer/src/bridge',
    'renderer/src/texts',
    'renderer/src/stores',
    'renderer/src/shortcuts',
  ],
  'renderer/src/stores': ['shared', 'renderer/src/bridge', 'renderer/src/texts', 'renderer/src/composables'],
  'renderer/src/screens': [
    'renderer/src/shortcuts',
    'renderer/src/clipboard',
    'shared',
    'renderer/src/stores',
    'renderer/src/components',
    'renderer/src/composables',
    'renderer/src/texts',
    'renderer/src/bridge',
    'renderer/src/theme',
  ],
  'renderer/src': ['shared', 'renderer/src'],
}

const aliases: Readonly<Record<string, string>> = {
  '@shared/': 'shared/',
  '@engine/': 'electron/engine/',
  '@practice/': 'electron/practice/',
  '@cli/': 'electron/cli/',
  '@web/': 'electron/web/',
  '@main/': 'electron/main/',
  '@renderer/': 'renderer/src/',
}

const layerOf = (path: string): string | null =>
  Object.keys(layers)
    .filter((layer) => path === layer || path.startsWith(`${layer}/`) || path.startsWith(`${layer}.`))
    .sort((a, b) => b.length - a.length)[0] ?? null

const resolveImport = (file: string, specifier: string): string | null => {
  if (specifier.startsWith('./')) return join(dirname(file), specifier)
  if (specifier === '@package') return '@package'
  const alias = Object.keys(aliases).find((prefix) => specifier.startsWith(prefix))
  return alias ? aliases[alias]! + specifier.slice(alias.length) : null
}

const isAllowed = (from: string, to: string): boolean =>
  layers[from]!.some(
    (allowed) => to === allowed || to.startsWith(`${allowed}/`) || to.startsWith(`${allowed}.`),
  )

interface Import {
  readonly file: string
  readonly specifier: string
}

const importStatement =
  /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*'([^']+)'|^\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm

const imports: readonly Import[] = sourceFiles(['shared', 'electron', 'renderer'], ['.ts', '.vue']).flatMap(
  (file) =>
    [...withoutComments(read(file)).matchAll(importStatement)].map((match) => ({
      file,
      specifier: (match[1] ?? match[2] ?? match[3])!,
    })),
)

describe('imports', () => {
  it('finds the imports of the whole project', () => {
    expect(imports.length).toBeGreaterThan(300)
  })

  it('go only in the direction that the house draws', () => {
    const wrong = imports.flatMap(({ file, specifier }) => {
      const target = resolveImport(file, specifier)
      const from = layerOf(file)
      if (target === null || from === null) return []
      const to = target === '@package' ? '@package' : layerOf(target)
      if (to === null || to === from || isAllowed(from, target)) return []
      return [`${file} (${from}) imports ${specifier} (${to})`]
    })
    expect(wrong).toEqual([])
  })

  it('use "./" only inside the own folder and aliases for everything else', () => {
    expect(imports.filter(({ specifier }) => specifier.startsWith('../'))).toEqual([])
  })

  it("take 'electron' only in the shell and the preload script", () => {
    const wrong = imports.filter(
      ({ file, specifier }) => specifier === 'electron' && !/^electron\/(main|preload)\//.test(file),
    )
    expect(wrong).toEqual([])
  })

  it('keep node and DOM libraries out of the shared core', () => {
    const wrong = imports.filter(
      ({ file, specifier }) =>
        file.startsWith('shared/') && !/^(\.\/|@shared\/|valibot$|pinyin-pro$)/.test(specifier),
    )
    expect(wrong).toEqual([])
  })

  it('let only bridge.ts touch window.bridge', () => {
    const wrong = sourceFiles(['renderer/src'], ['.ts', '.vue']).filter(
      (file) => /window\.bridge/.test(withoutComments(read(file))) && file !== 'renderer/src/bridge.ts',
    )
    expect(wrong).toEqual([])
  })
})
