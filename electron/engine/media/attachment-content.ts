/** Judges a supporting document by its content, and takes out of pictures what does not belong to the matter. */
import { kindOfName, strippedParts, type AttachmentKind, type StrippedPart } from '@shared/domain/attachment'
import { FailureError, refuse } from '@shared/kernel/failure'
import { attachmentContentTexts } from '@shared/texts/zh-CN/attachments'
import type { AttachmentContentProblem } from '@shared/texts/zh-CN/attachments'
import { ZipArchive } from '@engine/sheets/zip-archive'
import { cleanJpeg } from './jpeg-cleaning'
import { cleanPng } from './png-cleaning'

/** A document as it is kept. */
export interface JudgedContent {
  readonly kind: AttachmentKind
  readonly bytes: Buffer
  /** Of a picture, in pixels; null for documents. */
  readonly size: { readonly width: number; readonly height: number } | null
  readonly stripped: readonly StrippedPart[]
}

/** The end of a PDF file lies in its last bytes (ISO 32000-1, 7.5.5). */
const PDF_TAIL_BYTES = 2_048
/** Names that no compressed stream comes to hold by chance; what they name acts by itself when the file is opened. */
const PDF_ACTIONS = ['/JavaScript', '/Launch']
const OFD_LIMITS = {
  members: 20_000,
  inflatedBytes: 500 * 1024 * 1024,
  ratio: 1_000,
  ratioFromBytes: 8 * 1024 * 1024,
}

/** The kind that the first bytes belong to. */
function kindOfBytes(bytes: Buffer): AttachmentKind | null {
  if (bytes.subarray(0, 5).equals(Buffer.from('%PDF-'))) return 'pdf'
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'jpeg'
  if (bytes.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]))) return 'png'
  return bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04')) ? 'ofd' : null
}

async function isWholeOfd(file: string, bytes: Buffer): Promise<boolean> {
  try {
    const archive = await ZipArchive.open(file, bytes, OFD_LIMITS)
    await archive.proveOthers()
    return archive.has('OFD.xml')
  } catch (error) {
    if (error instanceof FailureError) return false
    throw error
  }
}

/**
 * The document as it is to be kept. Refuses `attachment.content-refused` when the content is another than the name says,
 * is not whole, or acts by itself.
 */
export async function judgeContent(name: string, bytes: Buffer): Promise<JudgedContent> {
  const refuseContent = (problem: AttachmentContentProblem): never =>
    refuse('attachment.content-refused', { file: name, detail: attachmentContentTexts[problem] })
  const kind = kindOfName(name)
  if (kind === null || kindOfBytes(bytes) !== kind) return refuseContent('other-kind')
  switch (kind) {
    case 'pdf':
      if (!bytes.subarray(-PDF_TAIL_BYTES).includes('%%EOF')) return refuseContent('damaged')
      if (PDF_ACTIONS.some((name) => bytes.includes(name))) return refuseContent('active')
      return { kind, bytes, size: null, stripped: [] }
    case 'ofd':
      if (!(await isWholeOfd(name, bytes))) return refuseContent('damaged')
      return { kind, bytes, size: null, stripped: [] }
    case 'jpeg':
    case 'png': {
      const picture = kind === 'jpeg' ? cleanJpeg(bytes) : cleanPng(bytes)
      if (picture === null) return refuseContent('damaged')
      const { width, height, stripped } = picture
      return {
        kind,
        bytes: picture.bytes,
        size: { width, height },
        stripped: strippedParts.filter((part) => stripped.has(part)),
      }
    }
  }
}
