/** The first file of a diagnostics bundle. */
export const diagnosticsReadme = `信报诊断包，写于 {at}（UTC）。

versions.json   程序、标准、日历、系统的版本
settings.json   截止时间、提醒、外观、各项上限；平台连接只写有没有填
counts.json     各类记录、批次、问题、回执、通知按状态的件数
link.json       与平台的连接：现在的状态和最近 30 天的探测
failures.json   这次打开以来没有完成的任务
soundness.json  数据体检的结果，[] 表示没有问题
acts.json       最近 200 步操作的时间和种类
log.txt         日志的末尾

没有姓名、名称、代码、文书号、记录内容、密钥、密码、令牌，也没有文件夹路径。
不是固定写法的内容一律写成 ***。
`
