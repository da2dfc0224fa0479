import { codePointLength } from '@shared/kernel/text'
import {
  findPersonalData,
  MARKS_OF_PERSONAL_DATA,
  personalDataKinds,
  withoutPersonalData,
} from '@shared/standard/personal-data'
import * as v from 'valibot'
import { ruleFunction } from './rule-function'

/**
 * The text should hold no identity number, mobile number, bank card number or home address of a person. What was
 * found is never repeated in the sentence; the fix masks all of it at once.
 */
export const personalDataInText = ruleFunction({
  name: 'personalDataInText',
  scope: 'each',
  judgesBlank: false,
  judgesValueAlone: true,
  options: v.strictObject({
    kinds: v.exactOptional(v.pipe(v.array(v.picklist(personalDataKinds)), v.minLength(1))),
  }),
  example: { kinds: ['residentId', 'mobile', 'bankCard'] },
  neededCharacters: () => MARKS_OF_PERSONAL_DATA,
  compile: (_, { kinds = personalDataKinds }) => {
    return (value) => {
      const found = findPersonalData(value, kinds)
      const [first] = found
      if (first === undefined) return null
      const position = codePointLength(value.slice(0, first.start)) + 1
      return {
        params: { position, count: found.length },
        fix: { value: withoutPersonalData(value, kinds), proof: 'fix.personal-data-masked' },
      }
    }
  },
})
