/** Tells what a file is from its bytes; the name is only used to notice that it says something else. */
import { isUtf8 } from 'node:buffer'

/** `zip`, `compound` and `text` need a closer look; everything else is no table at all. */
export type FileKind =
  'zip' | 'compound' | 'biff' | 'text' | 'html' | 'xml' | 'pdf' | 'image' | 'rtf' | 'archive' | 'binary'

const SIGNATURES: readonly (readonly [FileKind, readonly number[]])[] = [
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['archive', [0x50, 0x4b, 0x05, 0x06]],
  ['compound', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ['biff', [0x09, 0x08]],
  ['biff', [0x09, 0x04]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['image', [0x89, 0x50, 0x4e, 0x47]],
  ['image', [0xff, 0xd8, 0xff]],
  ['image', [0x47, 0x49, 0x46, 0x38]],
  ['rtf', [0x7b, 0x5c, 0x72, 0x74, 0x66]],
  ['archive', [0x1f, 0x8b]],
  ['archive', [0x37, 0x7a, 0xbc, 0xaf]],
  ['archive', [0x52, 0x61, 0x72, 0x21]],
]

/** Sniffs the kind of a file from its first bytes. */
export function fileKindOf(bytes: Buffer): FileKind {
  for (const [kind, signature] of SIGNATURES) {
    if (signature.every((byte, index) => bytes[index] === byte)) return kind
  }
  const head = bytes.subarray(0, 4096)
  const opening = (head[0] === 0xff && head[1] === 0xfe ? head.toString('utf16le') : head.toString('latin1'))
    .replace(/^(?:\u00ef\u00bb\u00bf|\ufeff)/, '')
    .trimStart()
    .slice(0, 1024)
    .toLowerCase()
  if (/^(?:<!doctype html|<html|<head|<body|<table|<meta|<style|<script)/.test(opening)) return 'html'
  if (opening.startsWith('<?xml')) return opening.includes('<html') ? 'html' : 'xml'
  return hasManyControls(head) && !isUtf8(head) ? 'binary' : 'text'
}

/** Text in any encoding we take has almost no bytes below 9; UTF-16 has its byte order mark. */
function hasManyControls(head: Buffer): boolean {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return false
  let controls = 0
  for (const byte of head) if (byte < 9) controls++
  return controls * 20 > head.length
}

/** What a compound (OLE) file holds, by the names in its directory. */
export function compoundKindOf(
  bytes: Buffer,
): 'encrypted' | 'xls' | 'older-workbook' | 'doc' | 'ppt' | 'compound' {
  const holds = (name: string): boolean => bytes.includes(Buffer.from(name, 'utf16le'))
  if (holds('EncryptedPackage')) return 'encrypted'
  if (holds('WordDocument')) return 'doc'
  if (holds('PowerPoint Document')) return 'ppt'
  if (holds('Workbook')) return 'xls'
  if (holds('Book')) return 'older-workbook'
  return 'compound'
}
