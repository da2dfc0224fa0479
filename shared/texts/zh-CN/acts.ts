import { fill } from '@shared/texts/fill'

/**
 * What the audit trail calls each act, as one line of a timeline or of the news. `{name}` are params of the entry;
 * those about a record or a batch are read beside its name.
 */
export const actTexts = {
  'desk.initialised': '建立本机数据',
  'desk.restored': '从备份恢复',
  'desk.set-back': '发现本机数据是较早的副本，报送前先向平台查询',
  'desk.mark-missing': '本机数据的核对标记不见了，按较早的副本对待，报送前先向平台查询',
  'item.adopted': '查到平台已通过同样内容的记录，不再重复报送（批次 {label}）',
  'backup.written': '写出备份',
  'diagnostics.written': '写出诊断包',
  'settings.changed': '修改设置',
  'desk.operator-changed': '操作员由“{before}”换成“{after}”',
  'connection.changed': '修改平台连接',
  'standard.installed': '收到数据接入标准 {version}，等待确认启用',
  'standard.refused': '数据接入标准 {version} 没有通过核验，仍用原来的标准',
  'standard.adopted': '确认启用数据接入标准 {version}，自 {from} 起',
  'standard.in-force': '数据接入标准 {version} 开始施行',
  'standard.setting-changed': '标准设置“{title}”由“{before}”改为“{after}”',
  'update.ready': '核验更新包：信报 {version} 可以安装',
  'update.started': '开始安装信报 {version}（原为 {own}）',
  'day.nil-reported': '登记零报告：{types} 个类别当日没有记录',
  'import.finished': '导入完成：新增 {imported} 条，更新 {updated} 条，未变 {skipped} 条',
  'import.cut-short': '导入中途停止：已保存新增 {imported} 条，更新 {updated} 条',
  'record.created': '新建记录',
  'record.imported': '由“{file}”第 {row} 行导入',
  'record.updated': '由“{file}”第 {row} 行更新',
  'record.edited': '修改并保存',
  'record.rechecked': '重新核对，结果有变',
  'record.confirmed': '确认提示：{reason}',
  'record.confirmation-withdrawn': '撤回确认，重新核对',
  'gap.explained': '说明缺号 {series}{from}—{to}：{reason}',
  'record.held': '暂缓：{reason}',
  'record.released': '恢复报送',
  'record.discarded': '作废：{reason}',
  'record.restored': '撤销作废',
  'record.excluded': '列为不予报送：{reason}',
  'record.included': '取消不予报送：{reason}',
  'record.undone': '撤销“{what}”，恢复原状',
  'record.revealed': '查看个人信息：{reason}',
  'record.correction-drafted': '拟更正平台上的记录',
  'record.withdrawal-drafted': '拟撤回平台上的记录',
  'record.takedown-drafted': '拟撤下公示',
  'record.repair-mark-drafted': '拟标注信用修复',
  'record.change-cancelled': '撤销未报送的{operation}，仍以平台已通过的内容为准',
  'record.attachment-added': '附上材料“{file}”',
  'record.attachment-removed': '移除材料“{file}”',
  'record.attachment-restored': '恢复材料“{file}”',
  'record.attachment-saved': '另存材料“{file}”',
  'record.attachment-erased': '已清除移除的材料“{file}”',
  'record.noted': '留言给{to}：{text}',
  'record.note-read': '看过{from}的留言',
  'record.evidence-packed': '导出佐证材料 {count} 件',
  'notice.answered': '答复平台通知',
  'notice.answer-sent': '平台已收到答复',
  'notice.answer-refused': '平台没有接受答复',
  'dispute.opened': '提出异议：{reason}',
  'dispute.closed': '异议了结：{outcome}',
  'reconciliation.clean': '与平台对账一致：{batches} 批 {items} 件',
  'reconciliation.found': '与平台对账不一致：平台缺 {lost} 件，不符 {differing} 件，多出 {surplus} 件',
  'reconciliation.resent': '平台没有这条已通过的记录，转为待报送',
  'reconciliation.noted': '对账差异已处理：{resolution}',
  'conflict.resolved': '处理与平台已有记录的冲突：{reason}',
  'record.term-chosen': '调整公示期限，截止日由 {from} 改为 {to}：{reason}',
  'record.takedown-confirmed': '核对公示页面，{on} 起已不再公示：{note}',
  'record.repair-opened': '开始办理信用修复，{earliestOn} 起可以申请',
  'record.repair-material': '登记修复材料：{material}',
  'record.repair-approved': '登记上级批准修复（{by}，{on}）',
  'record.repair-applied': '{on} 申请信用修复',
  'record.repair-decided': '登记信用修复决定（{on}）',
  'record.repair-withdrawn': '终止信用修复：{reason}',
  'record.repair-letter': '制作信用修复告知书',
  'record.repair-done': '信用修复办结',
  'record.decision-amended': '{decidedOn} {document}变更原决定：{reason}',
  'record.decision-revoked': '{decidedOn} {document}撤销原决定：{reason}',
  'record.decision-annulled': '{decidedOn} {document}确认原决定违法或者无效：{reason}',
  'batch.sealed': '封存为批次 {label}',
  'batch.unsealed': '撤回批次 {label} 的封存',
  'batch.released': '平台没有收到批次 {label}，已交回待报送',
  'batch.sending': '开始发送批次 {label}',
  'batch.given-out': '批次 {label} 写入离线报送包，等回执包',
  'batch.decided-held': '人工认定平台已有批次 {label} 的记录：{reason}',
  'batch.decided-not-held': '人工认定平台没有批次 {label} 的记录：{reason}',
  'package.written': '写出离线报送包，共 {batches} 个批次',
  'answer.applied': '采用第 {answerNo} 号回执包：{batches} 个批次，{events} 条消息',
  'answer.quarantined': '一个回执包没有通过核验，已另存备查',
  'batch.opened': '平台收下批次 {label}',
  'batch.closed': '批次 {label} 发送完毕，等平台处理',
  'batch.found': '查到平台已有批次 {label}，接着办理',
  'batch.unknown': '批次 {label} 没有收到明确答复，先查询，不重复发送',
  'batch.stopped': '批次 {label} 停止发送，等人处理',
  'batch.settled': '批次 {label} 已办结，{accepted} 件通过，{rejected} 件退回',
  'receipt.quarantined': '批次 {label} 的回执核验不符，已隔离',
  'item.accepted': '平台通过（批次 {label}）',
  'item.warned': '平台通过并有提示（批次 {label}）',
  'item.rejected': '平台退回（批次 {label}）',
  'item.duplicate': '平台已有同一事项的记录（批次 {label}）',
  'item.quarantined': '平台三次拒收，已从批次 {label} 中取出隔离',
  'item.repair-begun': '取出隔离，改后重报',
  'item.released': '解除隔离，原样再报',
  'record.published': '平台已公示',
  'record.taken-down': '平台已撤下公示',
  'item.revoked': '平台通过后又退回',
  'notice.received': '收到平台通知',
  'feed.applied': '已接收平台消息',
} as const

/** What can be done to many records at once and taken back, as `record.undone` names it. */
export const bulkActTexts = {
  hold: '暂缓',
  release: '恢复报送',
  discard: '作废',
  restore: '撤销作废',
  exclude: '不予报送',
  include: '取消不予报送',
  confirm: '确认提示',
  fix: '采用建议',
} as const
export type BulkAct = keyof typeof bulkActTexts

/** Who acts at a desk until somebody gives a name. */
export const defaultOperator = '经办员'

/** The actor of what the program does by itself, as the audit trail has it. */
export const systemActor = 'system'

/** An actor as people read it: the program by its Chinese name, a person by the name given at the desk. */
export const actorText = (actor: string): string => (actor === systemActor ? '系统' : actor)

/** The name of an act that this release writes. */
export type Act = keyof typeof actTexts

const known: Readonly<Record<string, string>> = actTexts

/** The sentence of an act; an act of a newer release shows its own name rather than nothing. */
export const actText = (act: string, params: Readonly<Record<string, string | number>>): string =>
  fill(Object.hasOwn(known, act) ? known[act]! : act, params)
