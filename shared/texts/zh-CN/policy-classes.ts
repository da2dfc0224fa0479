import type { PolicyClass } from '@shared/standard/pack'

/** The five classes of data in the words of the city's policy. */
export const policyClassNames: Readonly<Record<PolicyClass, string>> = {
  basic: '基本数据',
  'penalty-judicial': '处罚及司法数据',
  warning: '预警数据',
  honour: '荣誉信息',
  market: '市场化数据',
}

/** Mark of a record type whose fields are a local proposal. */
export const localTypeMark = '本地'
