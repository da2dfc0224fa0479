/** The outage proof as one page that any browser prints: text only, no script, nothing loaded from anywhere. */
import type { ProbeView, SignedOutageProof } from '@shared/contract/views/outage-views'
import type { ProbeStep } from '@shared/domain/line-probe'
import { fill } from '@shared/texts/fill'
import {
  lineFaultTexts,
  outagePageTexts as words,
  probeResultTexts,
  probeStepTexts,
} from '@shared/texts/zh-CN/outage'

/** Probes that fit on the page; the file of JSON beside it has more. */
const ON_PAGE = 16

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string | number): string =>
  String(text).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '')

/** An instant as people in China read it. */
const moment = (at: string): string =>
  new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  `<table><thead><tr>${head.map((cell) => `<th>${escaped(cell)}</th>`).join('')}</tr></thead><tbody>${rows
    .map((cells) => `<tr>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`)
    .join('')}</tbody></table>`

/** One step in words: 连接平台 不通（ETIMEDOUT）. */
export const stepText = ({ step, ok, detail }: ProbeStep): string => {
  const result = ok === null ? probeResultTexts.skipped : ok ? probeResultTexts.ok : probeResultTexts.failed
  return `${probeStepTexts[step]}${result}${ok === false ? `（${detail}）` : ''}`
}

const shownProbes = (probes: readonly ProbeView[]): readonly ProbeView[] => {
  if (probes.length <= ON_PAGE) return probes
  const changes = probes.filter(
    (probe, at) => at === 0 || at === probes.length - 1 || probe.fault !== probes[at - 1]!.fault,
  )
  return changes.length >= ON_PAGE ? changes.slice(0, ON_PAGE) : changes
}

const style = `body{font:12px/1.6 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#111;margin:12mm}
h1{font-size:18px;text-align:center;margin:0 0 6px}h2{font-size:13px;margin:10px 0 3px}
table{width:100%;border-collapse:collapse}th,td{border:1px solid #999;padding:2px 6px;text-align:left;vertical-align:top}
dl{display:grid;grid-template-columns:7em 1fr;gap:0 8px;margin:6px 0}dt{color:#555}dd{margin:0;overflow-wrap:anywhere}
.code{font-family:monospace;font-size:10px;overflow-wrap:anywhere}.sign{display:flex;gap:30mm;margin-top:12mm}
@page{size:A4;margin:10mm}@media print{body{margin:0}}`

/** The whole document. */
export function outagePage({ proof, signature }: SignedOutageProof): string {
  const shown = shownProbes(proof.probes)
  const facts: readonly (readonly [string, string])[] = [
    [words.bureau, `${proof.bureau.name}（${proof.bureau.code}）`],
    [words.platform, proof.platformUrl ?? ''],
    [words.client, proof.clientId ?? ''],
    [words.span, `${moment(proof.from)} — ${moment(proof.to)}`],
    [words.madeAt, moment(proof.madeAt)],
  ]
  const { spanHead, waitingHead, probeHead } = words
  const spans = proof.spans.map(({ from, to, fault, probes }) => [
    ...[moment(from), moment(to), lineFaultTexts[fault], probes],
  ])
  const waiting = proof.waiting.map(({ label, items, sealedAt, receivedAt }) => [
    ...[label, items, moment(sealedAt), receivedAt === null ? words.notReceived : moment(receivedAt)],
  ])
  const probes = shown.map(({ probeNo, at, fault, steps, hash }) => [
    ...[probeNo, moment(at), lineFaultTexts[fault], steps.map(stepText).join('；'), hash.slice(0, 16)],
  ])
  const announced = proof.announced.map(({ text }) => `<p>${escaped(text)}</p>`).join('')
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${words.title}</title><style>${style}</style></head><body>
<h1>${words.title}</h1><p>${words.lead}</p>
<dl>${facts.map(([name, value]) => `<dt>${name}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>
<h2>${words.spans}</h2>${table([spanHead.from, spanHead.to, spanHead.fault, spanHead.probes], spans)}
<h2>${words.waiting}</h2>${
    waiting.length === 0
      ? `<p>${words.noWaiting}</p>`
      : table([waitingHead.label, waitingHead.items, waitingHead.sealedAt, waitingHead.receivedAt], waiting)
  }
<h2>${words.announced}</h2>${announced === '' ? `<p>${words.noAnnounced}</p>` : announced}
<h2>${words.probes}</h2>
<p>${escaped(fill(words.probeCount, { count: proof.probeCount, shown: shown.length }))}${
    proof.isChainWhole ? words.chain.whole : words.chain.broken
  }</p>
${table([probeHead.no, probeHead.at, probeHead.fault, probeHead.steps, probeHead.hash], probes)}
<h2>${words.signature}</h2><p class="code">${escaped(signature)}</p>
<p class="code">${words.publicKey} ${escaped(proof.deskPublicKey)}</p><p>${words.verify}</p>
<p class="sign"><span>${words.operatorSign}</span><span>${words.seal}</span></p>
</body></html>
`
}
