import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { MAX_UPLOAD_BYTES } from '@shared/contract/page-files'
import { refuse } from '@shared/kernel/failure'
import { plainFileName } from '@shared/kernel/file-name'

/** A file a page knows by token. */
export interface ShelvedFile {
  readonly token: string
  readonly name: string
  readonly bytes: number
}

interface Place {
  readonly path: string
  readonly name: string
}

/**
 * Files between a page and the engine, known to the page by token only. Everything lies under names of our own in one
 * folder, which is emptied at start and end: uploads hold personal data.
 */
export interface FileShelf {
  /** Empties and makes the folder: only once the desk is ours, since another host may be using it. */
  prepare(): Promise<void>
  /** Takes an upload; refuses `input.file-too-large` past the limit and leaves nothing behind then. */
  receive(name: string, content: Readable): Promise<ShelvedFile>
  /** Puts a file of our own (a sample) on the shelf without copying it. */
  offer(path: string, name: string): Promise<ShelvedFile>
  /** A place for the engine to write to. */
  newTarget(name: string): { readonly token: string; readonly name: string }
  /** Lets the page download a written target; refuses `output.not-writable` for one that is unknown or not written. */
  deliver(token: string): Promise<void>
  /** A delivered target, or null. */
  delivered(token: string): Place | null
  /** The engine's view. */
  source(token: string): Place
  target(token: string): Place
  /** Empties the folder. */
  close(): Promise<void>
}

/** A shelf in `folder`; nothing is touched before `prepare`. */
export function createFileShelf(folder: string): FileShelf {
  const sources = new Map<string, Place>()
  const targets = new Map<string, Place>()
  const delivered = new Map<string, Place>()
  const newToken = (): string => randomBytes(24).toString('base64url')

  return {
    async prepare() {
      await rm(folder, { recursive: true, force: true })
      await mkdir(folder, { recursive: true, mode: 0o700 })
    },
    async receive(given, content) {
      const token = newToken()
      const place = { path: join(folder, token), name: plainFileName(given) }
      let bytes = 0
      const limit = new Transform({
        transform(piece: Buffer, _encoding, done) {
          bytes += piece.length
          // Past the limit the rest is read and dropped: a browser that is cut off would not see the reason.
          if (bytes > MAX_UPLOAD_BYTES) done()
          else done(null, piece)
        },
      })
      try {
        await pipeline(content, limit, createWriteStream(place.path, { mode: 0o600, flags: 'wx' }))
      } catch (error) {
        await rm(place.path, { force: true })
        throw error
      }
      if (bytes > MAX_UPLOAD_BYTES) {
        await rm(place.path, { force: true })
        refuse('input.file-too-large', { file: place.name, limitMb: MAX_UPLOAD_BYTES / 1024 / 1024 })
      }
      sources.set(token, place)
      return { token, name: place.name, bytes }
    },
    async offer(path, name) {
      const found = await stat(path).catch(() => refuse('input.missing-file', { file: name }))
      const token = newToken()
      sources.set(token, { path, name })
      return { token, name, bytes: found.size }
    },
    newTarget(given) {
      const token = newToken()
      const name = plainFileName(given)
      targets.set(token, { path: join(folder, token), name })
      return { token, name }
    },
    async deliver(token) {
      const place = targets.get(token) ?? refuse('output.not-writable', { file: '' })
      await stat(place.path).catch(() => refuse('output.not-writable', { file: place.name }))
      delivered.set(token, place)
    },
    delivered: (token) => delivered.get(token) ?? null,
    source: (token) => sources.get(token) ?? refuse('input.missing-file', { file: '' }),
    target: (token) => targets.get(token) ?? refuse('output.not-writable', { file: '' }),
    async close() {
      for (const map of [sources, targets, delivered]) map.clear()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
