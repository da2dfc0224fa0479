/**
 * Official labels of identifiers carry their place in the paper form, e.g. `..._1(name)`. Columns and forms have room
 * for the name only; the whole label is shown on hover.
 */
export const shortLabel = (label: string): string => label.replace(/^.*_\d+[（(](.+)[)）]$/u, '$1')
