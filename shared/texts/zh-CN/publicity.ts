import type { Publicity } from '@shared/domain/record-status'
import type { LegalEventKind, PublicitySeverity } from '@shared/publicity/publicity-schema'
import type { RepairState } from '@shared/publicity/repair-case'

/** Where the display of a record stands. */
export const publicityTexts: Readonly<Record<Publicity, string>> = {
  none: '尚未公示',
  published: '公示中',
  expiring: '即将到期',
  takedown_due: '应当撤下',
  takedown_requested: '已要求撤下',
  taken_down: '已撤下',
  suspended: '暂停公示',
  repair_applied: '修复办理中',
  repaired: '已修复',
  marked: '已标注修复',
}

export const severityTexts: Readonly<Record<PublicitySeverity, string>> = {
  minor: '轻微',
  ordinary: '一般',
  serious: '严重',
}

export const repairStateTexts: Readonly<Record<RepairState, string>> = {
  collecting: '收集材料',
  approved: '上级已批准',
  applied: '已申请',
  granted: '准予修复',
  refused: '不予修复',
  withdrawn: '已终止',
  done: '已办结',
}

export const legalEventTexts: Readonly<Record<LegalEventKind, string>> = {
  amended: '决定被变更',
  revoked: '决定被撤销',
  annulled: '决定被确认违法或者无效',
}

/** Words that the correction or withdrawal carries as its reason. */
export const legalEventRemarks: Readonly<Record<LegalEventKind, string>> = {
  amended: '{decidedOn} {document}变更原决定：{reason}',
  revoked: '{decidedOn} {document}撤销原决定：{reason}',
  annulled: '{decidedOn} {document}确认原决定违法或者无效：{reason}',
}
