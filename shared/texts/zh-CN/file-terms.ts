/** Words that the sentences about refused files are filled with. */

/** What a file turned out to be. */
export const fileKindTexts = {
  folder: '文件夹',
  device: '设备而不是文件',
  empty: '空文件',
  html: '网页 HTML',
  xml: 'XML 文本',
  text: '纯文本或 CSV',
  pdf: 'PDF',
  image: '图片',
  rtf: 'RTF 文档',
  doc: 'Word 文档',
  docx: 'Word 文档',
  ppt: '演示文稿',
  pptx: '演示文稿',
  ods: 'OpenDocument 表格 .ods',
  odf: 'OpenDocument 文档',
  zip: 'ZIP 压缩包',
  archive: '压缩包',
  compound: '其他 Office 文件',
  binary: '二进制文件',
} as const

export type ForeignFileKind = keyof typeof fileKindTexts

/** Why the content of a workbook is not safe to read. */
export const unsafeReasonTexts = {
  macro: '宏',
  xlsb: '二进制工作簿 .xlsb',
  path: '压缩包内有越界的路径',
  duplicate: '压缩包内有重名的部件',
  members: '压缩包内部件过多',
  inflated: '解压后体积过大',
  ratio: '压缩比异常',
  doctype: '内部文件含 DOCTYPE 声明',
  entity: '内部文件含自定义实体',
  token: '有内容超长的单元格',
  cell: '有单元格超过 32,767 个字符',
} as const

export type UnsafeReason = keyof typeof unsafeReasonTexts

/** What the text of an unread encoding seems to be; stands after the word 编码. */
export const encodingHintTexts = {
  big5: '（像是繁体中文的 Big5）',
  'utf-8': '（像是 UTF-8，但有字节损坏）',
  none: '（不是 UTF-8、UTF-16 或国标码）',
} as const

export type EncodingHint = keyof typeof encodingHintTexts

/** What is wrong with a line of a CSV file. */
export const csvProblemTexts = {
  'control-character': '含有控制字符',
  cell: '有单元格超过 32,767 个字符',
  separator: '列与列之间不是逗号、分号或制表符',
} as const

export type CsvProblem = keyof typeof csvProblemTexts

/** Why a folder must not hold a desk's data. */
export const folderReasonTexts = {
  network: '它在网络共享上',
  'cloud-synced': '它会被网盘同步',
  relative: '它不是完整的路径',
  'not-a-folder': '它不是文件夹',
  'not-writable': '它不能写入',
} as const

export type FolderReason = keyof typeof folderReasonTexts
