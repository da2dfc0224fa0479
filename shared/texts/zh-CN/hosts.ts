/** Sentences of the shells around the client: dialogs, refusals before a page is there, the loopback host. */
export const hostTexts = {
  productName: '信报',
  guideTitle: '信报使用说明',
  web: {
    refused: '拒绝访问。',
    notFound: '没有这个地址。',
    sessionOver: '本页面的登录已失效。请关闭此页，从“信报”程序重新打开。',
  },
  dialogs: {
    chooseFiles: '选择要导入的文件',
    chooseStandard: '选择标准包',
    chooseAttachments: '选择佐证材料',
    chooseAnswer: '选择回执包',
    answers: '回执包',
    chooseBackup: '选择备份文件',
    backups: '信报备份',
    chooseUpdate: '选择更新包',
    chooseTarget: '保存到',
    workbooks: '表格文件（Excel、CSV）',
    standards: '标准包（JSON）',
    updates: '信报更新包',
    documents: '扫描件、照片（PDF、OFD、JPG、PNG）',
    anyFile: '所有文件',
  },
  update: {
    question: '安装信报 {version}？现在是 {own}。',
    detail: '信报会先关闭，再由安装程序安装。数据不动，没有报完的批次装好后接着办。',
    install: '关闭并安装',
    later: '以后再说',
  },
  reminder: {
    title: '信报提醒',
    body: '今天还有 {count} 件到期没有报送，请打开信报日结。',
  },
  shell: {
    cannotStart: '信报无法启动',
    noEncryption:
      '本机当前用户的系统加密服务不可用，无法安全保存数据密钥，程序不会以不加密的方式打开数据。请用平时登录本机的账户正常登录后再试，或联系信息科。',
    keyUnreadable:
      '数据密钥无法用当前 Windows 账户解开，可能是用别的账户登录，或数据文件夹是从别的电脑复制来的。请用原来的账户登录，或从备份恢复。数据没有被改动。',
    engineStopped: '数据引擎反复停止，已不再自动重启。请重新打开程序；仍不行时请联系信息科。数据没有丢失。',
  },
} as const
