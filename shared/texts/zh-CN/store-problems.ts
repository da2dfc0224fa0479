import type { StoreProblem, StoreProblemCode } from '@shared/contract/views/upkeep-views'
import { fill } from '@shared/texts/fill'

const sentences: Readonly<Record<StoreProblemCode, string>> = {
  pages: '数据文件有 {count} 处损坏，请停止使用，从备份恢复。',
  references: '有 {count} 行数据指向不存在的内容，请从备份恢复。',
  audit: '操作留痕从第 {seq} 条起对不上，有人改动过，请联系技术人员查明。',
  manifest: '批次 {label} 的清单被改动过，不要再发送，请联系技术人员。',
  part: '批次 {label} 第 {no} 段的内容被改动过，不要再发送，请从备份恢复。',
  receipt: '批次 {label} 的回执与保存的内容对不上，请重新取回执。',
  attachment: '记录的一件佐证材料被改动过（{sha256}），请从备份恢复。',
  'receipt-signature':
    '批次 {label} 的回执与现在的平台公钥、签名写法对不上；如果更换过，属正常，否则请联系技术人员。',
}

/** What is wrong with a store, and what to do. */
export const storeProblemText = ({ code, params }: StoreProblem): string => fill(sentences[code], params)
