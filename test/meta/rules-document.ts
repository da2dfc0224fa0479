import type { Severity } from '@shared/standard/issue'
import { referenceRules } from '@shared/standard/reference'
import type { ReferenceKind, ReferenceRule, ReferenceUse } from '@shared/standard/reference'
import type { CompiledStandard } from '@shared/standard/standard'

const SEVERITIES: Readonly<Record<Severity, string>> = {
  error: '错误（改正后才能报送）',
  warning: '提示（核对后确认或改正）',
  hint: '参考（只显示）',
}
const CHAPTERS: Readonly<Record<ReferenceKind, string>> = {
  record: '一条记录的规则',
  records: '记录之间的规则',
  import: '读表时的规则',
}
const LONGEST_VALUE = 30
const TYPES_NAMED = 6

/** A value as a reader sees it; long ones are cut and counted. */
function shown(value: string | null): string {
  if (value === null) return '（空白）'
  const characters = [...value]
  const odd = value.replace(/[\p{Co}\p{Cs}\p{M}\p{Default_Ignorable_Code_Point}]/gu, '')
  if (odd !== value && characters.length <= LONGEST_VALUE) return `\`${escaped(value)}\``
  return characters.length > LONGEST_VALUE
    ? `\`${characters.slice(0, LONGEST_VALUE).join('')}…\`（共 ${characters.length} 字）`
    : `\`${value}\``
}

/** Characters that no reader sees, as their code. */
const escaped = (value: string): string =>
  value.replace(
    /[\p{Co}\p{Cs}\p{M}\p{Default_Ignorable_Code_Point}]/gu,
    (character) => `U+${character.codePointAt(0)!.toString(16).toUpperCase()}`,
  )

function usesText(uses: readonly ReferenceUse[], types: number): string {
  if (uses.length === 0) return '所有导入的文件'
  const labels = [...new Set(uses.flatMap((use) => use.fields.map((field) => field.label)))]
  const fields =
    labels.length > TYPES_NAMED
      ? `${labels.slice(0, TYPES_NAMED).join('、')}等 ${labels.length} 项`
      : labels.join('、')
  const where =
    uses.length === types
      ? '所有类别'
      : uses.length > TYPES_NAMED
        ? `${uses
            .slice(0, TYPES_NAMED)
            .map((use) => use.type)
            .join('、')}等 ${uses.length} 类`
        : uses.map((use) => use.type).join('、')
  return `${where}：${fields}`
}

function sampleLines({ sample, example }: ReferenceRule): readonly string[] {
  if (sample !== null) {
    const { fields, message, fix } = sample
    return [
      ...fields.map(({ label, bad, good }) =>
        bad === good ? `- 样例：${label} ${shown(bad)}` : `- 样例：${label} ${shown(bad)} → ${shown(good)}`,
      ),
      `- 提示语：${message}`,
      `- 一键修正：${fix === null ? '无，须由人核对' : `${fix.note} → ${shown(fix.value)}`}`,
    ]
  }
  return example === null ? [] : [`- 样例：${example.bad} → ${example.good}`]
}

function ruleText(rule: ReferenceRule, types: number): string {
  return [
    `### ${rule.id}`,
    '',
    `**${rule.title}** · ${SEVERITIES[rule.severity]}`,
    '',
    ...(rule.sample === null ? [`- 提示语：${rule.sentence}`] : []),
    `- 范围：${usesText(rule.uses, types)}`,
    `- 依据：${rule.basis}`,
    ...sampleLines(rule),
    '',
  ].join('\n')
}

/** Every rule of a standard as a page to read beside the pack. */
export function rulesDocument(standard: CompiledStandard): string {
  const { title, version, sources = [] } = standard.pack
  const rules = referenceRules(standard)
  const chapters = (Object.keys(CHAPTERS) as ReferenceKind[]).flatMap((kind) => {
    const own = rules.filter((rule) => rule.kind === kind)
    if (own.length === 0) return []
    return [`## ${CHAPTERS[kind]}`, '', ...own.map((rule) => ruleText(rule, standard.types.size))]
  })
  return [
    `# ${title}：规则`,
    '',
    `由标准包 ${version} 生成，不要手工修改。共 ${rules.length} 条。`,
    '',
    ...sources.map((source) => `- ${source}`),
    '',
    ...chapters,
  ].join('\n')
}
