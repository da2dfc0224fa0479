/** Words of the dialogs that ask for a reason before a record is held, discarded or excluded. */
export const actionsTexts = {
  hold: {
    title: '暂缓报送',
    text: '暂缓的记录不进入批次，期限照常计算，到期前会提醒。',
    label: '暂缓原因',
    confirm: '暂缓',
    suggestions: ['等相对人补证', '文书待更正', '主体信息待核实'],
  },
  discard: {
    title: '作废记录',
    text: '只有从未报送过的记录可以作废。作废后不再报送，可以撤销。',
    label: '作废原因',
    confirm: '作废',
    suggestions: ['重复录入', '录入错误', '文书已撤销'],
  },
  exclude: {
    title: '列为不予报送',
    text: '不进入任何批次，计入月报的“未报送依据”。',
    label: '说明',
    confirm: '不予报送',
    suggestions: [],
  },
  include: {
    title: '取消不予报送',
    text: '记录恢复为可以报送。',
    label: '取消原因',
    confirm: '确定',
    suggestions: [],
  },
  until: '暂缓至（可不填）',
  untilPlaceholder: '选择日期',
  basis: '依据',
  bases: {
    classified: '涉及国家秘密',
    'simple-procedure': '简易程序处罚',
    'not-to-be-published': '依法不予公开',
  },
} as const
