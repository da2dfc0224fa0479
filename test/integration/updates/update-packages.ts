/** Update packages for tests, signed with keys that are made for each run. */
import { appendFileSync, cpSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { softwareKey } from '@engine/crypto/software-keys'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'
import { issueUpdate, type UpdateStatement } from '@engine/updates/update-issuing'

export const makerKeys = sm.generateKeyPair()
export const foreignKeys = sm.generateKeyPair()
export const trust = { product: 'xinbao', channel: 'stable', publicKey: makerKeys.publicKey }

/** What a Windows program begins with, and two megabytes of it. */
export const installerBytes = (): Buffer =>
  Buffer.concat([Buffer.from('MZ\x90\0', 'latin1'), Buffer.alloc(2 * 1024 * 1024 + 7, 'installer ')])

/** The resources of the release with the makers' test key in them. */
export function resourcesWithKey(folder: string): string {
  const target = join(folder, 'resources')
  cpSync(resolve(import.meta.dirname, '../../../resources'), target, { recursive: true })
  writeFileSync(join(target, 'updates/trust.json'), JSON.stringify(trust))
  return target
}

/** Packages in one folder. */
export function packagesIn(folder: string) {
  mkdirSync(folder, { recursive: true })
  const installer = join(folder, 'setup.exe')
  writeFileSync(installer, installerBytes())

  const make = async (
    name: string,
    changes: Partial<UpdateStatement> = {},
    privateKey = makerKeys.privateKey,
  ): Promise<string> => {
    const path = join(folder, name)
    const statement = { product: 'xinbao', channel: 'stable', version: '0.2.0', notes: '修复若干问题' }
    await issueUpdate(installer, path, { ...statement, ...changes }, softwareKey(privateKey))
    return path
  }
  /** Puts another first line before the same installer. */
  const retold = (path: string, change: (line: string) => string): string => {
    const bytes = readFileSync(path)
    const end = bytes.indexOf('\n')
    const line = change(bytes.toString('utf8', 0, end))
    writeFileSync(path, Buffer.concat([Buffer.from(`${line}\n`), bytes.subarray(end + 1)]))
    return path
  }
  return {
    installer,
    make,
    unsigned: async (name: string) =>
      retold(await make(name), (line) => JSON.stringify({ ...(JSON.parse(line) as object), signature: '' })),
    /** A genuine package whose signed line was changed afterwards. */
    relabelled: async (name: string) =>
      retold(await make(name), (line) => line.replace('"0.2.0"', '"0.3.0"')),
    cutTo: async (name: string, length: number) => {
      const path = await make(name)
      truncateSync(path, readFileSync(path).indexOf('\n') + 1 + length)
      return path
    },
    lengthened: async (name: string) => {
      const path = await make(name)
      appendFileSync(path, 'x')
      return path
    },
    swapped: async (name: string) => {
      const path = await make(name)
      const bytes = readFileSync(path)
      bytes[bytes.length - 1] = bytes[bytes.length - 1]! ^ 1
      writeFileSync(path, bytes)
      return path
    },
    write: (name: string, bytes: Buffer | string): string => {
      writeFileSync(join(folder, name), bytes)
      return join(folder, name)
    },
  }
}
