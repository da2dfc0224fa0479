import type { ContentKind } from '@shared/contract/views/import-views'
import type { RepairProof, RepairProofKind } from '@shared/standard/repair-proof'
import { numberText } from '@renderer/texts/moment'

const contentKinds: Record<ContentKind, string> = {
  uscc: '统一社会信用代码',
  residentId: '居民身份证号码',
  orgCode: '组织机构代码',
  regNo15: '工商注册号',
  docNo: '文书号',
  date: '日期',
  code: '代码表里的词',
}

const weekdays = ['一', '二', '三', '四', '五', '六', '日']
const number = (value: string | number | undefined): string =>
  typeof value === 'number' ? numberText(value) : (value ?? '')

type Sentence = (params: RepairProof['params']) => string

/** Why the repaired value is the same thing. */
const proofs: Record<RepairProofKind, Sentence> = {
  'check-digit': () => '校验位相符',
  'real-day': ({ weekday }) => `确有这一天，星期${weekdays[Number(weekday) - 1] ?? ''}`,
  'day-count': ({ days, from }) => `第 ${number(days)} 天，从 ${String(from)} 年起算`,
  'same-number': () => '数值不变',
  multiplied: ({ factor }) => `原数 × ${number(factor)}`,
  divided: ({ factor }) => `原数 ÷ ${number(factor)}`,
  'same-document': () => '文字和号码不变',
  listed: () => '代码表里有这个写法',
  'long-term': () => '标准用这一天表示长期',
  'same-text': () => '看得见的字不变',
  'blank-word': () => '表示没有',
}

/** What the wizard asks about columns, and how it proves what it did. */
export const importRescueTexts = {
  contentKinds,
  proof: ({ kind, params }: RepairProof): string => proofs[kind](params),
  questions: {
    title: (count: number) => `有 ${count} 处拿不准，请您定一下`,
    settled: '拿不准的地方都定好了。',
    lead: '定过的会记住，下次同样的表格不再问。',
    duplicate: (field: string) => `“${field}”有几列都像，用哪一列？`,
    ambiguous: (column: string) => `${column} 是什么？`,
    contradicted: (column: string, field: string) => `${column} 按列名是“${field}”，但里面的值不像。`,
    unit: (column: string, unit: string, own: string) => `${column} 写的是${unit}，标准要${own}。`,
    useColumn: (column: string) => `用 ${column}`,
    keep: (field: string) => `就是${field}`,
    convert: (unit: string, own: string) => `按${unit}换算成${own}后导入`,
    converted: (before: string, after: string) => `例如 ${before} 记为 ${after}`,
    skip: '不导入',
    none: '都不用',
    undo: '撤销',
    samples: '值',
    noSamples: '前几行没有值',
  },
  fit: (kind: ContentKind, fitting: number, values: number): string =>
    fitting === values
      ? `看过的 ${values} 个值都是${contentKinds[kind]}`
      : `看过的 ${values} 个值里 ${fitting} 个是${contentKinds[kind]}`,
  values: {
    title: (column: string) => `${column} 的前几行`,
    choose: '点一列，看它前几行的值。',
    blank: '前几行都是空的。',
  },
  column: {
    undo: '撤销',
    undoHint: '撤销上一次改动',
    reset: '恢复识别结果',
    hidden: '隐藏列',
    confidence: '把握',
    keys: '↑↓ 换列，回车选字段，Ctrl+Z 撤销，Ctrl+回车 下一步',
    waiting: (count: number) => `还有 ${count} 处请确认`,
    passed: (count: number) => `${count} 列不导入，原样留着，错误表里会带回来。`,
    looksLike: (type: string) => `这看起来是“${type}”的表。`,
    readAs: (type: string) => `按${type}读取`,
    unit: (unit: string, own: string) => `${unit} → ${own}`,
  },
  hidden: {
    found: (rows: string) => `有 ${rows} 行在表格里是隐藏的（多半是筛选掉的），要不要导入？`,
    include: '导入',
    skip: '不导入',
    unasked: '没有选之前先算在内，每行有一条提示。',
    included: '隐藏的行和其他行一样导入。',
    skipped: '隐藏的行不导入，列在“跳过的行”里。',
  },
  notices: '这个文件要知道的',
} as const
