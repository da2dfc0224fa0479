import type { AttachmentKind, NameObjection, PathObjection, StrippedPart } from '@shared/domain/attachment'

/** Why a file name is not taken; stands between brackets. */
export const attachmentNameTexts: Readonly<Record<NameObjection, string>> = {
  'hidden-characters': '名称里有看不见的字符，会使文件名显示成另一个样子',
  characters: '名称里有文件名不能用的字符',
  edges: '名称以点或空格开头、结尾',
  device: '这是系统设备的名称',
  'too-long': '名称超过 120 个字',
  program: '这是程序、脚本或快捷方式，不是材料',
  'double-ending': '名称中间还有一个后缀',
  ending: '只收 PDF、OFD、JPG、PNG',
}

/** Why a path is not opened; stands between brackets. */
export const attachmentPathTexts: Readonly<Record<PathObjection, string>> = {
  network: '它在网络共享上，请先复制到本机',
  device: '它是系统设备路径',
  outside: '它不在清单所在的文件夹里',
}

/** What is wrong with the content of a document; stands between brackets. */
export const attachmentContentTexts = {
  'other-kind': '内容不是后缀所说的格式',
  damaged: '文件不完整或已损坏',
  active: '文件里有会自动运行的内容',
  'not-a-file': '不是普通文件',
  empty: '是空文件',
} as const

export type AttachmentContentProblem = keyof typeof attachmentContentTexts

export const attachmentKindTexts: Readonly<Record<AttachmentKind, string>> = {
  pdf: 'PDF',
  ofd: 'OFD',
  jpeg: 'JPG',
  png: 'PNG',
}

/** What was taken out of a picture. */
export const strippedTexts: Readonly<Record<StrippedPart, string>> = {
  place: '拍摄地点',
  device: '设备信息',
  other: '其他附带信息',
}

/** What is said when a document was added; `{name}` places are filled in. */
export const attachmentNotes = {
  stripped: '已从“{name}”中去掉{parts}，画面没有改动。',
  sensitive: '“{name}”像是身份证件，属于敏感个人信息：确有必要才留，用完请移除。',
} as const

/** The list that goes with the documents of a record. */
export const evidenceListTexts = {
  file: '目录.txt',
  title: '佐证材料目录',
  record: '类别：{type}\n文书号：{docNo}\n相对人：{subject}\n决定日期：{legalDate}',
  dispute: '异议理由：{reason}\n所列材料：{evidence}',
  line: '{no}. {file}\n   {kind}，{bytes} 字节，{by} {at} 附上\n   SHA-256 {sha256}',
  made: '制作：{by} {at}',
} as const
