import type { Failure, FailureCode } from '@shared/kernel/failure'
import { fill } from '@shared/texts/fill'

/** One plain sentence per failure: what happened, what is safe, what to do next. `{name}` are params. */
export const failureTexts: Readonly<Record<FailureCode, string>> = {
  'contract.invalid-input': '提交的内容格式不对（{name} {path}），请刷新后重试。',
  'contract.unknown-call': '本版本没有这项功能（{name}），请更新客户端。',
  'usage.invalid': '命令写法不对：{detail}。用 --help 查看用法。',
  'input.missing-file': '找不到文件“{file}”，可能已被移动或删除，请重新选择。',
  'input.file-locked': '文件“{file}”打不开，可能正在被 Excel 或 WPS 使用，也可能没有读取权限，请关闭后重试。',
  'input.file-changed': '文件“{file}”在读取时被改动，本次没有导入任何内容，请保存并关闭文件后重试。',
  'input.file-too-large': '文件“{file}”超过大小上限（{limitMb} MB），请拆成几个文件分别导入。',
  'input.not-a-workbook': '文件“{file}”不是 Excel 工作簿或 CSV（实际是 {actual}），请另存为 .xlsx 后再导入。',
  'input.legacy-workbook':
    '文件“{file}”是旧版 .xls 或 WPS 的 .et 格式，请用 Excel 或 WPS 另存为 .xlsx 后再导入。',
  'input.encrypted': '文件“{file}”设了打开密码，请在 Excel 中去掉密码并另存后再导入。',
  'input.damaged':
    '文件“{file}”不完整或已损坏，请用 Excel 打开检查并另存为 .xlsx；打不开时请向提供文件的人重新索取。',
  'input.unsafe-workbook':
    '文件“{file}”里有不能读的内容（{detail}），没有导入。请去掉它再试；有宏的另存为不含宏的 .xlsx。',
  'input.wrong-template':
    '文件“{file}”不像“{recordType}”的模板，只认出 {matched} 列，没有找到必填的 {missing}。请核对类别，或用本客户端下载的模板。',
  'input.other-template':
    '文件“{file}”用的是“{found}”的模板，不是“{asked}”的，没有导入任何内容，请改选类别，或换用对应的模板。',
  'input.header-not-found': '在文件“{file}”中找不到标题行，请确认列标题在前 30 行内并与模板一致。',
  'input.sheet-not-found': '文件“{file}”里没有名为“{sheet}”的工作表，请重新选择工作表。',
  'input.no-rows': '文件“{file}”里没有数据行，请至少填写一行。',
  'input.too-many-rows': '文件“{file}”超过 {limit} 行，请拆成几个文件分别导入。',
  'input.too-many-columns': '文件“{file}”的列数超过 {limit}，请删去多余的列。',
  'input.unknown-encoding':
    '认不出文件“{file}”的文字编码{detail}，为免错字没有导入，请另存为 UTF-8 的 CSV 或 .xlsx。',
  'input.malformed-csv': 'CSV 文件“{file}”第 {row} 行有问题（{detail}），请修正后重试，或另存为 .xlsx。',
  'input.timeout': '读取文件“{file}”用时过长，已停止，没有导入任何内容，请拆成较小的文件。',
  'input.memory': '读取文件“{file}”占用内存过多，已停止，客户端不受影响，请拆成较小的文件。',
  'output.not-writable': '无法写入“{file}”，请检查文件夹权限或文件是否正被打开，换一个位置再试。',
  'storage.newer-schema': '数据由更新版本的信报保存，本版本不能打开，数据未受影响，请安装新版本。',
  'storage.wrong-key':
    '数据打不开：密钥不对，数据未受影响。请检查密钥文件或 XINBAO_KEY，不要删除数据文件夹。',
  'storage.key-missing':
    '文件夹“{folder}”里有信报数据，但密钥文件 desk.key 不见了；数据完好，没有改动。请把原来的 desk.key 放回去，或设置 XINBAO_KEY，不要重新建立。',
  'storage.in-use': '这个数据文件夹正被另一个信报使用，请先关闭它再试。',
  'storage.full': '磁盘已满，刚才的内容没有保存，已有数据完好。请清理磁盘后重试。',
  'storage.damaged': '数据文件有损坏，为保护数据已停止打开，请从备份恢复或联系技术人员。',
  'storage.settings-refused': '数据库的安全设置没有生效（{setting}），已停止打开，请联系技术人员。',
  'storage.migration-failed': '升级数据时出错，已退回原状，备份在 {backup}，请联系技术人员。',
  'storage.folder-refused': '不能把数据放在“{folder}”：{detail}。请换成本机磁盘上的文件夹。',
  'storage.not-initialised': '文件夹“{folder}”里还没有信报数据，请先执行 init 或在客户端中启用。',
  'storage.already-initialised': '文件夹“{folder}”里已有信报数据，没有改动，请换一个文件夹。',
  'backup.missing-file': '找不到备份文件“{file}”，请核对路径。',
  'backup.weak-password': '备份密码至少要 {length} 个字，请换一个长一些的。',
  'backup.wrong-secret':
    '打不开备份“{file}”：密码或密钥不对，或这不是信报的备份。请用备份时的密码，或同时带上旁边的“{file}.key”。',
  'backup.unsound': '备份“{file}”里的数据核对不上（{detail}），没有恢复，现在的数据没有改动。请换一份备份。',
  'backup.other-bureau':
    '备份“{file}”是“{name}”的，不是本单位的，没有恢复，现在的数据没有改动。请换成本单位的备份。',
  'backup.other-mode':
    '演练的备份只能恢复到演练，正式的只能恢复到正式，“{file}”没有恢复，现在的数据没有改动。请先切换模式。',
  'restore.none': '没有核验过的备份，没有恢复，现在的数据没有改动。请重新选择备份文件。',
  'restore.busy': '正在报送或处理数据，现在不能恢复，请等它办完再试。',
  'storage.io': '读写磁盘出错，刚才的内容没有保存，请检查磁盘后重试。',
  'engine.stopped': '后台刚刚重新启动，这一步没有完成，已保存的数据完好，请重试。',
  'desk.wrong-bureau':
    '单位“{name}”的统一社会信用代码“{code}”不对，没有建立。代码应为 18 位，末位是校验位，名称应为 2 到 100 个字，请对照证书逐位核对。',
  'record.not-found': '找不到这条记录，它可能已被作废，请刷新列表。',
  'record.changed-meanwhile': '这条记录刚被别处改过，你的修改没有保存，请查看最新内容后再改。',
  'record.not-editable': '这条记录正在报送或等待平台答复，暂不能修改，请等结果出来。',
  'record.unknown-field': '“{field}”不是这类记录的字段，请核对字段代码。',
  'record.operation-refused': '现在不能对这条记录做“{operation}”：{detail}。',
  'record.reason-required': '请填写理由，理由会记入记录的经过。',
  'filter.name-taken': '已有名为“{name}”的筛选，请换一个名称。',
  'filter.too-many': '最多保存 {most} 个筛选，请先删去不用的。',
  'gap.unknown': '没有“{series}”这一组文号，或一次说明的号码太多，请刷新后重新选择。',
  'attachment.name-refused': '没有附上“{file}”（{detail}），请改名或换成扫描件再试。',
  'attachment.path-refused': '没有打开“{path}”（{detail}），什么也没有附上，请改用本机文件夹里的文件。',
  'attachment.link': '“{file}”是指向别处的链接，没有打开它指向的内容，请直接选择原文件。',
  'attachment.content-refused': '没有附上“{file}”（{detail}），请重新扫描或另存为 PDF 再试。',
  'attachment.too-large': '没有附上“{file}”：超过 {limitMb} MB，请降低扫描分辨率或拆开。',
  'attachment.too-many': '这条记录已有 {limit} 件材料，没有再附，请先移除不用的，或合成一个 PDF。',
  'attachment.repeated': '“{file}”与已附的第 {no} 件内容相同，没有重复附上。',
  'attachment.not-found': '找不到这件材料，它可能已被移除或清除，请刷新后再看。',
  'batch.not-found': '找不到这个批次，请刷新列表。',
  'batch.not-stopped': '只有已停下的批次才能交回；这个批次还在办理，请等它办结，或先接着办完。',
  'submission.not-nil': '今天有要报送或已报送的记录，不能登记零报告，请重新清点。',
  'batch.maybe-received':
    '平台可能已收到批次 {label} 的记录，为免重复报送没有交回。请先接着办完；仍停下的，请平台管理员按批次编号核对。',
  'pack.invalid':
    '数据接入标准的内容有误，没有采用，现行标准没有变化。请平台更正后重新下发；程序自带的标准有误时请重装程序（位置和原因，供技术人员：{path} {reason}）。',
  'pack.unreadable': '标准包读不出来：{reason}。没有安装，现行标准没有变化，请重新取得标准包。',
  'notice.not-found': '找不到这条平台通知，请刷新列表。',
  'notice.not-answerable': '这条通知不需要答复，或已经答复过，请刷新列表。',
  'dispute.nothing': '这条记录没有被退回，或已经提过异议，请刷新列表。',
  'dispute.not-found': '这项异议已经了结，请刷新列表。',
  'conflict.nothing': '这条记录与平台没有冲突，或已经处理过，请刷新列表。',
  'conflict.not-ours': '平台没有说这条记录是本单位报送的，不能更正它。请改用“以平台为准”，或提出异议。',
  'reconciliation.nothing': '这项差异已经处理过，或不能这样处理，请刷新对账结果。',
  'outage.nothing': '这段时间没有线路故障的探测记录，发送失败时会自动记录，请换一段时间。',
  'batch.other-way':
    '批次 {label} 已经从另一条路报出，为免重复报送，这条路不再发送。请等那条路的结果，或先把它交回。',
  'batch.nothing-open': '批次 {label} 没有等待人工认定的记录，没有改动。',
  'batch.answer-needed':
    '批次 {label} 已写入离线报送包，要以平台的回执包为准，没有改动。没有交出去的，可以认定为平台没有，把记录整批交回。',
  'batch.person-needed':
    '平台的答复不清楚，也无法向平台查询这些记录，没有重复报送。请到平台上核对，再在“批次”里认定平台有还是没有（命令行用 decide）。',
  'package.not-found': '没有这个离线报送包，请刷新后再试。',
  'package.no-key':
    '还没有平台公钥，离线报送包无法加密，没有写出。请先在“平台连接”中填写平台公钥（命令行用 connect）。',
  'package.malformed': '文件“{file}”不是平台的回执包，或没有拷贝完整，没有采用任何内容。请重新取得。',
  'package.altered':
    '回执包“{file}”的签名或内容对不上，可能被改动过，已另存备查，没有采用任何内容。请向平台管理员重新索取。',
  'package.other-platform':
    '回执包“{file}”不是本机登记的平台签发的，已另存备查，没有采用任何内容。请核对是否拿错了文件。',
  'package.other-desk':
    '回执包“{file}”是给别的单位或别的电脑的，已另存备查，没有采用任何内容。请核对是否拿错了文件。',
  'package.unknown-batch':
    '回执包“{file}”提到本机没有的批次，已另存备查，没有采用任何内容。请联系平台管理员。',
  'package.given-back':
    '回执包“{file}”里的批次 {label} 已在本机交回重报，已另存备查，没有采用任何内容。请以重报的结果为准。',
  'package.old': '回执包“{file}”比已采用的旧，里面的结果都已登记，没有改动，不用处理。',
  'pack.unsigned': '标准包没有签名，不能安装。现行标准没有变化，请向平台索取签过名的标准包。',
  'pack.no-key': '还没有平台公钥，无法核对标准包的签名，没有安装。请先在“平台连接”中填写平台公钥。',
  'pack.wrong-signer':
    '标准包的签名与平台公钥对不上，可能被改动过，或不是本平台签发的，没有安装。请向平台管理员核实。',
  'pack.other-city': '标准包属于别的地区或别的标准（{id}，{region}），没有安装。请核对是否拿错了文件。',
  'pack.older': '标准包 {version} 比已有的 {newest} 旧，没有安装。现行标准没有变化，不用处理。',
  'pack.same-version':
    '标准 {version} 已经安装过，这个文件的版本号相同而内容不同，没有安装。请向平台管理员核实。',
  'pack.gap':
    '标准包 {version} 要接在 {supersedes} 之后，本机还没有那一版，没有安装。请先安装 {supersedes}。',
  'pack.digest-differs':
    '取来的标准包 {version} 与平台公告的校验值不符，没有安装，现行标准没有变化。请向平台管理员核实。',
  'pack.not-found': '本机没有标准 {version}，请刷新后再看。',
  'pack.preview-needed': '启用标准 {version} 前要先看过它的影响，现在还没有启用。请先点“查看影响”。',
  'pack.unknown-type': '标准里没有“{type}”这个类别，可用的类别：{known}。',
  'pack.unknown-setting': '现行标准里没有“{id}”这项设置，没有改动。请先看清有哪些设置再改。',
  'pack.setting-out-of-range': '“{title}”只能设为：{range}。没有改动，请改正后重试。',
  'update.not-a-package':
    '“{file}”不是信报的更新包，没有安装。请用信报制作方给出的更新包，不要直接运行别处来的程序。',
  'update.unsigned': '更新包“{file}”没有签名，没有安装，请向信报制作方重新索取。',
  'update.no-key': '本版本没有内置制作方的公钥，不能核验更新包，没有安装，请联系信息科。',
  'update.wrong-signer': '更新包“{file}”不是信报制作方签发的，或内容被改动过，没有安装，请向制作方重新索取。',
  'update.other-product': '这是“{product}”的更新包，不是信报的，没有安装，请换成信报的更新包。',
  'update.other-channel':
    '这个更新包属于“{channel}”通道，本机用的是“{own}”，没有安装，请换成本通道的更新包。',
  'update.older': '更新包是 {version}，比现在的 {own} 旧，没有安装，数据未受影响，请取新的更新包。',
  'update.same-version': '已经是 {version}，不用再装，继续使用即可。',
  'update.truncated': '更新包“{file}”不完整，多半是没有下载或复制完，没有安装，请重新取一份。',
  'update.altered': '更新包“{file}”的安装程序与签名对不上，没有安装，请向信报制作方重新索取。',
  'update.none': '没有准备好的更新，请先选择更新包。',
  'update.busy': '正在报送或处理数据，现在不能安装，请等它办完再装，更新包已留好。',
  'update.not-started': '系统没有启动安装程序，信报没有改动，请用有安装权限的账户再试。',
  'update.not-here': '浏览器里不能安装更新，请在桌面程序的设置里安装。',
  'practice.not-here': '演练平台没有启动，没有发来任何内容。请重新打开信报再试；正式模式下没有演练平台。',
  'practice.none-accepted':
    '演练平台上还没有可以用来练习的记录。请先报送几件（工作台的“开始日结”），平台通过后再来。',
  'calendar.invalid': '工作日历文件有误（{reason}），请重新安装。',
  'publicity.invalid': '公示期限规则文件有误（{path}：{reason}），请重新安装客户端。',
  'publicity.no-display': '这条记录没有在公示，或平台还没有通过，不能办理公示事项，请先查看它的报送情况。',
  'publicity.outside-term': '日期只能在 {from} 到 {to} 之间，没有改动，请重新选择。',
  'publicity.no-rule': '没有编号为“{rule}”的公示规则，没有改动，请重新选择。',
  'repair.too-early': '最短公示期未满，{earliestOn} 起才能申请信用修复，请到期后再办理。',
  'repair.excluded': '按“{rule}”，这类严重失信不能修复，请向当事人说明。',
  'repair.already-open': '这条记录已有一件在办的信用修复，请在原件上继续办理。',
  'repair.not-found': '找不到这件信用修复，请刷新后重试。',
  'repair.wrong-step': '这件信用修复现在是“{state}”，不能做这一步，请刷新后查看。',
  'repair.materials-missing': '还有 {count} 项材料没有收齐，不能继续；确实不需要的，请写明不适用的理由。',
  'repair.approval-missing': '还没有登记上级批准，按“{rule}”须经上级批准后申请，请先登记。',
  'task.cancelled': '已按你的要求停止；停止前已保存的内容保留。',
  'task.not-found': '这项任务已经结束，请查看结果。',
  'task.busy': '同类任务正在进行，请等它结束。',
  'connection.missing': '还没有设置平台连接，请在“设置”中填写平台地址和密钥（命令行用 connect）。',
  'connection.invalid': '平台连接的设置不对：{detail}。请核对后重试。',
  'connection.wrong-key': '密钥不对：{detail}。请向平台管理员核对后重试。',
  'connection.batches-open':
    '还有 {count} 个批次没有办结（{label}），换平台会让它们没有下落，所以没有改动。请先在“批次”里办完（命令行用 resume），办不完的交回后再换。',
  'connection.by-hand':
    '本机设为用离线报送包报送，不能直接连平台。请在“批次”的“离线报送”里写出报送包（命令行用 package），或在“设置”里改用别的方式。',
  'transport.offline': '连不上平台，内容已封存在本机，不会丢失，网络恢复后会接着报送。',
  'transport.timeout': '平台没有在规定时间内答复，内容已封存在本机，稍后会先核实再继续。',
  'transport.tls': '平台的安全证书不可信，没有发送任何内容，请联系平台管理员。',
  'transport.redirected': '平台地址被转向别处，没有发送任何内容，请核对平台地址。',
  'transport.captive-page': '打开的是网络登录页而不是平台，请先登录网络再试，内容已封存在本机。',
  'transport.reply-too-large': '平台的答复超过大小上限，已停止读取，请联系平台管理员。',
  'transport.busy': '平台忙，稍后会自动再试，内容已封存在本机。',
  'transport.protocol':
    '平台的答复不符合约定（{detail}），已停下，没有重复报送。请联系平台管理员，改好后再继续。',
  'platform.auth-refused': '平台没有认可本机的身份（{detail}），已停止报送，请核对用户标识和密钥。',
  'platform.signature-refused':
    '平台没有认可本机的签名（{detail}），已停止报送。请核对本机公钥是否已在平台登记，以及签名写法和签名 ID 是否与平台一致。',
  'platform.other-bureau':
    '平台上登记的单位是“{name}”（{code}），与本机的单位（{own}）不同，没有报送任何内容。请核对用户标识，或联系平台管理员。',
  'platform.clock-skew': '本机时间与平台相差过大，请校准电脑时间后重试。',
  'platform.standard-refused': '平台不接受当前的数据接入标准版本，请更新标准后再报送。',
  'platform.batch-denied': '平台说没有收到这一批，正在隔一分钟再次核实，两次都没有才会重发，不会重复报送。',
  'platform.manifest-conflict':
    '平台上同一批次编号是别的内容，已停下，没有重复报送。请在“批次”里打开这一批，把记录交回后重报（命令行用 release）。',
  'platform.refused':
    '平台拒绝了这个请求（{detail}），已停下，没有重复报送。请联系平台管理员问明原因，再继续或交回重报。',
  'platform.receipt-invalid':
    '平台回执没有通过验证（{detail}），回执已另存备查，结果暂不采信，请联系平台管理员。',
  'platform.still-processing': '平台还在处理，稍后会自动取回结果。',
  'defect.unexpected': '程序出了意外错误，已记入日志，数据完好。请重试；仍不行请联系技术人员。',
}

/** Why a package cannot be read; every other reason is the place of a member that this release does not know. */
const unreadableReasons: Readonly<Record<string, string>> = {
  'too large': '文件太大，不是标准包',
  'not a file': '选中的不是文件',
  'not UTF-8': '文件已损坏，或不是标准包',
  'nested too deep': '文件已损坏，或不是标准包',
  'not JSON, or cut short': '文件不完整，或不是标准包',
  'not a package': '文件不是标准包',
}
const OTHER_FORMAT = '格式与本程序不符，可能要先更新程序（{reason}）'

function unreadable(reason: string): string {
  return Object.hasOwn(unreadableReasons, reason)
    ? unreadableReasons[reason]!
    : fill(OTHER_FORMAT, { reason })
}

/** The sentence of a failure with its values filled in. */
export function failureSentence({ code, params }: Failure): string {
  const isUnreadable = code === 'pack.unreadable'
  const said = isUnreadable ? { ...params, reason: unreadable(String(params['reason'] ?? '')) } : params
  return fill(failureTexts[code], said)
}
