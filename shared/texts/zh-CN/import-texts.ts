import type { NormalisationKind } from '@shared/standard/standard'

/** Header of the column in which an error workbook names the record of each row, so that it finds back to it. */
export const recordMarkHeader = '信报记录编号（请勿改动）'

/** Titles of the tasks, as the task tray shows them. */
export const importTaskTitles = {
  preview: '预检“{file}”',
  run: '导入“{file}”',
} as const

/** Why rows of a file are left out. */
export const skipReasonTexts = {
  blank: '空行',
  total: '合计行',
  signature: '签字、盖章行',
  sample: '示例、填写说明或重复的表头',
  hidden: '隐藏行，按你的选择没有读',
  same: '与已有记录完全相同',
} as const

/** What normalising did to a value, by kind. */
export const changeKindTexts: Record<NormalisationKind, string> = {
  trimmed: '去掉首尾空格',
  'zero-width': '去掉看不见的字符',
  'control-character': '去掉控制字符',
  'line-break': '去掉换行',
  apostrophe: '去掉前置撇号',
  'remapped-character': '改为标准字形',
  'half-width': '全角改半角',
  'upper-case': '改为大写',
  separator: '统一分隔符',
  date: '统一日期写法',
  'serial-date': '表格日期数值还原为日期',
  'long-term': '长期统一为 2099-12-31',
  amount: '统一金额写法',
  'code-alias': '换成代码表的写法',
  flag: '统一是否的写法',
  placeholder: '占位符视为空',
  brackets: '年份括号改为〔〕',
  unit: '按列名的单位换算',
}

/** What a clerk should know about a file as a whole, by code. */
export const importNoticeTexts = {
  'file.hidden-sheet': '工作表“{sheet}”是隐藏的，没有读它；要导入它，请在表格里取消隐藏。',
  'file.date-1904': '这个工作簿按 1904 年起算日期（苹果电脑的设置），日期已按它换算，请核对几行。',
  'file.external-links': '这个工作簿链接着别的文件，链接没有打开，用的是表格里存着的值，请核对。',
  'file.embedded-objects': '这个工作簿里嵌有图片以外的对象，没有打开它们。',
  'file.extension-differs': '文件名的后缀与内容不符，已按实际内容（{actual}）读取。',
  'file.looks-like': '这看起来是“{found}”的表，请核对类别。',
  'file.also-fits': '这也像“{types}”的表，请确认类别选对了。',
  'file.older-layout':
    '这是旧目录的表：每一行都转成现行标准的草稿。旧目录没有的栏目可以加在表的后面，也可以导入后补填。',
  'file.hidden-sheet-read': '工作表“{sheet}”是隐藏的，可见的工作表里没有数据，读的是它，请核对。',
  'file.more-sheets': '工作表 {sheets} 也是这种表，本次没有读；需要时再选它导入一次。',
  'file.other-sheets':
    '工作表 {sheets} 里有内容，没有读：看不出是这种表。要导入其中的行，请给它加上列标题，再选它导入一次。',
  'file.filtered': '这个表开着筛选，筛掉的行是隐藏的；除非另选，隐藏的行照常读入。',
  'file.hidden-columns': '{columns} 列在表格里是隐藏的，照常读入，请核对。',
  'columns.questions': '{columns} 列拿不准，没有人确认过，请在客户端的导入里核对，或用 --mapping 指定。',
  'columns.missing': '缺少必填的列：{fields}。每一行都会缺这一项，请在表里补上这一列。',
  'columns.missing-like':
    '缺少必填的列“{field}”。{column} 列没有认出，名称最接近：若就是这一项，请把列标题改成“{field}”，或用 --mapping 指定。',
  'columns.filled': '表里没有的栏目，按您填的给每一行统一填上：{fields}。',
  'columns.unknown': '{columns} 列不是这种表的栏目，不报送，内容原样留在记录旁边。',
  'drafts.left':
    '以前从同名文件导入的 {count} 条草稿有错误，这次的表里没有与它们对应的行。不再需要的，请在“记录”里作废；仍要报送的，请改正。',
  'file.private-use-mapped': '有旧系统造的字，已换成现行国标的编码，请核对人名和地名。',
  'template.changed':
    '模板是 {version} 版的，字段已变：{changes}。现行标准是 {current} 版，请改用新模板，或补齐缺少的列。',
  'template.same-fields': '模板是 {version} 版的，现行标准是 {current} 版，字段没有变，可以照常导入。',
} as const

/** A kind of notice about a file. */
export type ImportNoticeCode = keyof typeof importNoticeTexts

/** How the fields of an older template differ; `{labels}` is a list. */
export const templateChangeTexts = {
  added: '新增 {labels}',
  removed: '取消 {labels}',
} as const
