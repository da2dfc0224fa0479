/** Names of the steps of long tasks, as the progress lines and the task tray show them. */
export const taskStepTexts: Readonly<Record<string, string>> = {
  starting: '准备',
  reading: '读取文件',
  checking: '核对',
  storing: '保存',
  sealing: '封存',
  opening: '登记批次',
  sending: '发送',
  processing: '等待平台处理',
  fetching: '取回结果',
  verifying: '核验回执',
  applying: '记入结果',
  previewing: '逐条试核对',
  rechecking: '逐条重新核对',
  pulling: '接收平台消息',
  copying: '复制备份',
  'opening-backup': '解密并逐页核对',
  'proving-backup': '核对留痕、批次和回执',
  reconciling: '逐批与平台核对',
}

/** What the task of proving a backup is called. */
export const restoreTitle = '核验备份“{file}”'
