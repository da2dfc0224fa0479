/** Sentences of the record grid. */
export const recordsTexts = {} as const
