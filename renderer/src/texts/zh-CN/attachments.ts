/** Sentences about the supporting documents of a record. */
export const attachmentsTexts = {
  title: '佐证材料',
  lead: '材料加密保存在本机，随备份走；不会发给平台，只在提出异议、信用修复时由你导出交出去。',
  add: '添加材料',
  adding: (name: string) => `正在添加“${name}”……`,
  hint: (fileMb: number, perRecord: number) =>
    `PDF、OFD、JPG、PNG，一件不超过 ${fileMb} MB，最多 ${perRecord} 件。也可以把文件拖到这里。`,
  save: '另存',
  remove: '移除',
  restore: '恢复',
  pack: '全部导出',
  packName: (docNo: string) => `佐证材料 ${docNo}.zip`,
  undo: '撤销',
  removed: (name: string) => `已移除“${name}”。`,
  removedList: (count: number, days: number) => `已移除 ${count} 件，${days} 天后清除`,
  added: (name: string) => `已附上“${name}”。`,
  sensitive: '敏感个人信息',
  sensitiveHint: '像是身份证件：确有必要才留，用完请移除。',
  stripped: (parts: string) => `已去掉${parts}`,
  strippedHint: '照片里附带的信息已去掉，画面没有改动。',
  saved: (name: string) => `已另存“${name}”。`,
  packed: (count: number) => `已导出 ${count} 件材料和目录。`,
} as const
