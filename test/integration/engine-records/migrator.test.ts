import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { FailureError } from '@shared/kernel/failure'
import { openDatabase } from '@engine/repos/database'
import type { Database } from '@engine/repos/database'
import { migrations } from '@engine/repos/migrations/migration-list'
import { migrate, schemaVersion } from '@engine/repos/migrator'
import { openedStore, stoppedClock, temporaryFolder, testKey } from './store-fixture'

const next = { version: migrations.length + 1, name: 'next', sql: 'CREATE TABLE extra (a TEXT) STRICT;' }
const broken = {
  version: migrations.length + 2,
  name: 'broken',
  sql: "INSERT INTO extra VALUES ('half'); CREATE TABLE setting (a TEXT);",
}

const failureOf = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    if (error instanceof FailureError) return error.failure
    throw error
  }
  throw new Error('nothing was refused')
}

const tables = (database: Database): readonly string[] =>
  database
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all()

describe('the steps of the schema', () => {
  it('are numbered from 1 without gaps and named as their files', () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1))
    const folder = join(import.meta.dirname, '../../../electron/engine/repos/migrations')
    const files = readdirSync(folder).filter((name) => /^\d{4}-/.test(name))
    expect(files.sort()).toEqual(
      migrations.map(({ version, name }) => `${String(version).padStart(4, '0')}-${name}.ts`),
    )
  })

  it('lead to the committed schema', async () => {
    const { database } = openedStore()
    const objects = database
      .prepare<[], { type: string; name: string; sql: string | null }>(
        "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name",
      )
      .all()
      .map(({ type, name, sql }) => ({ type, name, sql: sql?.split('\n').map((line) => line.trimEnd()) }))
    const snapshot = join(import.meta.dirname, '../../../electron/engine/repos/schema.snapshot.json')
    const text = `${JSON.stringify({ version: schemaVersion(database), objects }, null, 2)}\n`
    await expect(text).toMatchFileSnapshot(snapshot)
  })

  it('make every table STRICT, so that no code ever becomes a number', () => {
    const { database } = openedStore()
    const list = database.pragma('table_list') as readonly { name: string; strict: number; type: string }[]
    const own = list.filter(({ name, type }) => type === 'table' && !name.startsWith('sqlite_'))
    expect(own.length).toBeGreaterThan(10)
    expect(own.filter(({ strict }) => strict !== 1)).toEqual([])
  })
})

describe('the step that adds the field of a headline', () => {
  it('takes it from the open issue that the headline says', () => {
    const file = join(temporaryFolder(), 'store.db')
    const database = openDatabase({ file, key: testKey, create: true })
    onTestFinished(() => void database.close())
    migrate(database, { migrations: migrations.slice(0, 1), clock: stoppedClock() })
    database.exec(`
      INSERT INTO record (record_id, record_type, doc_no, doc_key, subject_name, subject_code, legal_date,
        head_revision, op, quality, delivery, editorial, headline_code, search_text, created_at, updated_at)
      VALUES ('a', 'T', '', '', '', '', '', 2, 'create', 'blocked', 'none', 'draft', 'field.length', '', '', ''),
        ('b', 'T', '', '', '', '', '', 1, 'create', 'clean', 'none', 'checked', NULL, '', '', '');
      INSERT INTO revision (record_id, revision, op, raw_json, value_json, changes_json, sha256, standard_id,
        standard_version, quality, delivery, author, created_at)
      SELECT record_id, value, 'create', '{}', '{}', '[]', '', '', '', 'blocked', 'none', '', ''
      FROM record, json_each('[1, 2]');
      INSERT INTO issue (record_id, revision, source, code, severity, field, params_json, confirmed_by) VALUES
        ('a', 1, 'local', 'field.length', 'error', 'OLD', '{}', NULL),
        ('a', 2, 'local', 'field.required', 'error', 'OTHER', '{}', NULL),
        ('a', 2, 'local', 'field.length', 'warning', 'CONFIRMED', '{}', '经办员'),
        ('a', 2, 'local', 'field.length', 'error', 'BZ', '{}', NULL),
        ('b', 1, 'local', 'field.length', 'hint', 'BZ', '{}', NULL);`)
    migrate(database, { migrations, clock: stoppedClock() })
    expect(database.prepare('SELECT headline_field FROM record ORDER BY record_id').pluck().all()).toEqual([
      'BZ',
      null,
    ])
  })
})

describe('migrating', () => {
  it('does nothing to a store that is up to date', () => {
    const { database, clock, folder } = openedStore()
    expect(migrate(database, { migrations, clock })).toEqual({ backup: null })
    expect(existsSync(join(folder, 'backups'))).toBe(false)
  })

  it('copies the whole store, encrypted under the same key, before it changes one with data', () => {
    const { database, store, clock } = openedStore()
    store.write(() => database.exec("INSERT INTO setting VALUES ('a', '\"萍乡市青山商贸\"')"))
    const { backup } = migrate(database, { migrations: [...migrations, next], clock })
    expect(schemaVersion(database)).toBe(next.version)
    expect(tables(database)).toContain('extra')
    expect(readFileSync(backup!).includes('萍乡市')).toBe(false)
    const copy = openDatabase({ file: backup!, key: testKey })
    expect(schemaVersion(copy)).toBe(migrations.length)
    expect(tables(copy)).not.toContain('extra')
    expect(copy.prepare('SELECT count(*) FROM setting').pluck().get()).toBe(1)
    copy.close()
  })

  it('stops at a step that fails: that step is undone, the ones before stay, the data is whole', () => {
    const { database, store, clock } = openedStore()
    store.write(() => database.exec("INSERT INTO setting VALUES ('a', '1')"))
    const failure = failureOf(() => migrate(database, { migrations: [...migrations, next, broken], clock }))
    expect(failure).toMatchObject({ code: 'storage.migration-failed', params: { version: broken.version } })
    expect(schemaVersion(database)).toBe(next.version)
    expect(database.prepare('SELECT count(*) FROM extra').pluck().get()).toBe(0)
    expect(database.prepare('SELECT count(*) FROM setting').pluck().get()).toBe(1)
    // A corrected step goes on from there.
    migrate(database, { migrations: [...migrations, next, { ...broken, sql: 'DROP TABLE extra;' }], clock })
    expect(schemaVersion(database)).toBe(broken.version)
  })

  it('refuses a step that leaves references to nothing', () => {
    const { database, clock } = openedStore()
    const orphaning = {
      ...next,
      sql: "PRAGMA defer_foreign_keys = ON; INSERT INTO issue (record_id, revision, source, code, severity, params_json) VALUES ('x', 1, 'local', 'c', 'error', '{}');",
    }
    const failure = failureOf(() => migrate(database, { migrations: [...migrations, orphaning], clock }))
    expect(failure.code).toBe('storage.migration-failed')
    expect(schemaVersion(database)).toBe(migrations.length)
  })

  it('refuses the store of a newer program and leaves it as it is', () => {
    const { database, clock, folder } = openedStore()
    database.pragma(`user_version = ${migrations.length + 5}`)
    const failure = failureOf(() => migrate(database, { migrations, clock }))
    expect(failure).toMatchObject({ code: 'storage.newer-schema', retry: { kind: 'never' } })
    expect(schemaVersion(database)).toBe(migrations.length + 5)
    expect(existsSync(join(folder, 'backups'))).toBe(false)
  })
})
