import { it } from 'vitest'
import { inventedName, inventedUscc } from '@test/fixtures/invented-subjects'
import { assessRaw } from '@engine/services/checking-assessment'
import { recordsBench, soundLicence } from './records-bench'
import { recordEntity, revisionEntity } from './store-fixture'
import { searchText } from '@engine/services/checking-search-text'
it('prof', () => {
  const bench = recordsBench()
  const N = 20000
  const cpu = (name: string, w: () => void) => {
    const c = process.cpuUsage()
    w()
    const u = process.cpuUsage(c)
    console.log(name, Math.round((u.user + u.system) / N), 'us/row of which system', Math.round(u.system / N))
  }
  const ids = Array.from({ length: N }, () => bench.writer && crypto.randomUUID())
  ids.sort()
  const ents = ids.map((recordId, i) =>
    recordEntity({
      recordId,
      docNo: `萍市监许〔2026〕${i}号`,
      docKey: `萍市监许〔2026〕${i}号`,
      naturalKey: `XZXK_FR|11360300014500006J|萍市监许〔2026〕${i}号|${inventedUscc(i)}`,
      subjectName: inventedName(i),
      subjectCode: inventedUscc(i),
      searchText: searchText(`萍市监许〔2026〕${i}号`, inventedName(i), inventedUscc(i)),
      originFileHash: 'ab'.repeat(32),
      originFileName: 'a.csv',
      originSheet: 's',
      originRow: i,
      importId: ids[0]!,
    }),
  )
  cpu('record', () => bench.store.write(() => ents.forEach((e) => bench.records.insert(e))))
  cpu('revision', () =>
    bench.store.write(() =>
      ids.forEach((recordId, i) =>
        bench.records.insertRevision(
          revisionEntity({
            recordId,
            values: soundLicence,
            raw: soundLicence,
            sha256: ids[(i * 7919) % N]!.replaceAll('-', '').repeat(2),
          }),
        ),
      ),
    ),
  )
  cpu('audit', () =>
    bench.store.write(() =>
      ids.forEach((recordId, i) =>
        bench.audit.append({
          at: bench.clock.now(),
          actor: '王示例',
          act: 'record.imported',
          ref: recordId,
          body: { row: i, quality: 'clean' },
        }),
      ),
    ),
  )
  cpu('json', () => ids.forEach(() => JSON.stringify(soundLicence)))
  cpu('find', () => ids.forEach((id) => bench.records.find(id)))
  cpu('findkey', () => ents.forEach((e) => bench.records.findByNaturalKey(e.naturalKey!)))
  cpu('findother', () =>
    ents.forEach((e) => bench.lookup.findOtherSubject({ ...e, exceptRecordId: e.recordId })),
  )
  cpu('checkpoint', () => bench.database.pragma('wal_checkpoint(TRUNCATE)'))
}, 600000)
