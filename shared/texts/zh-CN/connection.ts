import type { ConnectionStep } from '@shared/contract/views/connection-views'

/** How a step of the connection test can end; `ok` is its good end. */
export const connectionTexts = {
  address: {
    ok: '平台地址写法正确。',
    malformed: '平台地址看不懂，请从平台开通通知里完整复制一遍。',
    'not-https': '平台地址必须以 https:// 开头（只有本机演练平台可以用 http://）。',
    'wrong-path': '平台地址应以 /api/v1 结尾，请核对是否少复制了一段。',
    'extra-parts': '平台地址里不能带用户名、问号或井号，请去掉多余部分。',
  },
  reach: {
    ok: '能连上平台。',
    offline: '连不上平台，请检查网线、政务外网和平台地址。',
    timeout: '平台长时间没有答复，请稍后再试，或请网络管理员检查。',
    busy: '平台正忙（{detail}），请稍后再试。',
  },
  tls: {
    ok: '通信已加密，证书可信。',
    loopback: '平台就在本机，不需要加密。',
    refused: '平台的安全证书不可信（{detail}），没有发送任何内容，请联系平台管理员。',
  },
  page: {
    ok: '答复来自交换平台。',
    captive: '打开的是网页而不是交换平台，可能要先登录网络，或地址填错了。',
    redirected: '这个地址被转向别处，请核对平台地址。',
    protocol: '答复不符合交换约定（{detail}），请确认地址指向交换平台，或更新客户端。',
    'too-large': '答复超过大小上限，不像是交换平台。',
  },
  clock: {
    ok: '本机时间与平台一致。',
    corrected: '本机时间与平台相差 {seconds} 秒，签名已按平台时间校正；请校准电脑时间，以免算错期限。',
    refused: '本机时间与平台相差过大，平台不接受，请先校准电脑时间。',
  },
  signature: {
    ok: '平台认可本机的签名。',
    refused: '平台没有认可本机的身份（{detail}），请核对用户标识，并确认本机公钥已在平台登记。',
    spelling:
      '平台没有认可本机的签名（{detail}）。本机现在的写法是“{encoding}”，签名 ID 是“{userId}”：请向平台核对这两项，在“高级：国密签名”里改成一致；若已一致，请确认平台登记的是本机现在的公钥。',
    'no-key': '本机密钥不能用：{detail}。',
  },
  bureau: {
    ok: '平台上登记的单位是“{name}”。',
    different: '平台上登记的单位是“{name}”（{code}），与本机不同，请核对用户标识。',
  },
  standard: {
    ok: '平台接受当前数据标准（{version}）。',
    refused: '平台不接受当前数据标准（{version}），平台接受的是 {accepted}，请更新标准。',
  },
} as const satisfies Record<ConnectionStep['step'], Readonly<Record<string, string>>>

/** How signatures are written, for pages and sentences. */
export const signatureTexts = {
  encodings: { der: 'DER 编码', raw: 'r||s 拼接（64 字节）' },
} as const

/** The steps of the ways that do not speak the exchange protocol over a wire. */
export const choiceTexts = {
  rows: {
    reach: '能连上平台。',
    signature: '平台认可本机。',
    standard: '平台上有可写的数据目录。',
  },
  byHand: {
    ok: '平台公钥已登记，可以写出离线报送包。',
    'no-key': '还没有平台公钥，离线报送包无法加密。',
  },
} as const

/** What a test says besides its steps. */
export const connectionNotes = {
  kept: '原来的连接没有改动。',
} as const

/** Details of `connection.invalid` and `connection.wrong-key`. */
export const connectionDetails = {
  address: '平台地址',
  platformKey: '平台公钥应是 04 开头的 130 位十六进制数',
  exchangeOnly: '离线报送包只能交给交换平台，现在选的是别的报送方式',
  deskKey: '本机密钥缺失',
  deskKeyRange: '私钥不在 SM2 规定的范围内',
  enrol: '演练平台没有登记本机（{detail}）',
} as const
