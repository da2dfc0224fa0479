/**
 * How a platform writes SM2 signatures, its own and those it takes: platforms of one norm differ in both points
 * (GM/T 0009 gives DER and a default user id, interface documents often say `r||s` and an id of their own).
 */
import { utf8Length } from '@shared/kernel/text'

/** `der`: a DER sequence of two integers; `raw`: r and s one after the other, 32 bytes each. Both travel as base64. */
export const signatureEncodings = ['der', 'raw'] as const
export type SignatureEncoding = (typeof signatureEncodings)[number]

/** One way to write signatures; the same for both sides of a connection. */
export interface SignatureSpelling {
  readonly encoding: SignatureEncoding
  /** The identity that is hashed before the message (GM/T 0003.2, 5.5), as its UTF-8 bytes. */
  readonly userId: string
}

/** What the exchange protocol prescribes, and what standards, calendars and updates are always signed in. */
export const defaultSpelling: SignatureSpelling = { encoding: 'der', userId: '1234567812345678' }

/** The length of a user id goes into 16 bits, in bits. */
export const MAX_USER_ID_BYTES = 8_191

/** Whether a text can be a user id: some bytes, not too many, and no half of a character. */
export const isUserId = (text: string): boolean =>
  text !== '' && text.isWellFormed() && utf8Length(text) <= MAX_USER_ID_BYTES

/** Whether two spellings give and take the same signatures. */
export const isSameSpelling = (a: SignatureSpelling, b: SignatureSpelling): boolean =>
  a.encoding === b.encoding && a.userId === b.userId
