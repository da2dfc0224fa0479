/** What a verdict of the platform means for the clerk, and what to do next. */
export interface PlatformCodeText {
  readonly meaning: string
  readonly nextStep: string
}

/** The codes of the municipal platform, and those that the desk itself gives where the platform has none. */
export const platformCodeTexts: Readonly<Record<string, PlatformCodeText>> = {
  'platform.1001': {
    meaning: '平台查不到这个主体，或名称与代码对不上。',
    nextStep: '对照营业执照核对名称和统一社会信用代码；刚变更名称的，用登记机关的最新名称。',
  },
  'platform.1002': {
    meaning: '统一社会信用代码没有通过平台校验。',
    nextStep: '逐位核对 18 位代码，注意数字 0 与字母 O、数字 1 与字母 I，改正后重报。',
  },
  'platform.1003': { meaning: '平台要求必填的内容是空的。', nextStep: '补填这一项后重报。' },
  'platform.1004': { meaning: '填写的内容不在平台的代码表里。', nextStep: '从下拉选项里重新选择后重报。' },
  'platform.1005': {
    meaning: '日期写法不对，或先后顺序不合理。',
    nextStep: '核对决定日期、有效期起止，改正后重报。',
  },
  'platform.1006': {
    meaning: '内容超过平台允许的长度。',
    nextStep: '精简文字，不要删去关键信息，然后重报。',
  },
  'platform.1007': {
    meaning: '这个主体已有相同文号的记录。',
    nextStep: '核对文号；确是同一份决定的，作废本条；文号写错的，改正后重报。',
  },
  'platform.1008': {
    meaning: '金额缺失或写法不对。',
    nextStep: '按字段单位（注意万元）填写阿拉伯数字后重报。',
  },
  'platform.1009': {
    meaning: '证件号码没有通过平台校验。',
    nextStep: '对照证件原件核对号码和证件类型，改正后重报。',
  },
  'platform.1010': {
    meaning: '平台认为这条记录不应公示（涉密或简易程序等）。',
    nextStep: '与业务科室确认；确不应公示的，标为“不报送”并写明依据。',
  },
  'platform.1011': {
    meaning: '平台不接受这条记录所用的数据标准版本。',
    nextStep: '先更新数据标准，重新核对后再报。',
  },
  'platform.1012': {
    meaning: '平台找不到要更正或撤销的原记录。',
    nextStep: '确认原记录已报送通过；已被平台退回的，按新记录重报。',
  },
  'platform.duplicate': {
    meaning: '平台上已有同一事项的另一条记录，内容与本条不同。',
    nextStep: '与平台已有记录核对：内容以平台为准的，作废本条；本条正确的，请平台先撤下旧记录。',
  },
  'platform.not-taken': {
    meaning: '平台三次拒收这条记录的内容，已单独取出隔离，同批其他记录照常报送。',
    nextStep: '核对各项内容有无过长或特殊字符，改正后重报；仍不行请联系技术人员。',
  },
  'platform.lost': {
    meaning: '平台曾经通过这条记录，对账时却说没有。',
    nextStep: '核实后重新报送；同类记录较多的，请先联系平台管理员。',
  },
  'platform.unexplained': {
    meaning: '平台退回了这条记录，但没有说明原因。',
    nextStep: '请联系平台管理员问明原因后再处理。',
  },
}

const UNKNOWN_CODE: PlatformCodeText = {
  meaning: '平台给出了本客户端不认识的代码。',
  nextStep: '请看平台原文；看不明白的，联系平台管理员。',
}

/** Meaning and next step of a platform issue; a code that is not in the table gets a plain word instead. */
export function platformCodeText(code: string): PlatformCodeText {
  return Object.hasOwn(platformCodeTexts, code) ? platformCodeTexts[code]! : UNKNOWN_CODE
}

/** Meaning and next step as one text. */
export function platformSentence(code: string): string {
  const { meaning, nextStep } = platformCodeText(code)
  return `${meaning}${nextStep}`
}
