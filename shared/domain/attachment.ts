/**
 * Supporting documents of a record: which there may be, and which names and paths are none. Everything here is judged by
 * text alone, so that it can be asked before anything is opened.
 */

/** Kinds of documents that are taken; each is recognised by its content as well. */
export const attachmentKinds = ['pdf', 'ofd', 'jpeg', 'png'] as const
export type AttachmentKind = (typeof attachmentKinds)[number]

/** The endings of each kind, lower case. */
export const attachmentEndings: Readonly<Record<AttachmentKind, readonly string[]>> = {
  pdf: ['pdf'],
  ofd: ['ofd'],
  jpeg: ['jpg', 'jpeg'],
  png: ['png'],
}

/** Why a file name is not taken. */
export type NameObjection =
  | 'hidden-characters'
  | 'characters'
  | 'edges'
  | 'device'
  | 'too-long'
  | 'program'
  | 'double-ending'
  | 'ending'

/** Why a path that somebody wrote down is not opened. */
export type PathObjection = 'network' | 'device' | 'outside'

/** What was taken out of a picture before it was kept. */
export const strippedParts = ['place', 'device', 'other'] as const
export type StrippedPart = (typeof strippedParts)[number]

const MOST_CHARACTERS = 120
/** Control characters, and what turns the direction of a text or has no width: they make a name look like another. */
const HIDDEN = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u
/** What Windows takes for a device, whatever the ending. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i
/** Endings that a computer runs, or that open something else than they say. */
const PROGRAM =
  /^(?:exe|com|scr|pif|bat|cmd|msi|msp|msc|cpl|dll|ocx|sys|drv|lnk|url|hta|chm|hlp|js|jse|mjs|vbs|vbe|wsf|wsh|ws|ps1|psm1|psd1|reg|inf|jar|jnlp|appref-ms|application|gadget|scf|library-ms|searchconnector-ms|settingcontent-ms|diagcab|xll|wll|iso|img|vhd|vhdx|svg|html?|mht|mhtml|xhtml|swf|sh|py|apk)$/i
/** Endings of documents and archives: before another ending they make a name look like what it is not. */
const OTHER_ENDING =
  /^(?:pdf|ofd|jpe?g|png|gif|bmp|tiff?|webp|heic|docx?|docm|xlsx?|xlsm|et|wps|pptx?|zip|rar|7z|txt|csv)$/i

const kindOfEnding = (ending: string): AttachmentKind | null =>
  attachmentKinds.find((kind) => attachmentEndings[kind].includes(ending.toLowerCase())) ?? null

/** The kind that a name claims; null when it is none that is taken. */
export const kindOfName = (name: string): AttachmentKind | null =>
  name.includes('.') ? kindOfEnding(name.slice(name.lastIndexOf('.') + 1)) : null

/** What is wrong with the name of a document, the most dangerous first; null when nothing is. */
export function nameObjection(name: string): NameObjection | null {
  if (HIDDEN.test(name)) return 'hidden-characters'
  // A colon would name a second content behind the file that everybody sees.
  if (/[\\/:*?"<>|]/.test(name) || !name.isWellFormed()) return 'characters'
  if (DEVICE.test(name)) return 'device'
  // Windows drops these, and the ending that is left is another.
  if (/[. ]$/.test(name) || /^[. ]/.test(name)) return 'edges'
  if ([...name].length > MOST_CHARACTERS) return 'too-long'
  const [, ...endings] = name.split('.').map((part) => part.trim())
  if (PROGRAM.test(endings.at(-1) ?? '')) return 'program'
  if (kindOfName(name) === null) return 'ending'
  const inner = endings.slice(0, -1)
  return inner.some((ending) => PROGRAM.test(ending) || OTHER_ENDING.test(ending)) ? 'double-ending' : null
}

/**
 * What is wrong with a path as it was written, before any file system is asked: merely to look at a share would send the
 * name and password hash of the user there. `isListed`: it stands in a list and must stay below the folder of the list.
 */
export function pathObjection(path: string, isListed: boolean): PathObjection | null {
  if (/^[\\/]{2}[?.](?:[\\/]|$)|^[\\/]\?\?[\\/]/.test(path)) return 'device'
  if (/^[\\/]{2}|^[a-z][a-z0-9+.-]+:[\\/]{2}/i.test(path)) return 'network'
  if (path.includes('\u0000')) return 'device'
  if (!isListed) return null
  const isRooted = /^[\\/]/.test(path) || /^[a-z]:/i.test(path)
  return isRooted || path.split(/[\\/]/).includes('..') ? 'outside' : null
}

/** Width to height of the cards of GB/T 14916 (ISO/IEC 7810 ID-1), and how far a scan of one may be off. */
const CARD_RATIO = 85.6 / 53.98
const CARD_TOLERANCE = 0.008
const CARD_NAME = /身份证|居民证|户口|临时身份|护照|id[ _-]?card/i

/** Whether a document seems to show an identity card: by its name, or a picture by its shape. */
export function looksLikeIdentityCard(
  name: string,
  size: { readonly width: number; readonly height: number } | null,
): boolean {
  if (CARD_NAME.test(name)) return true
  if (size === null || size.width === 0 || size.height === 0) return false
  const ratio = Math.max(size.width, size.height) / Math.min(size.width, size.height)
  return Math.abs(ratio / CARD_RATIO - 1) <= CARD_TOLERANCE
}
