/** Titles of the exchange's tasks, as the task tray shows them. */
export const exchangeTaskTitles = {
  submission: '报送',
  resume: '继续报送',
  pull: '接收平台消息',
  reconciliation: '与平台对账',
} as const

/** Titles of notices by kind; the platform's own words follow as text. */
export const noticeTitles: Readonly<Record<string, string>> = {
  'item.rejected': '已通过的记录被平台退回',
  'correction.requested': '平台要求更正',
  'record.published': '记录已公示',
  'record.takenDown': '记录已撤下公示',
  'takedown.ordered': '平台要求撤下公示',
  'repair.decided': '信用修复结果',
  'standard.published': '新的数据标准',
  'standard.waiting': '新标准等待启用',
  'standard.not-fetched': '新标准还没有取到',
  'standard.refused': '新标准没有通过核验',
  'standard.expired': '现行标准已到期',
  'calendar.published': '新的工作日历',
  'outage.announced': '平台停机公告',
  'notice.posted': '平台通知',
  unreadable: '看不懂的平台消息',
  unmatched: '平台消息对不上本机记录',
}

/** Texts of notices that carry no words of their own; `{name}` are members of the event. */
export const noticeTexts: Readonly<Record<string, string>> = {
  'takedown.ordered': '依据：{basis}。请在 {dueOn} 前撤下。',
  'repair.decided': '结果：{decision}，自 {on} 起。',
  'standard.published':
    '标准 {id} 的 {version} 版自 {from} 起施行。收到标准包后，请在“设置”的“标准与日历”中查看影响并确认启用。',
  'standard.waiting':
    '标准 {version} 已到施行日期，本机还没有启用，仍按旧标准核对。请在“设置”的“标准与日历”中查看影响并确认启用。',
  'standard.not-fetched':
    '平台已公告标准 {version}，标准包暂时取不下来。现行标准照用，程序会自动再取，不用处理；急用时可向平台索取标准包文件，在“设置”的“标准与日历”中安装。',
  'standard.refused': '平台公告的标准 {version} 没有采用，仍按现行标准核对。{reason}',
  'standard.expired':
    '现行标准 {version} 的有效期已过，平台可能不再接受。请接收平台消息，或向平台索取新的标准包并安装。',
  'calendar.published': '工作日历 {version} 已发布，请安排更新。',
  'outage.announced': '{from} 至 {to} 停机。{text}',
  unreadable: '平台发来的消息不符合约定，已原样保存，请联系平台管理员。',
  unmatched: '消息所指的记录（{platformRef}）不在本机，或状态对不上，已原样保存。',
}

/** A reason with the names of the documents behind it, as the platform gets it. */
export const disputeTexts = { withEvidence: '{reason}（附材料：{evidence}）' } as const

/** What became of a finding of a reconciliation. */
export const reconciliationTexts = {
  resent: '平台再次确认没有，已转为待报送',
  foundAgain: '再次核实，平台已有',
  superseded: '已有更新的版本，不再重报',
} as const
