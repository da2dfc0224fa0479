import { numberText } from '@renderer/texts/moment'

/** Sentences of restoring. */
export const upkeepTexts = {
  restore: {
    title: '从备份恢复',
    lead: '用一份备份代替现在的数据。先核验备份，给你看里面有什么，再由你决定；现在的数据会另存，不会删除。',
    file: '备份文件',
    choose: '选择备份文件',
    chosen: (name: string, size: string) => `${name}（${size}）`,
    none: '还没有选择',
    uploading: '正在读取备份文件……',
    password: '备份时的密码',
    passwordMissing: '请填写备份时的密码。',
    prove: '核验备份',
    stop: '停止',
    progress: (step: string, percent: number | null) =>
      percent === null ? `${step}……` : `${step} ${percent}%`,
    stopped: '已停止，现在的数据没有改动。',
    found: '备份已核验，没有问题。请看清楚再决定。',
    facts: {
      madeAt: '备份时间',
      bureau: '单位',
      holds: '里面有',
      newer: '备份之后',
    },
    holds: (records: number, batches: number, documents: number) =>
      `${numberText(records)} 条记录，${numberText(batches)} 个批次，${numberText(documents)} 件佐证材料`,
    newerNone: '现在的数据与备份相比，没有新的记录和批次。',
    newer: (records: number, batches: number) =>
      `现在的数据里有 ${numberText(records)} 条记录是备份之后新建或改过的，${numberText(batches)} 个批次是备份之后封存的，恢复后看不到。`,
    openBatches: (count: number) =>
      `其中有 ${numberText(count)} 个批次还没有办结。能等的话，请先等它们办结再恢复。`,
    otherDesk: '这份备份是本单位另一台电脑写的。恢复后，这台电脑按备份里的平台连接和密钥工作。',
    whatHappens: [
      '现在的数据整个另存到数据文件夹的 former 下，以日期命名，不会删除。',
      '备份里的数据代替它，程序自动重新打开，不用重启。',
      '备份之后报送过的，会先向平台查询，平台已有的不再报送，不会重复。',
      '备份之后新建、改过而没有报送的记录要重新录入或导入。',
    ],
    confirmWord: '恢复',
    confirmLabel: '确认',
    confirmHint: (word: string) => `要继续，请在框里输入“${word}”。点下去之后不能中途停止。`,
    go: '用这份备份恢复',
    giveUp: '不恢复了',
    going: '正在恢复，请不要关闭程序……',
    former: '恢复前的数据',
    formerHint: '整份保留，和备份一样加密。确认不再需要时，可自行删除这个文件夹。',
    openFolder: '打开文件夹',
    copyPath: '复制路径',
    copied: '路径已复制。',
  },
}
