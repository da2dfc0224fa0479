import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Clock } from '@shared/kernel/clock'
import type { Ids } from '@shared/kernel/ids'
import { revisionTexts } from '@shared/standard/revision-texts'
import { createStore, openDatabase } from '@engine/repos/database'
import type { Database } from '@engine/repos/database'
import { migrations } from '@engine/repos/migrations/migration-list'
import { migrate } from '@engine/repos/migrator'
import type { NewRevision, RecordEntity, RevisionEntity, Store } from '@engine/repos/repo-types'

export const testKey = '0f'.repeat(32)

/** A clock that stands still until it is told otherwise. */
export function stoppedClock(instant = '2026-11-20T01:00:00.000Z'): Clock & { set(next: string): void } {
  let current = instant
  return {
    now: () => current,
    set: (next) => {
      current = next
    },
  }
}

/** Ids 00000000-0000-7000-8000-000000000001, ...2, ... */
export function countedIds(): Ids {
  let count = 0
  return { next: () => `00000000-0000-7000-8000-${String(++count).padStart(12, '0')}` }
}

/** When things are put away: after the test, or, with `afterAll`, after the file. */
export type AtEnd = (putAway: () => void) => void

/** A folder that is gone when the test is over. */
export function temporaryFolder(atEnd: AtEnd = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), 'xinbao-'))
  atEnd(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export interface OpenedStore {
  readonly folder: string
  readonly file: string
  readonly database: Database
  readonly store: Store
  readonly clock: ReturnType<typeof stoppedClock>
}

/** A real encrypted store with the newest schema. */
export function openedStore(atEnd: AtEnd = onTestFinished): OpenedStore {
  const folder = temporaryFolder(atEnd)
  const file = join(folder, 'store.db')
  const clock = stoppedClock()
  const database = openDatabase({ file, key: testKey, create: true })
  atEnd(() => void (database.open && database.close()))
  migrate(database, { migrations, clock })
  return { folder, file, database, store: createStore(database), clock }
}

/** A record with every member; give what matters. */
export function recordEntity(changes: Partial<RecordEntity> & Pick<RecordEntity, 'recordId'>): RecordEntity {
  return {
    recordType: 'XZXK_FR',
    naturalKey: null,
    isDuplicate: false,
    docNo: '萍许〔2026〕1号',
    docKey: '萍许〔2026〕1号',
    subjectName: '萍乡市青山商贸有限公司',
    subjectCode: '91360300MA35GJ8U08',
    legalDate: '2026-11-18',
    dueOn: '2026-11-27',
    headRevision: 1,
    op: 'create',
    quality: 'clean',
    delivery: 'none',
    editorial: 'checked',
    openIssues: 0,
    headlineCode: null,
    headline: null,
    headlineField: null,
    heldReason: null,
    heldUntil: null,
    excludedBasis: null,
    excludedReason: null,
    platformRef: null,
    acceptedRevision: null,
    firstReceivedAt: null,
    searchText: '',
    originFileHash: null,
    originFileName: null,
    originSheet: null,
    originRow: null,
    importId: null,
    createdAt: '2026-11-20T01:00:00.000Z',
    updatedAt: '2026-11-20T01:00:00.000Z',
    ...changes,
  }
}

/** A revision with every member. */
export function revisionEntity(
  changes: Partial<RevisionEntity> & Pick<RevisionEntity, 'recordId'>,
): RevisionEntity & NewRevision {
  const revision = {
    revision: 1,
    op: 'create',
    reason: null,
    raw: {},
    values: {},
    changes: [],
    sha256: '00'.repeat(32),
    standardId: 'pingxiang-credit',
    standardVersion: '2026.1',
    quality: 'clean',
    delivery: 'none',
    inReplyTo: null,
    author: '经办员',
    createdAt: '2026-11-20T01:00:00.000Z',
    ...changes,
  } as const
  return { ...revision, content: revisionTexts(revision.raw, revision) }
}
