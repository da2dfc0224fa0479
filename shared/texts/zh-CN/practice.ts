/** The codes that the practice platform gives for rejections (protocol section 7). */
export const platformCodes = [
  '1001',
  '1002',
  '1003',
  '1004',
  '1005',
  '1006',
  '1007',
  '1008',
  '1009',
  '1010',
  '1011',
  '1012',
] as const
export type PlatformCode = (typeof platformCodes)[number]

/** What the practice platform says, in the wording that clerks know from real platforms. */
export const practiceTexts: Readonly<Record<PlatformCode, string>> = {
  '1001': '未查询到主体，或查询到的主体名称与代码不匹配',
  '1002': '统一社会信用代码校验不通过，登记机关查无此代码',
  '1003': '必填项为空，平台补充要求填报此项',
  '1004': '取值不在平台现行代码表中',
  '1005': '日期不规范或先后颠倒，与登记信息不符',
  '1006': '长度超过平台限制',
  '1007': '该主体下的文书号已存在，或该版本已用其他内容报送过',
  '1008': '金额缺失或格式不规范',
  '1009': '证件号码核验不通过',
  '1010': '内容属于不予公开的范围',
  '1011': '数据标准版本或数据项不被接受',
  '1012': '未找到要更正的原始数据，请核对平台编号和版本',
}

/** Sentences of the practice platform outside item errors. */
export const practiceNotices = {
  correctionText: '请核对下列数据项，更正后重新报送，或说明无需更正的理由。',
  correctionMessage: '与登记机关推送的信息不一致，请核实',
  takeDownBasis: '信用修复决定生效，应当停止公示',
  outageText: '平台例行维护，期间暂停受理，到期事项不顺延',
  standardChanges: '演练用的新版标准：一个字段改为必填，一个代码停用。旧版在演练平台上继续有效。',
  reasonMissing: '撤销、停止公示和修复标注须写明原因',
  uploadedBefore: '平台已有相同文书号和相对人的数据',
  /** What the upload service says beside its codes. */
  soap: {
    '200': '成功',
    '500': '服务器内部错误',
    '5001': 'JSON解析失败',
    '3001': '目录编码不能为空',
    '3002': '目录编码不存在',
    '4001': '部门编码不能为空',
    '4002': '部门不存在',
    '6001': '数据结构体不能为空',
    '6002': '结构体JSON格式不正确',
  },
} as const

/** A subject with this in its name is unknown to the practice register in every scenario that rejects. */
export const unregisteredMark = '未登记'
