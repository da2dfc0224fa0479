import type { LineFault, ProbeStepName } from '@shared/domain/line-probe'

/** On whose side a probe found the fault, for people. */
export const lineFaultTexts: Readonly<Record<LineFault, string>> = {
  local: '本机或本机网线不通',
  gateway: '本单位出口、域名解析或网络登录有问题',
  network: '本单位网络正常，到平台的线路不通',
  platform: '线路通，平台没有正常答复',
  ok: '线路和平台正常',
}

/** The steps of a probe. */
export const probeStepTexts: Readonly<Record<ProbeStepName, string>> = {
  interfaces: '网卡',
  loopback: '本机协议',
  gateway: '网关',
  dns: '域名解析',
  tcp: '连接平台',
  https: '平台答复',
}

/** Whether a step went well. */
export const probeResultTexts = { ok: '通', failed: '不通', skipped: '不适用' } as const

/** The page that a bureau hands in. */
export const outagePageTexts = {
  title: '平台线路故障情况证明',
  lead: '以下由信报客户端在报送失败期间自动探测并逐条签名，未经人工修改。',
  bureau: '报送单位',
  platform: '平台地址',
  client: '用户标识',
  span: '探测时段',
  madeAt: '生成时间',
  operatorSign: '经办人签字',
  seal: '单位盖章',
  spans: '故障时段',
  spanHead: { from: '开始', to: '结束', fault: '判断', probes: '探测次数' },
  waiting: '期间等待报送的批次',
  waitingHead: { label: '批次', items: '件数', sealedAt: '封存时间', receivedAt: '平台收到' },
  notReceived: '尚未收到',
  noWaiting: '期间没有等待的批次。',
  announced: '平台停机公告',
  noAnnounced: '没有收到平台的停机公告。',
  probes: '探测记录',
  probeHead: { no: '序号', at: '时间', fault: '判断', steps: '逐步结果', hash: '校验值' },
  probeCount: '共 {count} 次，列出 {shown} 次；判断有变化的都在内。',
  chain: { whole: '探测记录完整，签名和先后顺序都核对无误。', broken: '探测记录不完整，或签名核对不符。' },
  publicKey: '本机公钥',
  signature: '签名（SM2，对证明内容）',
  verify: '随附的 JSON 文件含同样内容，可用本机公钥核对签名。',
} as const
