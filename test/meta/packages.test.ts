import { describe, expect, it } from 'vitest'
import { aliases } from '@root/aliases.config'
import { read, sourceFiles, withoutComments } from './source-files'

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
  readonly optionalDependencies: Readonly<Record<string, string>>
  readonly allowScripts: Readonly<Record<string, boolean>>
}
interface LockEntry {
  readonly resolved?: string
  readonly integrity?: string
  readonly link?: boolean
  readonly hasInstallScript?: boolean
}

const manifest = JSON.parse(read('package.json')) as Manifest
const lock = JSON.parse(read('package-lock.json')) as {
  readonly packages: Readonly<Record<string, LockEntry>>
}
const locked = Object.entries(lock.packages).filter(([path]) => path !== '')

/** An import of a package: by name, not by a path. */
const importing = /^(?:import |(?:import|export) [^'=\n]* from |\} from |.*\bimport\()'([@\w][\w./@-]*)'/gm

describe('packages', () => {
  it('are pinned to exact versions', () => {
    const ranges = Object.entries({
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.optionalDependencies,
    }).filter(([, version]) => !/^(npm:[\w-]+@)?\d+\.\d+\.\d+$/.test(version))
    expect(ranges).toEqual([])
  })

  it('are locked by content and without the address of any registry', () => {
    expect(locked.filter(([, entry]) => entry.resolved !== undefined)).toEqual([])
    expect(locked.filter(([, entry]) => entry.integrity === undefined && !entry.link)).toEqual([])
  })

  it('run no install script that the allow-list does not name', () => {
    const nameOf = (path: string): string =>
      path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const withScripts = locked.filter(([, entry]) => entry.hasInstallScript).map(([path]) => nameOf(path))
    expect(withScripts.filter((name) => !Object.hasOwn(manifest.allowScripts, name))).toEqual([])
    expect(read('.npmrc')).toContain('ignore-scripts=true')
  })

  it('keep one runtime dependency outside the bundle', () => {
    expect(Object.keys(manifest.dependencies)).toEqual(['better-sqlite3'])
  })

  it('are declared where they are imported: what another package brings may be gone tomorrow', () => {
    const declared = {
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.optionalDependencies,
    }
    const undeclared = sourceFiles(['electron', 'shared', 'renderer', 'test'], ['.ts', '.vue', '.mjs'])
      .flatMap((file) => [...withoutComments(read(file)).matchAll(importing)].map(([, name]) => name!))
      .map((name) => name.split('/').slice(0, name.startsWith('@') ? 2 : 1))
      .filter(([scope = '']) => !scope.startsWith('node:') && !Object.hasOwn(aliases, scope))
      .map((parts) => parts.join('/'))
      .filter((name) => !Object.hasOwn(declared, name))
    expect(undeclared).toEqual([])
  })
})
