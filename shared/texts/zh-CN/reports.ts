import type { AppraisalLine, IndicatorId, ReportGroup } from '@shared/contract/views/report-views'

/** Names of the rates, as the bulletins call them. */
export const indicatorTexts: Readonly<Record<IndicatorId, string>> = {
  compliance: '合规率',
  late: '迟报率',
  timely: '及时率',
  reporting: '上报率',
  storage: '有效入库率',
  completeness: '完整率',
  accuracy: '准确率',
}

/** What each rate is counted from. */
export const indicatorFormulas: Readonly<Record<IndicatorId, string>> = {
  compliance: '本月到平台并入库的条数 ÷ 本月到平台并有结果的条数',
  late: '超过期限才到平台的条数 ÷ 本月到平台的条数',
  timely: '1 − 迟报率',
  reporting: '本月决定中已报送的件数 ÷ 本月产生的件数',
  storage: '本月决定中已入库的件数 ÷ 本月决定中已报送的件数',
  completeness: '必填内容齐全的件数 ÷ 应报送的件数',
  accuracy: '从未被退回的件数 ÷ 已有平台结果的件数',
}

export const reportGroupTexts: Readonly<Record<ReportGroup, string>> = {
  licence: '行政许可',
  penalty: '行政处罚',
  honour: '表彰荣誉',
  other: '其他信息',
}

export const appraisalTexts: Readonly<Record<AppraisalLine['id'], string>> = {
  completeness: '规范性：完整率',
  accuracy: '规范性：准确率',
  storage: '有效入库率',
  'timely-double': '时效：双公示按期',
  'timely-other': '时效：其他信息按期',
}

/** Column heads of the monthly table, on screen, on paper and in Excel. */
export const monthlyColumns = {
  type: '类别',
  produced: '产生数',
  ownPublished: '本单位公示数',
  reported: '报送数',
  unreported: '未报送数',
  basis: '未报送依据',
  stored: '有效入库数',
  published: '市级网站公示数',
} as const

/** The basis on which something was not reported, with its count. */
export const basisTexts = {
  classified: '涉密 {count}',
  simpleProcedure: '简易程序 {count}',
  notPublic: '依法不予公开 {count}',
  withoutBasis: '尚未报送 {count}',
} as const

/** Words of the report workbook. */
export const reportWorkbookTexts = {
  table: '月报表',
  tableTitle: '{bureau} {month} 信用信息报送月报表',
  total: '合计',
  nil: '无数据上报：{groups}本月没有产生。',
  running: '本月尚未结束，数字截至 {today}。',
  due: '次月 10 日前报送。“本单位公示数”由本单位填写，“市级网站公示数”以平台告知的为准。',
  rates: '指标',
  rateColumns: ['指标', '本月', '上月', '分子', '分母', '口径'],
  trend: '近12个月',
  trendColumns: ['月份', '合规率', '迟报率', '上报率', '产生数', '上年同月'],
  causes: '退回原因',
  causeColumns: ['代码', '含义', '合计'],
  gaps: '文号缺号',
  gapColumns: ['文号系列', '起', '止', '前一号', '后一号'],
  noGaps: '没有未说明的缺号。',
  none: '—',
} as const

/** Sentences of `report` on the command line. */
export const reportCliTexts = {
  head: '{bureau} {month}：产生 {produced}，报送 {reported}，未报送 {unreported}，有效入库 {stored}。',
  line: '  {title}：产生 {produced}，报送 {reported}，未报送 {unreported}（{basis}），有效入库 {stored}，公示 {published}',
  rates:
    '  合规率 {compliance}，迟报率 {late}，及时率 {timely}，上报率 {reporting}，有效入库率 {storage}，完整率 {completeness}，准确率 {accuracy}',
  nil: '  本月没有产生：{groups}，需报无数据。',
  written: '已写到 {path}。',
} as const
