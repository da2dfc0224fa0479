/** Sentences of the command line; `{name}` places are filled in. */
export const cliTexts = {
  importCounts: '{file}：{rows} 行，新增 {imported}，更新 {updated}，相同而跳过 {skipped}。',
  validateCounts: '{file}：{rows} 行，可导入 {imported} 行（只核对，没有保存）。',
  importQuality: '可报送 {clean}，待确认 {warned}，有错误 {blocked}。',
  importIssue: '  第 {row} 行 {column} 列 {field}：{message}',
  importSkip: '  第 {row} 行没有导入（{reason}）。',
  importSkipText: '  第 {row} 行没有导入（{reason}）：{text}',
  importSkipMore: '  …… 另有 {count} 行没有导入。',
  more: '  …… 还有 {count} 条，用 --json 查看，或用 --errors 写出错误工作簿。',
  noProblems: '发现 0 个问题。',
  batch:
    '批次 {label}：共 {items} 件，通过 {accepted}，有提示 {warned}，退回 {rejected}，重复 {duplicate}，待核实 {unknown}；回执 {receipt}。',
  nothingSent: '没有可报送的记录。',
  notSentCount: '未报送 {count} 件：',
  notSentLine: '  {docNo} {subject}：{message}',
  recordLine: '{clock}\t{delivery}\t{quality}\t{docNo}\t{subject}\t{recordId}',
  recordIssue: '    {field} {message}',
  recordVerdict: '    {field} {message}平台原文：{serverText}',
  noRecords: '没有符合条件的记录。',
  dueCounts: '已逾期 {overdue} 件，今天到期 {dueToday} 件，{days} 个工作日内 {dueSoon} 件。',
  pulled:
    '收到 {events} 条消息：退回 {rejected}，更正通知 {corrections}，撤下通知 {takedowns}，标准更新 {standards}。',
  packageWritten: '离线报送包已写到 {path}，请交给平台；回执包拿回来后用 receipts 采用。',
  packageAgain: '没有新的可报送记录；上次的离线报送包已原样再写到 {path}。',
  answerRepeated: '第 {answerNo} 号回执包早已采用，没有改动。',
  decided: '已认定 {decided} 条，其中 {released} 条可以重新报送。',
  templateWritten: '模板已写到 {path}。',
  olderLayouts: '旧目录（只能导入，转成现行标准的草稿）',
  noSuchType: '没有名称、代码里有“{word}”的类别。',
  practiceRunning: '演练平台已启动：{url}（场景 {scenario}），按 Ctrl+C 停止。',
  packageAnswered: '演练平台的回执包已写到 {path}。',
  webRunning: '信报已在本机打开：{url}（只能在这台电脑上用，地址只能用一次），按 Ctrl+C 停止。',
  initialised: '已建立：{dataDir}\n用户标识：{clientId}\n本机公钥：{publicKey}',
  usage: '用法：xinbao <命令> [参数] [--data 文件夹] [--json] [--now 时间]',
} as const

/** Sentences of the program that signs standards for a platform. */
export const signPackTexts = {
  usage:
    '用法：sign-pack 标准文件夹 输出文件.json --key 私钥文件 --region 六位行政区划代码 [--supersedes 上一版] [--changes 说明文件]',
  region: '--region 应是六位行政区划代码，如 360300',
} as const

/** What is wrong with how a command was typed; `{name}` places are filled in. */
export const usageTexts = {
  unknownCommand: '没有“{name}”这个命令',
  noCommand: '命令要写在最前面，如 xinbao list --json',
  unknownOption: '没有 {name} 这个参数',
  optionValue: '{name} 缺了值，或不该带值',
  wordCount: '需要 {min} 到 {max} 个参数',
  missingOption: '缺少 --{name}',
  wholeNumber: '--{name} 应是 {min} 到 {max} 的整数',
  assignment: '“{word}”应写成 字段=值',
  oneOf: '--{name} 可以是 {allowed}',
  now: '--now 应是 ISO 时间，如 2026-03-02T09:00:00+08:00',
  rehearsalOnly: '--now 只用于演练和测试，这个数据文件夹连着本机以外的平台，没有做任何事',
  bureau:
    '--bureau-code 应是 18 位统一社会信用代码（末位校验位要相符），--bureau-name 应是 2 到 100 个字，都不能有换行',
  clientId: '--client-id 应是 1 到 64 个字母、数字、点、横线或下划线，不能有空格和换行',
  platformUrl: '--platform 应是 https:// 开头、以 /api/v1 结尾的地址（只有本机演练平台可以用 http://）',
  platformPair: '--platform 与 --platform-key 要一起给',
  databasePlace: '--database 应写成 postgres://用户@主机:端口/数据库，密码用 --password-file 给出',
  passwordFile: '密码文件“{file}”读不到',
  transportSetting: '报送方式的设置 {path} 不对，请对照说明核对',
  packagePair: '--package 与 --answer 要一起给',
  heldOrNot: '--held 和 --not-held 要给其中一个',
  environmentKey: 'XINBAO_KEY 应是 64 位十六进制',
  keyUnreadable: '密钥文件“{file}”读不到',
  privateKey: '密钥文件“{file}”应是 64 位十六进制',
  platformKey: '密钥文件“{file}”应是以 04 开头的 130 位十六进制',
  mappingUnreadable: '列对应文件“{file}”读不到或不是 JSON',
  mappedTwice: '有两列都对应字段 {field}',
  mappingShape: '列对应文件“{file}”应是 {"列号": "字段代码"}',
} as const

/** One line per command in the help text. */
export const commandSummaries = {
  check: '重新核对未报送的记录',
  connect: '设置平台连接并逐步测试（--enrol 先在演练平台登记本机）',
  correct: '更正被退回或已通过的记录，等待重新报送',
  decide: '认定平台有没有收到无法核实的记录',
  due: '列出逾期和快到期的记录',
  import: '导入 Excel 或 CSV，逐行核对',
  init: '建立数据文件夹',
  list: '列出记录',
  package: '把可报送的记录封存，写成加密签名的离线报送包',
  practice: '运行演练平台，直到停止',
  pull: '接收平台消息',
  receipts: '采用平台交回的回执包',
  set: '修改一条记录，生成新版本',
  submit: '封存、报送并等到办结',
  resume: '接着办完所有未办结的批次',
  template: '写出这一类别的 Excel 模板',
  types: '列出记录类别和代码',
  validate: '只核对文件，不保存',
  web: '在本机浏览器中打开客户端',
} as const
