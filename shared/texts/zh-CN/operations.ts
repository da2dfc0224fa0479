import type { Operation } from '@shared/domain/record-status'

/** What a revision asks the platform to do, in everyday words. */
export const operationTexts: Readonly<Record<Operation, string>> = {
  create: '新报',
  correct: '更正',
  withdraw: '撤回',
  takeDown: '撤下公示',
  repairMark: '标注信用修复',
}

/** Why an operation cannot be drafted or taken back now. */
export const operationRefusalTexts = {
  cancel: '撤销改动',
  notAccepted: '平台上没有这条记录的已通过内容',
  openChange: '还有一项改动没有报送，请先报送或撤销它',
  withdrawn: '这条记录已从平台撤回；要重新报送，修改内容后保存即可，按新报送处理',
  noReference: '没有平台给的编号',
  nothingOpen: '没有未报送的改动，或已经封存',
} as const
