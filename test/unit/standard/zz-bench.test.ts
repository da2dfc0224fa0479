import { loadStandard } from '@engine/standards/standard-loader'
import { compileStandard } from '@shared/standard/compile-standard'
import { expect, it } from 'vitest'
it('bench', () => {
  const t = loadStandard('resources/standards/pingxiang-credit/2026.1').types.get('XZCF_FR')!
  const base: Record<string, string> = {
    CF_XDR_MC: '萍乡市某某建材有限公司',
    CF_XDR_LB: '法人及非法人组织',
    CF_XDR_SHXYM: '91360000625912173B',
    CF_FRDB: '张三',
    CF_WSH: '萍环罚〔2026〕12号',
    CF_WFXW: '违反大气污染防治管理规定',
    CF_SY: '2026年3月2日，执法人员检查发现该公司粉碎车间未采取密闭措施，粉尘无组织排放。'.repeat(3),
    CF_YJ: '《中华人民共和国大气污染防治法》第一百零八条',
    CF_CFLB: '罚款',
    CF_NR: '罚款人民币20000元',
    CF_NR_FK: '2',
    CF_JDRQ: '2026-03-20',
    CF_YXQ: '2027-03-20',
    CF_CFJG: '萍乡市某某局',
    CF_CFJGDM: '11230500001755309F',
    CF_SJLY: '萍乡市某某局',
    CF_SJLYDM: '11230500001755309F',
  }
  const ctx = { today: '2026-05-01' }
  expect(t.check(base, ctx)).toEqual([])
  const recs = Array.from({ length: 1000 }, (_, i) => ({
    ...base,
    CF_WSH: `萍环罚〔2026〕${i}号`,
    CF_NR: `罚款人民币${i + 1}0000元`,
    CF_NR_FK: String(i + 1),
  }))
  for (let r = 0; r < 20; r++) for (const x of recs) t.check(x, ctx)
  const a = performance.now()
  const N = 100
  for (let r = 0; r < N; r++) for (const x of recs) t.check(x, ctx)
  const ms = performance.now() - a
  console.log('check/s', Math.round((N * 1000) / (ms / 1000)))
  const pack = loadStandard('resources/standards/pingxiang-credit/2026.1').pack
  const rate = (pk: typeof pack) => { const ty = compileStandard(pk).types.get('XZCF_FR')!
    for (let r=0;r<10;r++) for (const x of recs) ty.check(x, ctx)
    const a = performance.now(); for (let r=0;r<50;r++) for (const x of recs) ty.check(x, ctx); return (performance.now()-a)/50 }
  const full = rate(pack); const out: string[] = ['full us/rec '+full.toFixed(2)]
  for (const id of new Set(pack.rules.XZCF_FR!.map(r=>r.id))) out.push((full-rate({...pack, rules:{...pack.rules, XZCF_FR: pack.rules.XZCF_FR!.filter(r=>r.id!==id)}})).toFixed(2)+' '+id)
  out.push('no rules: '+rate({...pack, rules:{}}).toFixed(2))
  const noform = {...pack, rules:{}, recordTypes: pack.recordTypes.map(t=>({...t, fields: t.fields.map(({format, ...f})=>f)}))} as never
  out.push('no rules, no format: '+rate(noform).toFixed(2))
  console.log(out.join('\n'))
  const raws = recs.map((x) =>
    Object.fromEntries(Object.entries(x).map(([k, v]) => [k, { text: v, kind: 'text' as const }])),
  )
  const b = performance.now()
  for (let r = 0; r < 20; r++) for (const x of raws) t.normalise(x)
  console.log('norm/s', Math.round((20 * 1000) / ((performance.now() - b) / 1000)))
})
