import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { RegisteredFile } from '@shared/contract/engine-messages'
import { MAX_UPLOAD_BYTES } from '@shared/contract/page-files'
import { pageSecurityHeaders } from '@shared/contract/page-policy'
import { refuse } from '@shared/kernel/failure'
import { plainFileName } from '@shared/kernel/file-name'
import { settle } from '@shared/kernel/settle'

/** A file dropped onto the page: the page has its bytes, not its path, so it sends them. */
export interface PageUpload {
  /** Takes the body of `POST /files`; answers `{token, name, bytes}` or a failure, as the loopback host does. */
  receive(request: Request): Promise<Response>
  /** Removes what was taken: uploads hold personal data. */
  clear(): Promise<void>
}

const givenName = (request: Request): string => {
  try {
    return decodeURIComponent(request.headers.get('x-file-name') ?? '')
  } catch {
    return ''
  }
}

/** Takes uploads into `folder`, which belongs to this program alone, and announces each to the engine. */
export function createPageUpload(options: {
  readonly folder: string
  readonly registerFile: (file: RegisteredFile) => void
  readonly onDefect: (error: unknown) => void
}): PageUpload {
  const { folder } = options

  const take = async (request: Request): Promise<{ token: string; name: string; bytes: number }> => {
    const token = randomBytes(24).toString('base64url')
    const name = plainFileName(givenName(request))
    const path = join(folder, token)
    let bytes = 0
    const limit = new Transform({
      transform(piece: Buffer, _encoding, done) {
        bytes += piece.length
        if (bytes > MAX_UPLOAD_BYTES) done(new Error('too large'))
        else done(null, piece)
      },
    })
    await mkdir(folder, { recursive: true, mode: 0o700 })
    try {
      const body = request.body === null ? Readable.from([]) : Readable.fromWeb(request.body as never)
      await pipeline(body, limit, createWriteStream(path, { mode: 0o600, flags: 'wx' }))
    } catch (error) {
      await rm(path, { force: true })
      if (bytes > MAX_UPLOAD_BYTES) {
        refuse('input.file-too-large', { file: name, limitMb: MAX_UPLOAD_BYTES / 1024 / 1024 })
      }
      throw error
    }
    options.registerFile({ role: 'source', token, path, name })
    return { token, name, bytes }
  }

  return {
    async receive(request) {
      // A plain form cannot send this header; the loopback host asks for the same.
      if (request.headers.get('x-xinbao') !== '1') {
        return new Response(null, { status: 403, headers: { ...pageSecurityHeaders } })
      }
      const taken = await settle(() => take(request), options.onDefect)
      const status = taken.ok ? 200 : taken.failure.code === 'input.file-too-large' ? 413 : 500
      return Response.json(taken.ok ? taken.value : taken, { status, headers: { ...pageSecurityHeaders } })
    },
    clear: () => rm(folder, { recursive: true, force: true }),
  }
}
