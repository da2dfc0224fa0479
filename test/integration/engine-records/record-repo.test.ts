import { describe, expect, it } from 'vitest'
import { canonicalJson } from '@shared/kernel/canonical-json'
import type { Json } from '@shared/kernel/canonical-json'
import { sha256Hex } from '@engine/crypto/digest'
import { createAuditRepo } from '@engine/repos/audit-repo'
import { createRecordLookup } from '@engine/repos/record-lookup'
import { createRecordRepo } from '@engine/repos/record-repo'
import { createSettingRepo } from '@engine/repos/setting-repo'
import type { Issue } from '@shared/standard/issue'
import { openedStore, recordEntity, revisionEntity } from './store-fixture'

function bench() {
  const opened = openedStore()
  const { database, store, clock } = opened
  const records = createRecordRepo(database, clock)
  const add = (recordId: string, changes = {}, revision = {}): void =>
    store.write(() => {
      records.insert(recordEntity({ recordId, ...changes }))
      records.insertRevision(revisionEntity({ recordId, ...revision }))
    })
  return { ...opened, records, lookup: createRecordLookup(database), audit: createAuditRepo(database), add }
}

const issue = (changes: Partial<Issue>): Issue => ({
  code: 'field.length',
  severity: 'warning',
  field: 'XK_NR',
  value: '甲',
  params: {},
  ...changes,
})

describe('a record', () => {
  it('is read back as it was written, every member', () => {
    const { records, add } = bench()
    const whole = recordEntity({
      recordId: 'a',
      naturalKey: 'K',
      isDuplicate: true,
      heldReason: '等章',
      heldUntil: '2026-12-01',
      excludedBasis: 'classified',
      excludedReason: '涉密',
      platformRef: 'P-1',
      acceptedRevision: 1,
      firstReceivedAt: '2026-11-20T01:00:00.000Z',
      originFileHash: 'ff',
      originFileName: 'a.xlsx',
      originSheet: '许可',
      originRow: 7,
      importId: 'i',
      headline: '一句话',
      headlineCode: 'field.length',
      openIssues: 2,
    })
    add('a', whole)
    expect(records.find('a')).toEqual(whole)
    expect(records.findByPlatformRef('P-1')?.recordId).toBe('a')
    expect(records.find('b')).toBeNull()
  })

  it('keeps raw cells beside values, also those that gave no value', () => {
    const { records, add } = bench()
    const content = {
      raw: { XK_NR: ' 甲 ', XK_WSH: '一号', XK_XDR_ZJHM: '4.4E+17' },
      values: { XK_NR: '甲', XK_WSH: '一号' },
    }
    add('a', {}, content)
    expect(records.revision('a', 1)).toMatchObject(content)
  })

  it('never loses the content of a revision to an update or a delete', () => {
    const { database, add } = bench()
    add('a')
    for (const sql of [
      "UPDATE revision SET value_json = '{}'",
      "UPDATE revision SET sha256 = 'x'",
      "UPDATE revision SET author = 'x'",
      'DELETE FROM revision',
    ]) {
      expect(() => database.exec(sql)).toThrow(/append-only|never deleted/)
    }
  })

  it('has one owner of a natural key; duplicates and discarded records do not count', () => {
    const { records, add, lookup } = bench()
    add('a', { naturalKey: 'K' })
    expect(() => add('b', { naturalKey: 'K' })).toThrow(/UNIQUE/)
    add('b', { naturalKey: 'K', isDuplicate: true })
    add('c', { naturalKey: 'K', editorial: 'discarded' })
    expect(records.findByNaturalKey('K')?.recordId).toBe('a')
    expect(
      lookup.duplicatesOf('K', recordEntity({ recordId: 'a' }).docKey).map(({ recordId }) => recordId),
    ).toEqual(['b'])
  })

  it('refuses an update of a record that is not there', () => {
    const { records, store } = bench()
    expect(() => store.write(() => records.update('a', { editorial: 'held' }))).toThrow('no record a')
  })
})

describe('issues', () => {
  it('keep a confirmation of the same code, field and value, also into the next revision', () => {
    const { records, store, add } = bench()
    add('a')
    store.write(() => records.replaceLocalIssues('a', 1, [issue({}), issue({ code: 'other' })]))
    const confirmation = { code: 'field.length', field: 'XK_NR', by: '王示例', reason: '属实' }
    expect(store.write(() => records.confirmIssues('a', 1, confirmation))).toBe(1)
    store.write(() => records.replaceLocalIssues('a', 1, [issue({}), issue({ code: 'third' })]))
    expect(records.issues('a', 1).map(({ code, confirmedBy }) => [code, confirmedBy])).toEqual([
      ['field.length', '王示例'],
      ['third', null],
    ])
    store.write(() => {
      records.insertRevision(revisionEntity({ recordId: 'a', revision: 2 }))
      records.replaceLocalIssues('a', 2, [issue({}), issue({ code: 'third' })])
    })
    expect(records.issues('a', 2).map(({ confirmedBy }) => confirmedBy)).toEqual(['王示例', null])
    store.write(() => records.replaceLocalIssues('a', 2, [issue({ value: '乙' })]))
    expect(records.issues('a', 2).map(({ confirmedBy }) => confirmedBy)).toEqual([null])
  })

  it('of the platform outlive a new check', () => {
    const { records, store, add } = bench()
    add('a')
    store.write(() => {
      records.addPlatformIssues('a', 1, [
        issue({ code: 'platform.1001', severity: 'error', params: { serverText: '查无' } }),
      ])
      records.replaceLocalIssues('a', 1, [issue({})])
      records.replaceLocalIssues('a', 1, [])
    })
    expect(records.issues('a', 1)).toMatchObject([{ source: 'platform', code: 'platform.1001' }])
  })
})

describe('what may be sealed', () => {
  it('is every clean, unsent, unheld, unexcluded head that owns its key, the most urgent first', () => {
    const { records, add } = bench()
    add('late', { dueOn: '2026-11-19' })
    add('soon', { dueOn: '2026-11-24' })
    add('never', { dueOn: null })
    add('blocked', { quality: 'blocked', editorial: 'draft' })
    add('warned', { quality: 'warned', editorial: 'draft' })
    add('held', { editorial: 'held' })
    add('excluded', { excludedBasis: 'classified' })
    add('duplicate', { isDuplicate: true })
    add('flying', { delivery: 'sending', editorial: 'sealed' })
    add('accepted', { delivery: 'accepted', editorial: 'sealed' })
    add('gone', { editorial: 'discarded' })
    add('refused', { delivery: 'rejected', editorial: 'draft' })
    add('review', { editorial: 'in_review' })
    const all = { type: null, recordIds: null }
    expect(records.sealable(all).map(({ recordId }) => recordId)).toEqual(['late', 'soon', 'never'])
    expect(records.sealable({ type: 'XZCF_FR', recordIds: null })).toEqual([])
    expect(records.sealable({ type: null, recordIds: ['soon', 'held'] })).toMatchObject([
      { recordId: 'soon' },
    ])
    expect(
      records
        .unsealable(all)
        .map(({ recordId }) => recordId)
        .sort(),
    ).toEqual(['blocked', 'duplicate', 'excluded', 'flying', 'held', 'refused', 'review', 'warned'].sort())
  })
})

describe('the audit trail', () => {
  const filled = () => {
    const opened = bench()
    opened.store.write(() => {
      for (const act of ['record.created', 'record.edited', 'record.held', 'record.released']) {
        opened.audit.append({ at: opened.clock.now(), actor: '王示例', act, ref: 'a', body: { revision: 1 } })
      }
    })
    return opened
  }

  it('chains its rows and reads them newest first', () => {
    const { audit } = filled()
    expect(audit.firstBroken()).toBeNull()
    expect(audit.head().seq).toBe(4)
    expect(audit.ofRef('a', 2).map(({ act }) => act)).toEqual(['record.released', 'record.held'])
    expect(audit.recent(['record.created', 'record.held'], 5).map(({ act }) => act)).toEqual([
      'record.held',
      'record.created',
    ])
  })

  it.each([
    ['a changed body', "UPDATE audit SET body_json = '{}' WHERE seq = 2", 2],
    ['a changed actor', "UPDATE audit SET actor = 'x' WHERE seq = 3", 3],
    ['a removed row', 'DELETE FROM audit WHERE seq = 2', 2],
    ['a removed first row', 'DELETE FROM audit WHERE seq = 1', 1],
    ['a forged hash', "UPDATE audit SET hash = 'x' WHERE seq = 1", 1],
    [
      'swapped rows',
      "UPDATE audit SET act = CASE seq WHEN 2 THEN 'record.held' ELSE 'record.edited' END WHERE seq IN (2, 3)",
      2,
    ],
  ])('shows %s', (_, sql, seq) => {
    const { audit, database } = filled()
    database.exec('DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete')
    database.exec(sql)
    expect(audit.firstBroken()).toBe(seq)
  })

  it('shows a row whose own hash was made anew, at the row after it', () => {
    const { audit, database } = filled()
    database.exec('DROP TRIGGER audit_no_update')
    const row = database
      .prepare<[string], string>(
        'SELECT json_array(seq, at, ?, act, ref, body_json, prev_hash) FROM audit WHERE seq = 2',
      )
      .pluck()
      .get('李示例')
    const forged = sha256Hex(canonicalJson(JSON.parse(row!) as Json))
    database.prepare("UPDATE audit SET actor = '李示例', hash = ? WHERE seq = 2").run(forged)
    expect(audit.firstBroken()).toBe(3)
  })

  it('refuses changes, deletions and rows outside a transaction', () => {
    const { audit, database, clock } = filled()
    expect(() => database.exec("UPDATE audit SET act = 'x'")).toThrow('append-only')
    expect(() => database.exec('DELETE FROM audit')).toThrow('append-only')
    const entry = { at: clock.now(), actor: 'a', act: 'b', ref: null, body: {} }
    expect(() => audit.append(entry)).toThrow('outside a transaction')
  })

  it('loses its row with the work that was rolled back', () => {
    const { audit, store, clock } = filled()
    expect(() =>
      store.write(() => {
        audit.append({ at: clock.now(), actor: 'a', act: 'record.edited', ref: 'a', body: {} })
        throw new Error('half way')
      }),
    ).toThrow('half way')
    expect(audit.head().seq).toBe(4)
  })
})

it('settings are kept as they were given', () => {
  const { database, store } = openedStore()
  const settings = createSettingRepo(database)
  expect(settings.get('operator')).toBeNull()
  store.write(() => settings.set('operator', '王示例'))
  store.write(() => settings.set('operator', { name: '李示例' }))
  expect(settings.get('operator')).toEqual({ name: '李示例' })
})
