import { exclusionBases } from '@shared/domain/record-status'
import { codePointLength, literalPattern } from '@shared/kernel/text'
import { toHalfWidthAlphanumeric } from '@shared/standard/normalise/half-width'
import type { Fix } from '@shared/standard/issue'
import { isLinearPattern } from '@shared/standard/linear-pattern'
import * as v from 'valibot'
import { byteEncodings, byteLength, type ByteEncoding } from '@shared/standard/byte-length'
import { FOUND, ruleFunction, type Judge } from './rule-function'

/** The record then lawfully never goes to the platform: on which basis, offered to the clerk as the way out. */
const exclusion = v.exactOptional(v.picklist(exclusionBases))

/** No character takes more bytes than three in one UTF-16 unit, so most values need no count. */
const MOST_BYTES_OF_UNIT = 3

function judgeBytes(encoding: ByteEncoding | 'none', max: number): Judge {
  if (encoding === 'none') return () => null
  return (value) => {
    if (value.length * MOST_BYTES_OF_UNIT <= max) return null
    const length = byteLength(value, encoding)
    // More characters than the field has are said already.
    return length <= max || codePointLength(value) > max
      ? null
      : { params: { length, max, encoding: encoding.toUpperCase() } }
  }
}

const positiveInteger = v.pipe(v.number(), v.integer(), v.minValue(1))

/**
 * Length in code points between `min` and `max`, both inclusive; or, with `bytes`, in bytes of that encoding up to the
 * length of the field itself, for platforms that count so.
 */
export const length = ruleFunction({
  name: 'length',
  scope: 'each',
  judgesBlank: false,
  judgesValueAlone: true,
  options: v.union([
    v.strictObject({ min: v.exactOptional(positiveInteger), max: v.exactOptional(positiveInteger) }),
    v.strictObject({ bytes: v.picklist([...byteEncodings, 'none']) }),
  ]),
  example: { min: 2, max: 50 },
  compile: ([field], options) => {
    if ('bytes' in options) return judgeBytes(options.bytes, field!.maxLength ?? Infinity)
    const { min = 0, max = Infinity } = options
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
  judgesValueAlone: true,
  options: v.strictObject({
    pattern: v.pipe(v.string(), v.check(isLinearPattern, 'the pattern is not surely linear')),
    negate: v.exactOptional(v.boolean()),
    exclusion,
  }),
  example: { pattern: '^\\d{6}$' },
  compile: (_, { pattern, negate = false, exclusion }) => {
    const expression = new RegExp(pattern, 'u')
    const found = exclusion === undefined ? FOUND : { params: { exclusion } }
    return (value) => (value.length > LONGEST_SEARCHED || expression.test(value) !== negate ? null : found)
  },
})

/** The text must not contain some words, except inside some longer expressions. */
export const forbiddenText = ruleFunction({
  name: 'forbiddenText',
  scope: 'each',
  judgesBlank: false,
  judgesValueAlone: true,
  options: v.strictObject({
    words: v.pipe(v.array(v.pipe(v.string(), v.minLength(1))), v.minLength(1)),
    except: v.exactOptional(v.array(v.pipe(v.string(), v.minLength(1)))),
    exclusion,
  }),
  example: { words: ['涉密'], except: ['非涉密'] },
  compile: (_, { words, except = [], exclusion }) => {
    const anyWord = new RegExp(words.map(literalPattern).join('|'), 'u')
    const anyExcept = except.length === 0 ? null : new RegExp(except.map(literalPattern).join('|'), 'gu')
    return (value) => {
      if (!anyWord.test(value)) return null
      const [word] = anyWord.exec(anyExcept === null ? value : value.replace(anyExcept, '\n')) ?? []
      if (word === undefined) return null
      return { params: exclusion === undefined ? { word } : { word, exclusion } }
    }
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
  judgesValueAlone: true,
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
