/** Words in the workbooks that the client writes: templates and error workbooks. */

export const templateTexts = {
  helpSheet: '说明',
  helpColumns: ['字段', '必填', '格式', '可选值', '填写说明'],
  intro: '{title}。标准版本 {version}。带 * 的列必填；一行一条记录，从标题行下面开始填写，不要改动标题行。',
  always: '是',
  conditional: '视情况',
  never: '否',
  requiredMark: '*',
  listTitle: '请从下拉列表中选择',
  dateTitle: '日期',
  datePrompt: '写作 2026-03-02 或 2026/3/2；长期有效写“长期”。',
  codeTitle: '按文本填写',
  codePrompt: '本列是文本格式，代码和号码按原样填写，不要改成数字格式。',
  manyTitle: '可以填多项',
  manyPrompt: '多项之间用分号隔开：{items}',
} as const

/** How the help sheet names the format of a field. `{limit}` is in characters, `{scale}` in decimal places. */
export const templateFormatTexts = {
  text: '文字，最多 {limit} 字',
  longText: '长文字，最多 {limit} 字',
  code: '单选',
  multiCode: '多选，用分号隔开',
  date: '日期，如 2026-03-02',
  decimal: '数字，最多 {scale} 位小数',
  integer: '整数',
  flag: '是或否',
  unit: '，单位：{unit}',
} as const

export const errorWorkbookTexts = {
  reasonSheet: '原因',
  reasonColumns: ['本表行', '原表行', '列', '字段', '原来的值', '程度', '问题', '怎么改', '规则'],
  wholeRow: '整行',
  rowHeader: '原行号',
} as const

/** What the ledger says of each record before its fields. */
export const ledgerHeaders = [
  '应报日期',
  '期限',
  '编辑状态',
  '核对结果',
  '报送状态',
  '平台收到时间',
  '平台编号',
  '首要问题',
] as const

/** How much a problem weighs, in the words of the reason sheet. */
export const errorSeverityTexts = {
  error: '错误',
  warning: '提示',
  hint: '建议',
} as const

/** What to do about a problem, by its weight; with a proved value, what to put in instead. */
export const errorRemedyTexts = {
  error: '在底色为红的单元格里改正，保存后把本表重新导入。',
  warning: '核对后改正，重新导入；核对无误的，在客户端的记录里确认并写明理由。',
  hint: '可以不改。',
  fix: '可改为“{value}”：{proof}。',
} as const
