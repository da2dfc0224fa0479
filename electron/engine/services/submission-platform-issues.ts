import type { ItemError } from '@shared/domain/exchange'
import { cut } from '@shared/kernel/text'
import type { Issue } from '@shared/standard/issue'
import type { CompiledType } from '@shared/standard/standard'
import { platformCodeText } from '@shared/texts/zh-CN/platform-codes'

/** The most that is kept of a platform's words or of a value it repeats. */
const LONGEST = 2_000
const CODE = /^[\w.-]{1,32}$/

/** The field that a wire name stands for; null when the record type has none of that name. */
function fieldOf(type: CompiledType | undefined, wireName: string | null): string | null {
  return type?.fields.find((field) => (field.wire?.name ?? field.code) === wireName)?.code ?? null
}

/** A verdict's errors as issues: code `platform.NNNN`, fields under our names, the platform's words as a parameter. */
export function platformIssues(
  errors: readonly ItemError[],
  type: CompiledType | undefined,
): readonly Issue[] {
  return errors.map((error) => {
    const field = fieldOf(type, error.field)
    const serverText = cut(error.message, LONGEST)
    return {
      code: `platform.${CODE.test(error.code) ? error.code : 'unexplained'}`,
      severity: error.severity,
      field,
      value: error.value === null ? null : cut(error.value, LONGEST),
      params:
        field === null && error.field !== null
          ? { serverText, wireField: cut(error.field, 64) }
          : { serverText },
    }
  })
}

/** An issue that the desk adds where the platform gave none. */
export const ownIssue = (
  code: 'platform.duplicate' | 'platform.unexplained' | 'platform.not-taken' | 'platform.lost',
  params: Issue['params'] = {},
): Issue => ({
  code,
  severity: 'error',
  field: null,
  value: null,
  params,
})

/** The columns of a record that tell of its open platform issues. */
export function headlineOf(issues: readonly Issue[]): {
  readonly openIssues: number
  readonly headlineCode: string | null
  readonly headline: string | null
  readonly headlineField: string | null
} {
  const errors = issues.filter((issue) => issue.severity === 'error')
  const first = errors[0]
  return {
    openIssues: errors.length,
    headlineCode: first?.code ?? null,
    headline: first === undefined ? null : platformCodeText(first.code).meaning,
    headlineField: first?.field ?? null,
  }
}
