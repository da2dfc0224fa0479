import { identifierFindings, identifierKinds } from '@shared/standard/identifiers/identifier-registry'
import { identifierFix } from '@shared/standard/identifiers/identifier-fix'
import * as v from 'valibot'
import { ruleFunction } from './rule-function'

/** An identifier must hold; each rule reports some of the ways in which it does not. */
export const checkDigit = ruleFunction({
  name: 'checkDigit',
  scope: 'each',
  judgesBlank: false,
  judgesValueAlone: true,
  options: v.strictObject({
    identifier: v.picklist(identifierKinds),
    report: v.pipe(v.array(v.picklist(identifierFindings)), v.minLength(1)),
  }),
  example: { identifier: 'uscc', report: ['check-digit'] },
  compile: ([field], { identifier, report }, scope) => {
    const inspect = scope.inspect(identifier, field!.code)
    return (value, _, context) => {
      const finding = inspect(value, context.today)
      if (finding === null || !report.includes(finding)) return null
      const fix = identifierFix(identifier, value, context.today)
      return { params: { length: value.length }, ...(fix === null ? {} : { fix }) }
    }
  },
})
