/** What the clerk sees the sample workbook of practice called. */
export const sampleWorkbook = { name: '练习样表（法人行政许可）.xlsx' } as const
