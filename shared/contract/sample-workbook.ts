/** The workbook that practice offers to import: where it lies below `resources`, and what the clerk sees it called. */
export const sampleWorkbook = {
  path: 'templates/practice-sample.xlsx',
  name: '练习样表（法人行政许可）.xlsx',
} as const
