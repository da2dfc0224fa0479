import { writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { nodeSheetLauncher } from '@engine/sheets/node-sheet-launcher'
import { bundleEntry } from '@test/fixtures/bundle-entry'
import { inventedName, inventedUscc } from '@test/fixtures/invented-subjects'
import { recordsBench, soundLicence } from './records-bench'
it('bench', async () => {
  const entry = await bundleEntry('electron/engine/sheets/child.ts')
  const bench = recordsBench(nodeSheetLauncher(entry.path))
  const fields = Object.keys(soundLicence)
  const lines = [fields.join(',')]
  const N = Number(process.env['N'] ?? 20000)
  for (let i = 0; i < N; i++) {
    const r: Record<string, string> = {
      ...soundLicence,
      XK_WSH: `萍市监许〔2026〕${i}号`,
      XK_XDR_MC: inventedName(i),
      XK_XDR_SHXYM: inventedUscc(i),
      XK_JDRQ: `2026-11-${String(1 + (i % 20)).padStart(2, '0')}`,
    }
    lines.push(fields.map((f) => r[f]).join(','))
  }
  writeFileSync(bench.at('a.csv'), lines.join('\n'))
  const time = async <T>(name: string, w: () => T | Promise<T>): Promise<T> => {
    const t = performance.now()
    const r = await w()
    console.log(name, Math.round(performance.now() - t))
    return r
  }
  const s = await time('import', () => bench.importFile(bench.at('a.csv')))
  console.log(
    JSON.stringify({ ...s, issues: s.issues.slice(0, 2), changes: s.changes.slice(0, 2), skippedRows: [] }),
  )
  const page = {
    type: null,
    filter: 'all',
    search: '',
    sort: 'danger',
    after: null,
    limit: 100,
    delivery: null,
    clock: null,
    days: bench.deadlines.clockDays(),
  } as const
  await time('page1', () => bench.pages.page(page))
  const p = await time('page1b', () => bench.pages.page(page))
  await time('page2', () => bench.pages.page({ ...page, after: p.next }))
  await time('search', () => bench.pages.page({ ...page, search: '第777' }))
  await time('search pinyin', () => bench.pages.page({ ...page, search: 'mygs' }))
  await time('search updated', () => bench.pages.page({ ...page, search: '第777', sort: 'updated' }))
  for (const sort of ['updated', 'legal_date', 'doc_no', 'subject'] as const)
    await time(sort, () => bench.pages.page({ ...page, sort }))
  for (const filter of ['ready', 'unsent', 'problems', 'due_week'] as const)
    await time(filter, () => bench.pages.page({ ...page, filter }))
  await time('overview', () => bench.desk.overview())
  await time('same again', () => bench.importFile(bench.at('a.csv')))
  await time('recheck', () => bench.checking.recheckDrafts(null))
  await time('audit', () => bench.audit.firstBroken())
  await time('quick_check', () => bench.database.pragma('quick_check(1)'))
  const { statSync } = await import('node:fs')
  bench.database.pragma('wal_checkpoint(TRUNCATE)')
  console.log('MB', statSync(bench.file).size / 1e6)
  expect(1).toBe(1)
  entry.remove()
}, 600000)
