import type { BatchState } from '@shared/domain/batch-status'
import type { ClockState, Delivery, Editorial } from '@shared/domain/record-status'
import type { Quality } from '@shared/standard/issue'

/** Official or everyday names of states, used alike by the client and the command line. */
export const editorialTexts: Readonly<Record<Editorial, string>> = {
  draft: '草稿',
  checked: '已核对',
  in_review: '待复核',
  returned: '退回修改',
  approved: '复核通过',
  held: '暂缓',
  sealed: '已封存',
  discarded: '已作废',
}

export const deliveryTexts: Readonly<Record<Delivery, string>> = {
  none: '未报送',
  sealed: '已封存待发',
  sending: '报送中',
  processing: '平台处理中',
  unknown: '正在核实',
  accepted: '已通过',
  warned: '已通过（有提示）',
  rejected: '被退回',
  duplicate: '平台已有',
  quarantined: '已隔离',
  revoked: '通过后被退回',
}

export const qualityTexts: Readonly<Record<Quality, string>> = {
  blocked: '有错误',
  warned: '待确认',
  clean: '可报送',
}

export const clockTexts: Readonly<Record<ClockState, string>> = {
  on_time: '期限内',
  due_soon: '临近期限',
  due_today: '今天到期',
  overdue: '已逾期',
  met: '按期报送',
  met_late: '逾期报送',
}

export const batchStateTexts: Readonly<Record<BatchState, string>> = {
  sealed: '已封存',
  sending: '发送中',
  processing: '平台处理中',
  unknown: '正在向平台核实',
  settled: '已办结',
  stopped: '已停下，等待处理',
  unsealed: '已交回',
}
