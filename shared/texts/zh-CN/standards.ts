import { fill } from '@shared/texts/fill'
import type { StandardVersionState } from '@shared/contract/views/standard-views'
import { packChangeKinds, type PackChange, type PackChangeKind } from '@shared/standard/pack-difference'

/** How a change from one version of the standard to the next is counted, and how one is said. */
const changeTexts: Readonly<Record<PackChangeKind, { readonly counted: string; readonly said: string }>> = {
  'type-removed': { counted: '取消 {count} 个类别', said: '取消类别“{title}”' },
  'required-field-added': { counted: '新增 {count} 个必填字段', said: '{type}：新增必填字段“{label}”' },
  'field-made-required': { counted: '{count} 个字段改为必填', said: '{type}：“{label}”改为必填' },
  'field-required-sometimes': {
    counted: '{count} 个字段的必填条件有变',
    said: '{type}：“{label}”在某些情况下必填',
  },
  'codes-removed': { counted: '{count} 个代码表缩小', said: '代码表“{list}”不再接受：{codes}' },
  'length-shrunk': { counted: '{count} 个字段的长度缩短', said: '{type}：“{label}”最多 {to} 个字' },
  'field-kind-changed': { counted: '{count} 个字段的格式有变', said: '{type}：“{label}”的格式有变' },
  'rule-added': { counted: '新增 {count} 条核对规则', said: '新增核对：{rule}' },
  'rule-changed': { counted: '{count} 条核对规则有变', said: '核对有变：{rule}' },
  'deadline-changed': {
    counted: '{count} 个类别的报送期限有变',
    said: '{type}：报送期限改为 {days} 个工作日',
  },
  'deadline-start-changed': {
    counted: '{count} 个类别的报送期限起算日有变',
    said: '{type}：报送期限的起算日有变',
  },
  'field-removed': { counted: '取消 {count} 个字段', said: '{type}：取消字段“{label}”' },
  'type-added': { counted: '新增 {count} 个类别', said: '新增类别“{title}”' },
  'field-added': { counted: '新增 {count} 个选填字段', said: '{type}：新增选填字段“{label}”' },
  'field-made-optional': { counted: '{count} 个字段不再必填', said: '{type}：“{label}”不再一律必填' },
  'codes-added': { counted: '{count} 个代码表扩充', said: '代码表“{list}”新增：{codes}' },
  'length-grown': { counted: '{count} 个字段的长度放宽', said: '{type}：“{label}”的长度放宽' },
  'rule-removed': { counted: '取消 {count} 条核对规则', said: '取消核对：{rule}' },
  'setting-reset': {
    counted: '{count} 项本市设置不再适用',
    said: '本市设置“{title}”的值 {before} 超出新版本的范围，改按标准的值 {after}',
  },
}

const previewTexts = {
  nothing: '内容没有变化',
  affected: '影响 {count} 条草稿',
  unaffected: '不影响现有草稿',
} as const

/** What a rule says of an issue, said of no field in particular. */
const ruleInWords = (template: string): string =>
  template.replaceAll('{label}', '该字段').replace(/\{\w+\}/g, '…')

/** One change in words. */
export const changeSentence = ({ kind, params }: PackChange): string =>
  fill(changeTexts[kind].said, { ...params, rule: ruleInWords(String(params['rule'] ?? '')) })

/** The whole difference in one line, such as `新增 2 个必填字段，1 个代码表缩小；影响 41 条草稿`. */
export function differenceSentence(changes: readonly PackChange[], affected: number): string {
  const counted = packChangeKinds.flatMap((kind) => {
    const count = changes.filter((change) => change.kind === kind).length
    return count === 0 ? [] : [fill(changeTexts[kind].counted, { count })]
  })
  const effect = affected === 0 ? previewTexts.unaffected : fill(previewTexts.affected, { count: affected })
  return `${counted.length === 0 ? previewTexts.nothing : counted.join('，')}；${effect}`
}

/** How a version of the standard stands. */
export const standardStates: Readonly<Record<StandardVersionState, string>> = {
  'in-force': '施行中',
  consent: '等待确认',
  day: '等待施行日',
  past: '已被取代',
  damaged: '文件损坏',
}

/** What each act of the command `standard` is done to. */
export const standardActArguments = { install: '标准包文件', preview: '版本号', adopt: '版本号' } as const

/** What stands under a record whose type the standard in force no longer has. */
export const withdrawnTypeText =
  '现行标准已取消这一类别，这条记录不能再报送，请作废，或向平台核实后改报其他类别。'

/** Titles of the tasks of the standard, as the task tray shows them. */
export const standardTaskTitles = {
  preview: '查看标准 {version} 的影响',
  recheck: '按标准 {version} 重新核对',
  trySettings: '试算标准设置的影响',
  settings: '按新的标准设置重新核对',
} as const
