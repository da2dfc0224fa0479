import { writeFile } from 'node:fs/promises'
import type { PackagesView, PackageView } from '@shared/contract/views/exchange-views'
import { refuse } from '@shared/kernel/failure'
import type { FailureCode } from '@shared/kernel/failure'
import type { PackageRepo } from '@engine/repos/package-repo'
import { writeWhole } from '@engine/sheets/output-file'
import type { BatchViewService } from './batch-view-service'
import type { ConnectionService } from './connection-port'

/** The files that travel by hand, for those who look at them. */
export interface PackageViewService {
  list(): PackagesView
  /** Writes a file that was given out once more. Refuses `package.not-found`, `output.not-writable`. */
  rewrite(packageId: string, path: string): Promise<{ readonly bytes: number }>
}

const LISTED = 100

/** The sum of the states of its batches. */
function stateOf(batches: PackageView['batches']): PackageView['state'] {
  const states = new Set(batches.map(({ state }) => state))
  const isOver = [...states].every((state) => state === 'settled' || state === 'unsealed')
  if (!isOver) return states.has('settled') ? 'partly' : 'waiting'
  return states.has('settled') ? 'answered' : 'back'
}

export function createPackageViewService(deps: {
  readonly packages: PackageRepo
  readonly views: Pick<BatchViewService, 'view'>
  readonly connection: Pick<ConnectionService, 'traits'>
}): PackageViewService {
  const { packages } = deps
  const batchesOf = (packageId: string): PackageView['batches'] =>
    packages.batchIds(packageId).map((id) => {
      const { batchId, label, items, state } = deps.views.view(id)
      return { batchId, label, items, state }
    })

  return {
    list: () => ({
      isOffered: deps.connection.traits().hasReceipts,
      packages: packages.list(LISTED).map(({ packageId, madeAt, sha256, size }) => {
        const batches = batchesOf(packageId)
        return { packageId, madeAt, sha256, bytes: size, state: stateOf(batches), batches }
      }),
      answers: packages
        .answers(LISTED)
        .map((answer) => ({ ...answer, problem: answer.problem as FailureCode | null })),
    }),

    async rewrite(packageId, path) {
      const { bytes } = packages.find(packageId) ?? refuse('package.not-found')
      await writeWhole(path, (partial) => writeFile(partial, bytes))
      return { bytes: bytes.byteLength }
    },
  }
}
