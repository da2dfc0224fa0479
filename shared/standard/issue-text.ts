import type { Issue } from './issue'
import { maskIssueValue } from './mask'
import type { RecordTypeSpec } from './pack'

const PLACEHOLDER = /\{([a-zA-Z]{1,30})\}/g
/** Longer values are cut in a sentence; the form shows the whole. */
const LONGEST_VALUE = 40
const FALLBACK = 'issue.unknown'

const cutForSentence = (value: string): string => {
  const characters = [...value.slice(0, LONGEST_VALUE * 2 + 2)]
  return characters.length > LONGEST_VALUE ? `${characters.slice(0, LONGEST_VALUE).join('')}…` : value
}

/** Which text an issue uses: its own, that of its rule, or the general one. */
function templateOf(
  issue: Issue,
  texts: Readonly<Record<string, string>>,
  textOfRule: (id: string) => string,
) {
  const key = textOfRule(issue.code)
  if (Object.hasOwn(texts, key)) return texts[key]!
  return Object.hasOwn(texts, FALLBACK) ? texts[FALLBACK]! : issue.code
}

/**
 * Compiles the sentences of a type. `{label}` is the official label of the field, `{value}` the value (never of a
 * personal field), `{code}` the issue's code; all else comes from the params. What is missing is left out.
 */
export function compileMessages(
  type: RecordTypeSpec,
  texts: Readonly<Record<string, string>>,
  textOfRule: ReadonlyMap<string, string>,
): (issue: Issue) => string {
  const fields = new Map(type.fields.map((field) => [field.code, field]))

  return (issue) => {
    const field = issue.field === null ? undefined : fields.get(issue.field)
    const isPersonal = field !== undefined && field.sensitivity !== 'public'
    const shown = (value: string): string => (field === undefined ? value : maskIssueValue(field, value))
    const named = (name: string): string => {
      if (Object.hasOwn(issue.params, name)) return cutForSentence(String(issue.params[name]))
      if (name === 'label') return field?.label ?? issue.field ?? type.title
      if (name === 'value') return isPersonal ? '*' : cutForSentence(shown(issue.value ?? ''))
      return name === 'code' ? issue.code : ''
    }
    const template = templateOf(issue, texts, (id) => textOfRule.get(id) ?? id)
    return template.replace(PLACEHOLDER, (_, name: string) => named(name))
  }
}
