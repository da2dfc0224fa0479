/** Sentences of the desk. */
export const deskTexts = {} as const
