import type { IndicatorId } from '@shared/contract/views/report-views'
import {
  appraisalTexts,
  basisTexts,
  indicatorFormulas,
  indicatorTexts,
  monthlyColumns,
  reportGroupTexts,
} from '@shared/texts/zh-CN/reports'

const monthName = (month: string): string => `${month.slice(0, 4)}年${Number(month.slice(5))}月`

/** Words of the screen of reports. */
export const reportsTexts = {
  monthName,
  shortMonth: (month: string): string =>
    month.endsWith('-01') ? `${month.slice(2, 4)}年1月` : `${Number(month.slice(5))}月`,
  pick: '报表月份',
  /** How the picker writes a month. */
  monthFormat: 'YYYY年M月',
  earlier: '上一个月',
  later: '下一个月',
  headline: (report: {
    month: string
    total: { produced: number; reported: number; withoutBasis: number }
  }): string => {
    const { produced, reported, withoutBasis } = report.total
    if (produced === 0) return `${monthName(report.month)}没有产生信息，请报“无数据”。`
    const said = `${monthName(report.month)}产生 ${produced} 件，已报送 ${reported} 件`
    return withoutBasis > 0 ? `${said}，${withoutBasis} 件还没有报送。` : `${said}，没有遗漏。`
  },
  due: (date: string) => `月报表 ${date} 前报送。`,
  running: '本月尚未结束，数字还会变。',
  excel: '导出 Excel',
  exported: '月报表已导出。',
  print: '打印',
  fileName: (month: string) => `信用信息报送月报表-${month}.xlsx`,
  indicators: indicatorTexts,
  formulas: indicatorFormulas,
  before: (value: string) => `上月 ${value}`,
  counted: (part: string, whole: string) => `${part} ÷ ${whole}`,
  table: {
    title: '月报表',
    columns: monthlyColumns,
    total: '合计',
    basis: basisTexts,
    groups: reportGroupTexts,
    none: '本月没有产生任何记录。',
    own: '本单位填写',
    nil: (groups: string) => `${groups}本月没有产生，需要报“无数据”，否则会被当作漏报。`,
  },
  views: { chart: '图', table: '表', label: '显示方式' },
  trend: {
    title: '近 12 个月指标',
    describe: '近 12 个月的合规率、迟报率和上报率',
    month: '月份',
    shown: ['compliance', 'reporting', 'late'] as readonly IndicatorId[],
    none: '近 12 个月没有可以计算的数据。',
  },
  causes: {
    title: '退回原因',
    describe: '近 12 个月各月被退回的件数，按原因',
    none: '近 12 个月没有被退回的记录。',
    cause: '原因',
    total: '合计',
  },
  volume: {
    title: '产生数与上年同月',
    describe: '近 12 个月产生数与上年同月相比',
    now: '今年',
    lastYear: '上年同月',
    none: '这两年还没有记录。',
  },
  risk: {
    title: '瞒报风险',
    clear: '没有缺号，数量也没有明显减少，没有逾期未报。',
    missing: (count: number, series: number) => `${series} 组文号中有 ${count} 个号没有记录，也没有说明`,
    overdue: (count: number) => `${count} 件超过期限没有报送，也没有不报送的依据`,
    drop: (title: string, now: number, lastYear: number) =>
      `${title}今年 ${now} 件，上年同期 ${lastYear} 件，不到一半`,
    gap: ({ series, from, to }: { series: string; from: number; to: number }): string =>
      from === to ? `${series}${from}号` : `${series}${from}—${to}号`,
    toDesk: '去工作台说明',
    toOverdue: '查看逾期',
  },
  appraisal: {
    title: '季度自评',
    quarter: (from: string) => `${from.slice(0, 4)}年第${(Number(from.slice(5)) + 2) / 3}季度`,
    lines: appraisalTexts,
    columns: { item: '项目', rate: '比率', counted: '件数', points: '分值', earned: '得分' },
    total: '合计',
    basis:
      '达到 95% 得满分；低于 95% 的，评分办法没有给出算法，这里按比例估算。提供方式 2 分由平台评定，不在内。',
    none: '没有数据',
    running: '本季度尚未结束。',
  },
  sheet: {
    title: (bureau: string, month: string) => `${bureau}${monthName(month)}信用信息报送月报表`,
    practice: '演练数据，不作上报用',
    made: (date: string, operator: string) => `制表日期：${date}，制表人：${operator}`,
    reviewer: '审核人：',
    leader: '单位负责人：',
    stamp: '（盖章）',
    rates: '各项指标',
  },
  history: {
    title: '记录办理过程',
    docNo: '文书号',
    subject: '相对人',
    type: '类别',
    legalDate: '决定日期',
    dueOn: '报送期限',
    platformRef: '平台编号',
    time: '时间',
    what: '经过',
    trail: (hash: string) => `操作留痕校验值：${hash}`,
    made: (bureau: string, date: string) => `${bureau}，${date} 打印`,
    print: '打印办理过程',
    fileName: '办理过程',
  },
} as const
