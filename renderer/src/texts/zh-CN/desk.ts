import { actText } from '@shared/texts/zh-CN/acts'
import { noticeTitles } from '@shared/texts/zh-CN/exchange'

type Params = Readonly<Record<string, string | number>>

const joined = (parts: readonly string[]): string => `${parts.join('，')}。`

/** Sentences of the desk. */
export const deskTexts = {
  headline: (counts: { overdue: number; dueToday: number; rejected: number }): string => {
    const parts: string[] = []
    if (counts.overdue > 0) parts.push(`${counts.overdue} 件已逾期`)
    if (counts.dueToday > 0) parts.push(`${counts.dueToday} 件今天到期`)
    if (parts.length === 0 && counts.rejected > 0) return `没有逾期，${counts.rejected} 件被退回等待更正。`
    return parts.length > 0 ? joined(parts) : '没有逾期，今天也没有到期的记录。'
  },
  forecast: (forecast: {
    sendable: number
    inTime: number
    likelyAccepted: number
    likelyRejected: number
  }): string => {
    const { sendable, inTime, likelyAccepted, likelyRejected } = forecast
    if (sendable === 0) return '现在没有可报送的记录。'
    const parts = [
      '现在报送',
      inTime === sendable ? `${sendable} 件都能按期` : `${sendable} 件中 ${inTime} 件能按期`,
      `预计 ${likelyAccepted} 件通过`,
    ]
    if (likelyRejected > 0) parts.push(`${likelyRejected} 件可能被退回`)
    return joined(parts)
  },
  notices: (count: number) => `平台有 ${count} 条通知要办，见“反馈”。`,
  blocked: (count: number) => `另有 ${count} 件有错误，改好后即可报送。`,
  inFlight: (count: number) => `${count} 件已报送，平台还没有给出结果。`,
  setBack: {
    backup: '本机数据是从备份恢复的。',
    'older-store': '本机数据被换成了较早的副本。',
    'mark-missing': '本机数据的核对标记不见了，不能确定数据是不是最新的。',
    from: (moment: string) => `数据最后记到 ${moment}，之后录入的内容可能要补录。`,
    asks: '以前可能已经报送的，先向平台查询，平台已有的不会重复报送。',
    noted: '知道了',
  },
  closing: '开始日结',
  tiles: {
    overdue: '已逾期',
    overdueBy: (days: number) => `最长超 ${days} 个工作日`,
    noOverdue: '没有逾期',
    dueToday: '今天到期',
    cutOff: (time: string) => `${time} 截止`,
    dueSoon: '2 个工作日内',
    rejected: '被退回',
    rejectedHint: '更正后重新报送',
    noRejected: '没有退回',
    review: '待复核',
    reviewHint: '复核后可报送',
    problems: '有问题',
    problemsHint: (blocked: number, unconfirmed: number) =>
      unconfirmed === 0 ? '改正后即可报送' : `${blocked} 件有错 ${unconfirmed} 件待确认`,
    noProblems: '核对未发现问题',
    ready: '可报送',
    readyType: (type: string, count: number) => `${type} ${count}`,
    noReady: '没有待发记录',
  },
  danger: {
    title: '先处理这些',
    sorted: '按紧急程度',
    all: (count: string) => `全部 ${count} 件`,
    columns: {
      due: '期限',
      type: '类别',
      docNo: '文书号',
      subject: '相对人',
      standing: '情况',
      action: '处理',
    },
    fill: '补填',
    mend: '改正',
    correct: '更正',
    confirm: '确认',
    open: '查看',
    noDocNo: '未填文书号',
    empty: '没有待处理的记录',
    emptyText: '新的记录导入后，会按紧急程度排在这里。',
  },
  days: {
    title: '今后 10 个工作日到期',
    overdue: '逾期',
    today: '今天',
    bar: (day: string, count: number) => `${day} 到期 ${count} 件`,
    late: (count: number) => `已逾期 ${count} 件`,
    none: '今后 10 个工作日没有到期的记录。',
  },
  month: {
    title: '本月',
    basis: '按通报口径',
    compliance: (last: string) => `合规率，上月 ${last}`,
    late: (last: string) => `迟报率，上月 ${last}`,
  },
  gaps: {
    title: '文号缺号',
    says: (missing: number) => `${missing} 个号没有记录，查实漏报的请补报，无需报送的请说明`,
    numbers: ({ series, from, to }: { series: string; from: number; to: number }): string =>
      from === to ? `${series}${from}号` : `${series}${from}—${to}号（${to - from + 1} 个）`,
    between: (before: string, after: string) => `在 ${before} 和 ${after} 之间`,
    after: (day: string) => `后一号 ${day}`,
    look: '看这组文号',
    explain: '说明',
    more: (count: number) => `另有 ${count} 处缺号`,
    noted: (numbers: string) => `${numbers}已说明，写入操作留痕。`,
    ask: {
      title: '说明缺号原因',
      text: (numbers: string) => `${numbers}没有记录。说明原因后不再提醒，说明写入操作留痕，以备抽查。`,
      label: '原因',
      placeholder: '例如：不予许可，无需报送',
      confirm: '说明',
      suggestions: ['不予许可或不予处罚，无需报送', '文号作废', '依法不予公开', '已由其他系统报送'],
    },
  },
  news: { title: '最近动态', none: '还没有动态。' },
  first: {
    title: '从这里开始',
    practice: '现在是演练模式：数据只进入本机的演练平台，可以放心试。',
    live: '还没有记录。导入一份 Excel，或新建一条。',
    sample: '导入示例工作簿',
    sampleText: '里面有正确的、有错的和快到期的记录，几分钟走完导入、核对、报送、反馈。',
    import: '导入 Excel',
    importText: '选择科室交来的工作簿，系统认出标题行和列，先看结果再入库。',
    create: '新建记录',
    createText: '一条一条录入，边填边核对。',
    guide: '了解演练模式',
    guideText: '演练与正式报送有何不同，什么时候切换。',
  },
} as const

/** The line of a message: what the desk words better than the audit trail, else the trail's own sentence. */
export function newsText(kind: string, params: Params): string {
  if (kind === 'item.rejected' || kind === 'item.revoked') {
    const code = String(params['code'] ?? '').replace(/^platform\./u, '')
    return code === '' ? '一件记录被平台退回' : `一件记录被平台退回（${code}）`
  }
  if (kind === 'notice.received') return noticeTitles[String(params['kind'] ?? '')] ?? actText(kind, params)
  return actText(kind, params)
}
