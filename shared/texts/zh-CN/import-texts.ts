/** Header of the column in which an error workbook names the record of each row, so that it finds back to it. */
export const recordMarkHeader = '信报记录编号（请勿改动）'

/** Titles of the tasks, as the task tray shows them. */
export const importTaskTitles = {
  preview: '预检“{file}”',
  run: '导入“{file}”',
} as const
