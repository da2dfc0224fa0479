import { amountAgreesWithText, decimal, positive } from './amounts'
import { codeIn, matchesSubjectClass, multiCodeIn } from './codes'
import { dateFormat, dateOrder, notFuture, withinDays } from './dates'
import { checkDigit } from './identifiers'
import { personalDataInText } from './personal-data'
import { empty, oneOfRequired, placeholder, required, requiredWithCode } from './presence'
import type { RuleFunction } from './rule-function'
import { characterSet, forbiddenText, length, pattern } from './text'

/** The closed set of single-record functions that a rule of a pack can name. A new one needs a line here and tests. */
export const ruleFunctions: ReadonlyMap<string, RuleFunction> = new Map(
  (
    [
      required,
      empty,
      oneOfRequired,
      requiredWithCode,
      placeholder,
      length,
      pattern,
      forbiddenText,
      personalDataInText,
      characterSet,
      codeIn,
      multiCodeIn,
      matchesSubjectClass,
      dateFormat,
      dateOrder,
      notFuture,
      withinDays,
      decimal,
      positive,
      amountAgreesWithText,
      checkDigit,
    ] as RuleFunction[]
  ).map((definition) => [definition.name, definition]),
)
