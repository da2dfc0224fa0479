import { codePointLength } from '@shared/kernel/text'
import { toHalfWidthAlphanumeric } from '@shared/standard/normalise/half-width'
import type { Fix } from '@shared/standard/issue'
import { isLinearPattern } from '@shared/standard/linear-pattern'
import { findPersonalData } from '@shared/standard/personal-data'
import * as v from 'valibot'
import { FOUND, ruleFunction } from './rule-function'

const positiveInteger = v.pipe(v.number(), v.integer(), v.minValue(1))

/** Length in code points between `min` and `max`, both inclusive. */
export const length = ruleFunction({
  name: 'length',
  scope: 'each',
  judgesBlank: false,
  options: v.strictObject({ min: v.exactOptional(positiveInteger), max: v.exactOptional(positiveInteger) }),
  example: { min: 2, max: 50 },
  compile: (_, { min = 0, max = Infinity }) => {
    // UTF-16 units are never fewer than code points, and at most twice as many: most values need no count.
    return (value) => {
      if (value.length <= max && value.length >= min * 2) return null
      const length = codePointLength(value)
      if (length <= max && length >= min) return null
      return {
        params: { length, min, ...(max === Infinity ? {} : { max, over: Math.max(0, length - max) }) },
      }
    }
  },
})

/** Texts longer than this are judged by `length`, not searched. */
const LONGEST_SEARCHED = 5_000

/** The whole value must match a pattern (or must not, with `negate`). Only linear patterns are accepted. */
export const pattern = ruleFunction({
  name: 'pattern',
  scope: 'each',
  judgesBlank: false,
  options: v.strictObject({
    pattern: v.pipe(v.string(), v.check(isLinearPattern, 'the pattern is not surely linear')),
    negate: v.exactOptional(v.boolean()),
  }),
  example: { pattern: '^\\d{6}$' },
  compile: (_, { pattern, negate = false }) => {
    const expression = new RegExp(pattern, 'u')
    return (value) => (value.length > LONGEST_SEARCHED || expression.test(value) !== negate ? null : FOUND)
  },
})

const escape = (word: string): string => word.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')

/** The text must not contain some words, except inside some longer expressions. */
export const forbiddenText = ruleFunction({
  name: 'forbiddenText',
  scope: 'each',
  judgesBlank: false,
  options: v.strictObject({
    words: v.pipe(v.array(v.pipe(v.string(), v.minLength(1))), v.minLength(1)),
    except: v.exactOptional(v.array(v.pipe(v.string(), v.minLength(1)))),
  }),
  example: { words: ['涉密'], except: ['非涉密'] },
  compile: (_, { words, except = [] }) => {
    const anyWord = new RegExp(words.map(escape).join('|'), 'u')
    const anyExcept = except.length === 0 ? null : new RegExp(except.map(escape).join('|'), 'gu')
    return (value) => {
      if (!anyWord.test(value)) return null
      const [word] = anyWord.exec(anyExcept === null ? value : value.replace(anyExcept, '\n')) ?? []
      return word === undefined ? null : { params: { word } }
    }
  },
})

/** The text should hold no identity number, mobile number or bank card number. The number is never repeated. */
export const personalDataInText = ruleFunction({
  name: 'personalDataInText',
  scope: 'each',
  judgesBlank: false,
  options: v.strictObject({}),
  example: {},
  compile: () => (value) => {
    const [first] = findPersonalData(value)
    return first === undefined ? null : { params: { position: first.start + 1 } }
  },
})

/* eslint-disable no-control-regex -- these classes name the odd characters */
const CHARACTER_CLASSES = {
  /** Lone surrogates, private use, control characters, non-characters: nobody else can read them. */
  unreadable: /[\p{Cs}\p{Co}\p{Noncharacter_Code_Point}\u0000-\u0008\u000b-\u001f\u007f-\u009f]/u,
  emoji: /[\p{Emoji_Presentation}\u20e3\ufe0f]/u,
  /** More marks on one letter than any script needs; Tibetan needs the most. */
  combining: /\p{M}{9}/u,
  variationSelector: /[\ufe00-\ufe0e\u{e0100}-\u{e01ef}]/u,
  fullWidth: /[\u3000\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/u,
} as const
/* eslint-enable no-control-regex */

type CharacterClass = keyof typeof CHARACTER_CLASSES

const halfWidthFix = (value: string): Fix => ({
  value: toHalfWidthAlphanumeric(value).replaceAll('\u3000', ' '),
  proof: 'fix.half-width',
})

/** The text must hold no character of one class. */
export const characterSet = ruleFunction({
  name: 'characterSet',
  scope: 'each',
  judgesBlank: false,
  unusualCharactersOnly: true,
  options: v.strictObject({ refuse: v.picklist(Object.keys(CHARACTER_CLASSES) as CharacterClass[]) }),
  example: { refuse: 'emoji' },
  compile: (_, { refuse }) => {
    const expression = CHARACTER_CLASSES[refuse]
    return (value) => {
      const at = value.search(expression)
      if (at === -1) return null
      const params = { position: codePointLength(value.slice(0, at)) + 1 }
      return refuse === 'fullWidth' ? { params, fix: halfWidthFix(value) } : { params }
    }
  },
})
