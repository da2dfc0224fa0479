import { cut, withoutDeceivers } from '@shared/kernel/text'
import { withoutPersonalData } from '@shared/standard/personal-data'

/** The most of a platform's words that is kept or shown. */
const LONGEST = 2_000

/**
 * A platform's own words, fit for showing and for what is passed on: hostile text, cut, and without the numbers of
 * persons that platforms like to repeat ("身份证号……不存在").
 */
export const serverWords = (text: string): string => withoutPersonalData(withoutDeceivers(cut(text, LONGEST)))
