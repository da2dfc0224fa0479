/** Why a record stays at the desk when the clerk submits. */
export const notSentReasons = [
  'blocked',
  'unconfirmed-warning',
  'held',
  'in-review',
  'excluded',
  'quarantined',
  'in-flight',
  'duplicate-key',
  'rejected',
  'too-large',
  'not-this-way',
] as const
export type NotSentReason = (typeof notSentReasons)[number]

/** The plain sentence behind each reason, with the next step. */
export const notSentTexts: Readonly<Record<NotSentReason, string>> = {
  blocked: '有错误没有改正，改正后才能报送。',
  'unconfirmed-warning': '有提醒没有确认，请核对后改正，或写明理由确认。',
  held: '已暂缓（{detail}），恢复后才会报送。',
  'in-review': '正在复核，复核通过后才会报送。',
  excluded: '已标为不报送（{detail}）。',
  quarantined: '平台三次拒收，已单独隔离，请在“反馈”里改后重报，或放行再试。',
  'in-flight': '已封存在批次里，不会重复报送，请等结果；批次停下了的，在“批次”里继续或交回。',
  'duplicate-key': '与另一条记录是同一事项，请核对后作废一条。',
  rejected: '已被平台退回，请在“反馈”里更正后重报。',
  'too-large': '内容过长，超过平台单次接收的大小，请精简后再报。',
  'not-this-way':
    '本机现在的报送方式只能新报和更正，不能{operation}。请到平台上办理，或在“设置”里改用别的报送方式。',
}

/** Why a record that can be sent may well come back. */
export const likelyRejectedTexts = {
  unchanged: '上次因“{meaning}”被退回，相关内容还没有改。',
  subject: '同一相对人的记录曾因“{meaning}”被退回，此后没有通过的。',
} as const
