/** Sentences of the record panel. */
export const formTexts = {} as const
