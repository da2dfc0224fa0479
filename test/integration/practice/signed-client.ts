import { gzipSync } from 'node:zlib'
import { canonicalSha256, sha256Hex } from '@engine/crypto/digest'
import { manifestSha256 } from '@engine/crypto/manifest-digest'
import { randomHex } from '@engine/crypto/random'
import { signRequest } from '@engine/crypto/request-signature'
import type { SmKeyPair } from '@engine/crypto/sm-provider'
import { softwareKey } from '@engine/crypto/software-keys'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'
import type { BatchStatusReply, ItemResult, Manifest, ManifestPart, WireItem } from '@shared/domain/exchange'
import type { Clock } from '@shared/kernel/clock'

/** A desk as the protocol sees it: a client id, a key pair, a bureau. */
export interface TestDesk {
  readonly clientId: string
  readonly keys: SmKeyPair
  readonly bureau: { readonly code: string; readonly name: string }
}

/** An answer, with its body parsed where it is JSON. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly json: unknown
}

/** What a call may deviate in, to break one rule at a time. */
export interface Deviation {
  readonly timestamp?: string
  readonly nonce?: string
  readonly headers?: Readonly<Record<string, string | null>>
  /** Sent instead of the signed body. */
  readonly sentBody?: string | Uint8Array
}

/** One batch ready to send. */
export interface SealedBatch {
  readonly manifest: Manifest
  readonly parts: readonly Buffer[]
}

const errorOf = (answer: Answer): { code: string; details: Record<string, unknown> } =>
  (answer.json as { error: { code: string; details: Record<string, unknown> } }).error

/** The error code of a refusal. */
export const codeOf = (answer: Answer): string => errorOf(answer).code

/** The details of a refusal. */
export const detailsOf = (answer: Answer): Record<string, unknown> => errorOf(answer).details

/** A small client of protocol v1 that signs honestly and can be told to lie. */
export function createSignedClient(origin: () => string, desk: TestDesk, clock: Clock) {
  const call = async (
    method: string,
    path: string,
    body: string | Uint8Array | null = null,
    headers: Readonly<Record<string, string>> = {},
    deviation: Deviation = {},
  ): Promise<Answer> => {
    const target = `/api/v1${path}`
    const signed = signRequest(
      sm,
      { method, target, body },
      {
        clientId: desk.clientId,
        key: softwareKey(desk.keys.privateKey),
        timestamp: deviation.timestamp ?? clock.now(),
        nonce: deviation.nonce ?? randomHex(16),
      },
    )
    const merged = Object.entries({ ...headers, ...signed, ...deviation.headers }).filter(
      ([, value]) => value !== null,
    )
    const sent = deviation.sentBody ?? body
    const response = await fetch(origin() + target, {
      method,
      headers: merged as [string, string][],
      redirect: 'error',
      ...(sent === null ? {} : { body: sent as string | Uint8Array<ArrayBuffer> }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: isJson ? (JSON.parse(text) as unknown) : null,
    }
  }
  const json = { 'content-type': 'application/json' }
  const ndjson = { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' }

  const client = {
    call,
    get: (path: string) => call('GET', path),
    post: (path: string, body: unknown) => call('POST', path, JSON.stringify(body), json),
    open: (manifest: Manifest) => call('PUT', `/batches/${manifest.batchId}`, JSON.stringify(manifest), json),
    part: (batchId: string, no: number, bytes: Uint8Array) =>
      call('PUT', `/batches/${batchId}/parts/${no}`, bytes, ndjson),
    close: (batchId: string) => call('POST', `/batches/${batchId}/close`),
    state: async (batchId: string) => (await call('GET', `/batches/${batchId}`)).json as BatchStatusReply,

    /** Polls until the batch is done. */
    async settled(batchId: string): Promise<BatchStatusReply> {
      for (let round = 0; round < 600; round++) {
        const reply = await client.state(batchId)
        if (reply.state === 'done') return reply
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      throw new Error('the batch was not settled')
    },

    async items(batchId: string): Promise<ItemResult[]> {
      const items: ItemResult[] = []
      for (let after: number | null = 0; after !== null;) {
        const page = (await call('GET', `/batches/${batchId}/items?after=${after}&limit=500`)).json as {
          items: ItemResult[]
          next: number | null
        }
        items.push(...page.items)
        after = page.next
      }
      return items
    },

    /** Sends a whole batch and waits for its outcomes. */
    async submit(items: readonly WireItem[], batchId: string): Promise<ItemResult[]> {
      const batch = sealBatch(desk, batchId, items)
      await client.open(batch.manifest)
      for (const [index, bytes] of batch.parts.entries()) await client.part(batchId, index + 1, bytes)
      await client.close(batchId)
      await client.settled(batchId)
      return client.items(batchId)
    },
  }
  return client
}

export type SignedClient = ReturnType<typeof createSignedClient>

/** Seals items into a manifest and gzip parts. */
export function sealBatch(
  desk: TestDesk,
  batchId: string,
  items: readonly WireItem[],
  perPart = 500,
): SealedBatch {
  const groups: WireItem[][] = []
  for (let at = 0; at < items.length; at += perPart) groups.push(items.slice(at, at + perPart))
  const parts = groups.map((group) => packLines(group.map((item) => JSON.stringify(item))))
  const described: ManifestPart[] = parts.map((bytes, index) => ({
    no: index + 1,
    items: groups[index]!.length,
    bytes: bytes.length,
    sha256: sha256Hex(bytes),
  }))
  const body = {
    batchId,
    bureau: desk.bureau.code,
    standard: { id: 'pingxiang-credit', version: '2026.1' },
    itemCount: items.length,
    partCount: parts.length,
    parts: described,
  }
  return { manifest: { ...body, manifestSha256: manifestSha256(body) }, parts }
}

/** Gzip bytes of lines, each closed by a line feed. */
export const packLines = (lines: readonly string[]): Buffer =>
  gzipSync(lines.map((line) => `${line}\n`).join(''), { level: 1 })

/** The same manifest after a change, with its hash made right again. */
export function changedManifest(manifest: Manifest, change: Partial<Manifest>): Manifest {
  const body = { ...manifest, ...change, manifestSha256: '' }
  return { ...body, manifestSha256: manifestSha256(body) }
}

/** The same item after a change of its payload, with its hash made right again. */
export function withPayload(item: WireItem, payload: Readonly<Record<string, string>>): WireItem {
  return { ...item, payload, sha256: canonicalSha256(payload) }
}
