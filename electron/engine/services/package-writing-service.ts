/**
 * Submission without a wire: what is ready is sealed as for any other way and put into a file, encrypted for the
 * platform and signed by this desk, which a person carries. From then on those batches wait for an answer file; no
 * wire carries them. The file is kept, so that writing it again gives the same bytes.
 */
import { writeFile } from 'node:fs/promises'
import type { PackageWritten } from '@shared/contract/views/exchange-views'
import type { Clock } from '@shared/kernel/clock'
import { FailureError, refuse } from '@shared/kernel/failure'
import type { Ids } from '@shared/kernel/ids'
import { canonicalJson } from '@shared/kernel/canonical-json'
import type { Json } from '@shared/kernel/canonical-json'
import { connectionDetails } from '@shared/texts/zh-CN/connection'
import { sha256Hex } from '@engine/crypto/digest'
import type { SmProvider } from '@engine/crypto/sm-provider'
import { sealEnvelope } from '@engine/envelope/envelope-writer'
import { memberNames } from '@engine/envelope/package-layout'
import type { PackageHead } from '@engine/envelope/package-layout'
import type { ZipMember } from '@engine/envelope/stored-zip'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { FeedRepo } from '@engine/repos/feed-repo'
import type { OutboxRepo } from '@engine/repos/outbox-repo'
import type { PackageEntity, PackageRepo } from '@engine/repos/package-repo'
import type { AuditRepo, BatchEntity, Store } from '@engine/repos/repo-types'
import { writeWhole } from '@engine/sheets/output-file'
import type { BatchViewService } from './batch-view-service'
import type { ConnectionService } from './connection-port'
import type { SealingService, SealRequest } from './sealing-service'
import type { SubmissionJournal } from './submission-journal'

export interface PackageWritingService {
  /**
   * Seals what is ready and gives it out as a file; where nothing is ready, the newest file that waits for its answer
   * comes out again, byte for byte. Where there is neither, no file is written. Refuses `package.no-key`,
   * `connection.missing`, `connection.invalid` (the chosen way leads to no exchange platform), `platform.other-bureau`, `output.not-writable` (the package is made all the same and comes out
   * the next time).
   */
  write(request: SealRequest, path: string): Promise<PackageWritten>
}

export interface PackageWritingDeps {
  readonly store: Store
  readonly packages: PackageRepo
  readonly batches: BatchRepo
  readonly outbox: OutboxRepo
  readonly feed: FeedRepo
  readonly audit: AuditRepo
  readonly sealing: SealingService
  readonly journal: SubmissionJournal
  readonly connection: ConnectionService
  readonly views: BatchViewService
  readonly sm: SmProvider
  readonly clock: Clock
  readonly ids: Ids
  readonly actor: () => string
  /** Brings the mark of how far this store has come to the disk; throws when it cannot. */
  readonly secureHead: () => void
}

export function createPackageWriting(deps: PackageWritingDeps): PackageWritingService {
  const { store, packages, batches, outbox } = deps

  /** Sealed, untouched by any way, and nobody is at it. */
  const isFree = ({ batchId, state }: BatchEntity): boolean => {
    const entry = outbox.find(batchId)
    return state === 'sealed' && entry?.carrier === null && entry.lockedBy === null
  }

  const membersOf = ({ batchId, manifest }: BatchEntity): readonly ZipMember[] => [
    {
      name: memberNames.manifest(batchId),
      bytes: Buffer.from(canonicalJson(manifest as unknown as Json), 'utf8'),
    },
    ...manifest.parts.map(({ no, sha256 }) => {
      const part = batches.part(batchId, no)
      if (part === null || sha256Hex(part.bytes) !== sha256) return refuse('storage.damaged')
      return { name: memberNames.part(batchId, no), bytes: part.bytes }
    }),
  ]

  const make = async (held: readonly BatchEntity[]): Promise<PackageEntity> => {
    const { clientId, platformPublicKey, bureau, key, spelling } = deps.connection.identity()
    if (platformPublicKey === null) refuse('package.no-key')
    const madeAt = deps.clock.now()
    const packageId = deps.ids.next()
    const head: PackageHead = {
      packageId,
      clientId,
      bureau,
      feedCursor: deps.feed.position().cursor,
      batches: held.map(({ batchId, manifest }) => ({
        batchId,
        manifestSha256: manifest.manifestSha256,
        parts: manifest.partCount,
      })),
    }
    const bytes = await sealEnvelope(
      { format: 'xinbao-package', madeAt, head, members: held.flatMap(membersOf) },
      { sender: key, recipientPublicKey: platformPublicKey, spelling },
      deps.sm,
    )
    return { packageId, madeAt, sha256: sha256Hex(bytes), bytes }
  }

  /** The package and the way of its batches are one transaction; a batch that went another way meanwhile stays out. */
  const giveOut = (made: PackageEntity, held: readonly BatchEntity[]): boolean =>
    store.write(() => {
      const batchIds = held.map(({ batchId }) => batchId)
      const areFree = batchIds.every((batchId) => isFree(deps.journal.batch(batchId)))
      if (!areFree) return false
      packages.insert(made, batchIds)
      for (const batchId of batchIds) deps.journal.beginSending(batchId, 'package')
      const { packageId, sha256 } = made
      const body = { batches: batchIds.length, sha256 }
      const entry = { at: made.madeAt, actor: deps.actor(), act: 'package.written', ref: packageId }
      deps.audit.append({ ...entry, body })
      return true
    })

  const result = (
    made: PackageEntity | null,
    isAgain: boolean,
    notSent: PackageWritten['notSent'],
  ): PackageWritten => ({
    packageId: made?.packageId ?? null,
    sha256: made?.sha256 ?? null,
    isAgain,
    batches:
      made === null ? [] : packages.batchIds(made.packageId).map((batchId) => deps.views.view(batchId)),
    notSent,
  })

  return {
    async write(request, path) {
      if (!deps.connection.traits().hasReceipts)
        refuse('connection.invalid', { detail: connectionDetails.exchangeOnly })
      if (deps.connection.identity().platformPublicKey === null) refuse('package.no-key')
      const objection = deps.connection.otherBureau()
      if (objection !== null) throw new FailureError(objection)
      const { notSent } = deps.sealing.seal(request)
      const held = batches.open(false).filter(isFree)
      if (held.length === 0) {
        const open = packages.newestOpen()
        if (open !== null) await writeFileTo(path, open.bytes)
        return result(open, open !== null, notSent)
      }
      const made = await make(held)
      if (!giveOut(made, held)) refuse('task.busy')
      deps.secureHead()
      await writeFileTo(path, made.bytes)
      return result(made, false, notSent)
    },
  }
}

const writeFileTo = (path: string, bytes: Uint8Array): Promise<void> =>
  writeWhole(path, (partial) => writeFile(partial, bytes))
