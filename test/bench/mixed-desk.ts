/** A desk of very many records, written by the repos of the engine without reading a file. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { addDays } from '@shared/kernel/calendar-date'
import type { Manifest } from '@shared/domain/exchange'
import { isAccepted } from '@shared/domain/record-status'
import { createAuditRepo } from '@engine/repos/audit-repo'
import { createBatchRepo } from '@engine/repos/batch-repo'
import type { BatchItemEntity } from '@engine/repos/batch-rows'
import { createStore } from '@engine/repos/database'
import type { Database } from '@engine/repos/database'
import { openDeskDatabase } from '@engine/repos/desk-database'
import { createPublicityRepo } from '@engine/repos/publicity-repo'
import { createRecordRepo } from '@engine/repos/record-repo'
import type { NewRecord, RecordEntity } from '@engine/repos/repo-types'
import { createDeadlinesService } from '@engine/services/deadlines-service'
import { emptyEntry } from '@engine/services/publicity-counting'
import { loadInstalledCalendar, loadInstalledStandard, typeOf } from '@engine/standards/installed-standard'
import { uuidIds } from '@engine/system-ids'
import { unwatched } from '@engine/ports'
import { benchClock, deskKey, makeDesk, resourceDir } from './bench-desk'
import { licenceColumns, licenceRow } from './licence-rows'
import { mixedRecord } from './mixed-records'
import type { MixedRecord } from './mixed-records'

type Program = (args: readonly string[]) => Promise<void>

/** Desks stay here between runs; git does not see them. */
const CACHE = join(process.env['XINBAO_ROOT'] ?? '.', 'test/bench/__scratch__')
const LOT = 5_000
const STANDARD = { id: 'pingxiang-credit', version: '2026.1' } as const

/** Folder of the kept desk of so many records. */
export const mixedDeskFolder = (count: number): string => join(CACHE, `mixed-desk-${count}`)

/** Content of the usual size: every column of a licence, whatever the type. */
const contentOf = (index: number) => {
  const cells = licenceRow(index % 9_000, false)
  return JSON.stringify(Object.fromEntries(licenceColumns.map((column, at) => [column, cells[at] ?? ''])))
}

function entityOf(mixed: MixedRecord, index: number, dueOn: string | null): RecordEntity {
  const wasSent = isAccepted(mixed.delivery)
  const sentOn = addDays(mixed.legalDate, 1 + (index % 12))
  return {
    recordId: uuidIds.next(),
    recordType: mixed.type,
    naturalKey: `${mixed.type}/${mixed.docKey}`,
    isDuplicate: false,
    docNo: mixed.docNo,
    docKey: mixed.docKey,
    subjectName: mixed.subjectName,
    subjectCode: mixed.subjectCode,
    legalDate: mixed.legalDate,
    dueOn,
    headRevision: 1,
    op: 'create',
    quality: mixed.quality,
    delivery: mixed.delivery,
    editorial: mixed.editorial,
    openIssues: mixed.headlineCode === null ? 0 : 1,
    headlineCode: mixed.headlineCode,
    headline: mixed.headlineCode === null ? null : '示例问题',
    headlineField: null,
    heldReason: mixed.heldReason,
    heldUntil: null,
    excludedBasis: mixed.excludedBasis,
    excludedReason: null,
    platformRef: wasSent ? `PX${index}` : null,
    acceptedRevision: wasSent ? 1 : null,
    firstReceivedAt: wasSent ? `${sentOn}T08:00:00.000Z` : null,
    searchText: mixed.searchText,
    originFileHash: '0e'.repeat(32),
    originFileName: '示例.xlsx',
    originSheet: '示例',
    originRow: index + 2,
    importId: null,
    createdAt: `${mixed.legalDate}T03:00:00.000Z`,
    updatedAt: `${wasSent ? sentOn : mixed.legalDate}T0${index % 10}:${String(index % 60).padStart(2, '0')}:00.000Z`,
  }
}

function madeOf(record: RecordEntity, index: number): NewRecord {
  const issue = {
    severity: 'error' as const,
    field: null,
    value: null,
    params: {},
  }
  return {
    record,
    revision: {
      recordId: record.recordId,
      revision: 1,
      op: 'create',
      reason: null,
      sha256: index.toString(16).padStart(64, '0'),
      standardId: STANDARD.id,
      standardVersion: STANDARD.version,
      quality: record.quality,
      delivery: record.delivery,
      inReplyTo: null,
      author: '示例',
      createdAt: record.createdAt,
      content: { raw: '{}', values: contentOf(index), changes: '[]' },
    },
    issues:
      record.headlineCode === null || record.headlineCode.startsWith('platform.')
        ? []
        : [{ ...issue, code: record.headlineCode }],
  }
}

const manifestOf = (batchId: string, itemCount: number): Manifest => ({
  ...{ batchId, bureau: '', standard: STANDARD, itemCount, partCount: 0, parts: [], manifestSha256: '' },
})

/** Writes the records of a new desk. Displays end three years after the decision, as those of the city do. */
function fill(database: Database, count: number): void {
  const store = createStore(database)
  const records = createRecordRepo(database, benchClock)
  const audit = createAuditRepo(database)
  const batches = createBatchRepo(database)
  const displays = createPublicityRepo(database)
  const deadlines = createDeadlinesService({
    clock: benchClock,
    calendar: loadInstalledCalendar(resourceDir),
  })
  const standard = loadInstalledStandard(resourceDir)
  const outcomes = database.prepare<[string]>(
    'UPDATE batch_item SET outcome = (SELECT delivery FROM record WHERE record.record_id = batch_item.record_id) WHERE batch_id = ?',
  )
  for (let from = 0; from < count; from += LOT) {
    const lot = Array.from({ length: Math.min(LOT, count - from) }, (_, at) => {
      const index = from + at
      const mixed = mixedRecord(index, count)
      const dueOn = deadlines.dueOn(mixed.legalDate, typeOf(standard, mixed.type).spec.deadline)
      return madeOf(entityOf(mixed, index, dueOn), index)
    })
    store.write(() => {
      records.insertNew(lot)
      audit.appendAll(
        lot.map(({ record, revision }, at) => ({
          ...{ at: record.createdAt, actor: revision.author, act: 'record.imported', ref: record.recordId },
          body: { row: from + at + 2, quality: record.quality },
        })),
      )
      const judged = lot.filter(({ record }) => isAccepted(record.delivery) || record.delivery === 'rejected')
      if (judged.length === 0) return
      const items: BatchItemEntity[] = judged.map(({ record, revision }, at) => ({
        itemNo: at + 1,
        recordId: record.recordId,
        revision: 1,
        op: 'create',
        sha256: revision.sha256,
      }))
      const batchId = uuidIds.next()
      const day = judged.at(-1)!.record.legalDate
      const rejected = judged.filter(({ record }) => record.delivery === 'rejected')
      batches.insert(
        {
          batchId,
          label: `示例-${from}`,
          standardId: STANDARD.id,
          standardVersion: STANDARD.version,
          state: 'settled',
          itemCount: items.length,
          manifest: manifestOf(batchId, items.length),
          sealedAt: `${day}T07:00:00.000Z`,
          receivedAt: `${addDays(day, 1)}T08:00:00.000Z`,
          settledAt: `${addDays(day, 1)}T09:00:00.000Z`,
          receiptNo: null,
          counts: {
            ...{ accepted: items.length - rejected.length, warned: 0, rejected: rejected.length },
            ...{ duplicate: 0, pending: 0 },
          },
        },
        [],
        items,
      )
      outcomes.run(batchId)
      for (const [at, { record }] of rejected.entries()) {
        records.addPlatformIssues(record.recordId, 1, [
          {
            ...{ code: `platform.100${at % 7}`, severity: 'error', field: null, value: null },
            params: { serverText: '示例' },
          },
        ])
      }
      for (const { record } of judged) {
        if (!isAccepted(record.delivery)) continue
        displays.save({
          ...emptyEntry(record.recordId),
          revision: 1,
          display: record.recordType.startsWith('XZCF') ? 'penalty' : 'licence',
          startsOn: record.legalDate,
          endsOn: addDays(record.legalDate, 1095),
          publishedOn: addDays(record.legalDate, 13),
          takenDownOn:
            addDays(record.legalDate, 1095) < '2026-11-01' ? addDays(record.legalDate, 1095) : null,
          offFrom: record.recordType.startsWith('XZCF') ? addDays(record.legalDate, 1096) : null,
        })
      }
    })
    if (from % 100_000 === 0) console.error(`${from} of ${count} records`)
  }
  store.close()
}

/** Makes the desk of so many records unless it is kept from an earlier run. */
const mixedDesk: Program = async ([count = '0']) => {
  const folder = mixedDeskFolder(Number(count))
  if (!existsSync(folder)) {
    mkdirSync(CACHE, { recursive: true })
    const making = `${folder}-making`
    rmSync(making, { recursive: true, force: true })
    await makeDesk(making)
    const desk = { dataDir: making, storeKey: deskKey, clock: benchClock }
    fill(openDeskDatabase(desk, unwatched), Number(count))
    renameSync(making, folder)
  }
  console.log(JSON.stringify(folder))
}

export const mixedDeskPrograms = { 'mixed-desk': mixedDesk }
