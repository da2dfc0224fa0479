import { Session } from 'node:inspector/promises'
import { it } from 'vitest'
import { inventedName, inventedUscc } from '@test/fixtures/invented-subjects'
import { assessRaw } from '@engine/services/checking-assessment'
import { recordsBench, soundLicence } from './records-bench'
it('prof', async () => {
  const bench = recordsBench()
  const type = bench.checking.type('XZXK_FR')
  const N = 20000
  const raws = Array.from({ length: N }, (_, i) => {
    const r: Record<string, string> = {
      ...soundLicence,
      XK_WSH: `萍市监许〔2026〕${i}号`,
      XK_XDR_MC: inventedName(i),
      XK_XDR_SHXYM: inventedUscc(i),
      XK_JDRQ: `2026-11-${String(1 + (i % 20)).padStart(2, '0')}`,
    }
    return r
  })
  const kinds = raws.map((r) =>
    Object.fromEntries(Object.entries(r).map(([k, text]) => [k, { text, kind: 'text' as const }])),
  )
  const session = new Session()
  session.connect()
  const top = async (name: string, w: () => void) => {
    await session.post('Profiler.enable')
    await session.post('Profiler.start')
    const t = performance.now()
    const c = process.cpuUsage()
    w()
    const ms = performance.now() - t
    const u = process.cpuUsage(c)
    const cpu = (u.user + u.system) / 1000
    const { profile } = await session.post('Profiler.stop')
    const self = new Map<string, number>()
    const dt = profile.timeDeltas!
    const byId = new Map(profile.nodes.map((n) => [n.id, n]))
    profile.samples!.forEach((id, i) => {
      const n = byId.get(id)!
      const k =
        n.callFrame.functionName +
        ' ' +
        n.callFrame.url.split('/').slice(-2).join('/') +
        ':' +
        n.callFrame.lineNumber
      self.set(k, (self.get(k) ?? 0) + dt[i]! / 1000)
    })
    console.log(
      name,
      'wall',
      Math.round(ms),
      'cpu',
      Math.round(cpu),
      [...self]
        .sort((a, b) => b[1] - a[1])
        .slice(0, 16)
        .map(([k, v]) => `\n   ${Math.round(v)} ${k}`)
        .join(''),
    )
  }
  const today = bench.deadlines.today()
  for (const name of (process.env['DROP'] ?? '').split(',').filter(Boolean))
    bench.database.exec('DROP INDEX ' + name)
  const out: ReturnType<typeof assessRaw>[] = []
  await top('assess', () => {
    for (const k of kinds) out.push(assessRaw(type, k, today))
  })
  await top('judge', () => {
    for (const a of out) bench.checking.judge(type, a, null)
  })
  await top('insert', () => {
    bench.store.write(() =>
      out.forEach((a, i) => {
        const j = bench.checking.judge(type, a, null)
        const m = bench.writer.insert(type, a, j, raws[i]!, {
          fileHash: 'a',
          fileName: 'b',
          sheet: 's',
          row: i,
          importId: 'x',
        })
        bench.audit.append({
          at: bench.clock.now(),
          actor: 'a',
          act: 'record.imported',
          ref: m.recordId,
          body: { row: i, quality: 'clean' },
        })
      }),
    )
  })
  await top('recheck', () => {
    bench.checking.recheckDrafts(null)
  })
}, 600000)
