/** Sentences of the command line; `{name}` places are filled in. */
export const cliTexts = {
  importCounts: '{file}：{rows} 行，新增 {imported}，更新 {updated}，相同而跳过 {skipped}。',
  importQuality: '可报送 {clean}，待确认 {warned}，有错误 {blocked}。',
  importIssue: '  第 {row} 行 {column} 列 {field}：{message}',
  more: '  …… 还有 {count} 条，用 --json 查看，或用 --errors 写出错误工作簿。',
  noProblems: '发现 0 个问题。',
  batch:
    '批次 {label}：共 {items} 件，通过 {accepted}，有提示 {warned}，退回 {rejected}，重复 {duplicate}，待核实 {unknown}；回执 {receipt}。',
  nothingSent: '没有可报送的记录。',
  notSentCount: '未报送 {count} 件：',
  notSentLine: '  {docNo} {subject}：{message}',
  recordLine: '{clock}\t{delivery}\t{quality}\t{docNo}\t{subject}\t{recordId}',
  recordIssue: '    {field} {message}',
  noRecords: '没有符合条件的记录。',
  dueCounts: '已逾期 {overdue} 件，今天到期 {dueToday} 件，{days} 个工作日内 {dueSoon} 件。',
  pulled:
    '收到 {events} 条消息：退回 {rejected}，更正通知 {corrections}，撤下通知 {takedowns}，标准更新 {standards}。',
  templateWritten: '模板已写到 {path}。',
  practiceRunning: '演练平台已启动：{url}（场景 {scenario}），按 Ctrl+C 停止。',
  webRunning: '信报已在本机打开：{url}（只能在这台电脑上用，地址只能用一次），按 Ctrl+C 停止。',
  unknownCommand: '没有“{name}”这个命令。',
  usage: '用法：xinbao <命令> [参数] [--data 文件夹] [--json] [--now 时间]',
} as const
