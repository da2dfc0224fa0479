import { fill } from '@shared/texts/fill'

type Params = Readonly<Record<string, string | number>>

/** What happened, as one line of a timeline. `{name}` are params of the entry. */
const acts: Readonly<Record<string, string>> = {
  'record.created': '新建记录',
  'record.imported': '由“{file}”第 {row} 行导入',
  'record.updated': '由“{file}”第 {row} 行更新',
  'record.edited': '修改并保存',
  'record.confirmed': '确认提示：{reason}',
  'record.held': '暂缓：{reason}',
  'record.released': '恢复报送',
  'record.discarded': '作废：{reason}',
  'record.restored': '撤销作废',
  'record.excluded': '列为不予报送：{reason}',
  'record.included': '取消不予报送：{reason}',
  'record.revealed': '查看个人信息：{reason}',
  'batch.sealed': '封存，批次 {label}',
  'batch.unsealed': '撤回封存，批次 {label}',
  'batch.sent': '已发送，批次 {label}',
  'batch.settled': '批次 {label} 已办结',
  'item.accepted': '平台通过，批次 {label}',
  'item.warned': '平台通过并有提示，批次 {label}',
  'item.rejected': '平台退回，批次 {label}',
  'item.duplicate': '平台已有相同记录，批次 {label}',
  'item.revoked': '平台通过后又退回',
}

/** The sentence of an act; an act of a newer engine shows its own name rather than nothing. */
export const actText = (act: string, params: Params): string => fill(acts[act] ?? act, params)
