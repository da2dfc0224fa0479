import { deliveryTexts, editorialTexts } from '@shared/texts/zh-CN/states'

/** Words of the one tag that sums up where a record stands. */
export const statesTexts = {
  excluded: '不予报送',
  held: editorialTexts.held,
  discarded: editorialTexts.discarded,
  inReview: editorialTexts.in_review,
  returned: editorialTexts.returned,
  ready: '可报送',
  confirm: '需确认',
  blocked: '有错误',
  rejected: (code: string) => `退回 ${code}`,
  delivery: deliveryTexts,
  due: {
    none: '缺日期',
    overdue: (days: number) => `逾期 ${days} 天`,
    today: '今天',
    met: '按期',
    metLate: (days: number) => `迟报 ${days} 天`,
    provisional: '（暂定）',
    provisionalHint: '期限跨到尚未公布放假安排的年份，日期可能变动',
  },
} as const
