import { test } from 'vitest'
import { bundleEntry } from '@test/fixtures/bundle-entry'
import { nodeSheetLauncher } from '@engine/sheets/node-sheet-launcher'
import { inspectFile, readSheet } from '@engine/sheets/sheet-process'
test('bench', async () => {
  const e = await bundleEntry('electron/engine/sheets/child.ts')
  for (const f of ['/tmp/b-inline.xlsx','/tmp/b-shared.xlsx']) for (let i=0;i<2;i++) {
    let t=performance.now()
    const info = await inspectFile(nodeSheetLauncher(e.path), f)
    console.log(f,'inspect', performance.now()-t, info.sheets[0]?.rows, info.sheets[0]?.firstRows.length)
    t=performance.now(); let n=0
    for await (const ev of readSheet(nodeSheetLauncher(e.path), {path:f, sheet:null})) { if (ev.kind==='rows') n+=ev.rows.length; else console.log(ev.end) }
    console.log('rows', n, performance.now()-t)
  }
})
