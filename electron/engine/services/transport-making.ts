import type { TransportSettings } from '@shared/contract/transport-settings'
import type { Capabilities } from '@shared/domain/exchange'
import type { Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import type { CompiledStandard } from '@shared/standard/standard'
import type { SigningKey } from '@engine/crypto/signing-key'
import type { SmProvider } from '@engine/crypto/sm-provider'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { Database } from '@engine/repos/database'
import { createRowDeliveryRepo, createSealedBatchReader } from '@engine/repos/row-delivery-repo'
import type { SettingRepo, Store } from '@engine/repos/repo-types'
import type { RowBook } from '@engine/transports/rows/row-book'
import type { RowLayout } from '@engine/transports/rows/row-port'
import { transportRegistry } from '@engine/transports/transport-registry'
import type { TransportPorts } from '@engine/transports/transport-registry'
import type { Transport, TransportFactory } from '@engine/transports/transport-port'

export interface TransportMakingDeps {
  readonly database: Database
  readonly store: Store
  readonly batches: BatchRepo
  readonly settings: SettingRepo
  readonly clock: Clock
  readonly sm: SmProvider
  readonly deskKey: SigningKey
  readonly standard: () => CompiledStandard
  /** Takes the place of the product's own transport over HTTP. */
  readonly transportFactory?: TransportFactory
}

/** How a record type looks in rows, by the names of its fields on the wire. */
function layoutOf(standard: CompiledStandard, recordType: string): RowLayout {
  const type = standard.types.get(recordType)
  if (type === undefined) throw new Error(`no record type ${recordType}`)
  const wire = new Map(type.fields.map((field) => [field.code, field.wire?.name ?? field.code]))
  const { docNo, subjectName } = type.spec.search
  const dates = type.fields.filter((field) => field.type === 'date').map(({ code }) => wire.get(code) ?? code)
  return {
    recordType,
    docNoField: docNo === null ? null : (wire.get(docNo) ?? docNo),
    subjectField: wire.get(subjectName) ?? subjectName,
    dateFields: new Set(dates),
  }
}

/** Makes the transport of a chosen way, with this desk's store behind it. Refuses `connection.by-hand`. */
export function createTransportMaker(deps: TransportMakingDeps): (settings: TransportSettings) => Transport {
  const { store, settings, clock, sm } = deps
  const rows = createRowDeliveryRepo(deps.database)

  const book: RowBook = {
    ...rows,
    begin: (batchId, at) => store.write(() => rows.begin(batchId, at)),
    note: (batchId, changes, at, evidence) => store.write(() => rows.note(batchId, changes, at, evidence)),
  }
  const about = (): Pick<Capabilities, 'bureau' | 'standards' | 'calendar'> => {
    const desk = settings.get<{ readonly bureauCode: string; readonly bureauName: string }>('desk')
    if (desk === null) throw new Error('the desk has no bureau')
    const { id, version, from, to } = deps.standard().pack
    return {
      bureau: { code: desk.bureauCode, name: desk.bureauName },
      standards: [{ id, version, from, to }],
      calendar: { version: '' },
    }
  }
  const ports: TransportPorts = {
    ...{ book, clock, sm, about },
    sealed: createSealedBatchReader(deps.batches),
    layoutOf: (recordType) => layoutOf(deps.standard(), recordType),
    key: deps.deskKey,
  }

  return (chosen) => {
    if (chosen.kind === 'http' && deps.transportFactory !== undefined) {
      const { platformUrl, clientId, spelling } = chosen
      return deps.transportFactory({ platformUrl, clientId, spelling, key: ports.key })
    }
    switch (chosen.kind) {
      case 'http':
        return transportRegistry.http.create(chosen, ports)
      case 'package':
        return refuse('connection.by-hand')
      case 'city-soap':
        return transportRegistry['city-soap'].create(chosen, ports)
      case 'front-db':
        return transportRegistry['front-db'].create(chosen, ports)
    }
  }
}
