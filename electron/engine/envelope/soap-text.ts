/**
 * SOAP envelopes as text. What comes back is hostile: it is read by a parser that knows no document type and expands
 * nothing but the five entities of XML itself, within caps of size, depth and number of elements.
 */
import { SaxesParser } from 'saxes'

const MOST_ELEMENTS = 10_000
const DEEPEST = 32
/** Longest text of one element. */
const LONGEST_TEXT = 8 * 1024 * 1024

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

const IMPOSSIBLE =
  // eslint-disable-next-line no-control-regex -- characters that XML cannot carry at all
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu

/** Text as the content of an element; a carriage return survives, what XML cannot carry is left out. */
export const escapeXml = (text: string): string =>
  text
    .replace(IMPOSSIBLE, '')
    .replace(/[&<>"']/g, (found) => ENTITIES[found]!)
    .replace(/\r/g, '&#13;')

/** A call of one operation with its arguments in order. */
export function soapRequest(
  namespace: string,
  operation: string,
  args: readonly (readonly [name: string, value: string])[],
): string {
  const members = args.map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`).join('')
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
    `xmlns:ser="${escapeXml(namespace)}"><soapenv:Header/><soapenv:Body>` +
    `<ser:${operation}>${members}</ser:${operation}></soapenv:Body></soapenv:Envelope>`
  )
}

/** The texts of the leaf elements of a reply by local name; null when it is no sound SOAP envelope. */
export function readSoapReply(text: string): ReadonlyMap<string, string> | null {
  const leaves = new Map<string, string>()
  const path: string[] = []
  let content = ''
  let elements = 0
  let isLeaf = false
  let problem = false
  const refuse = (): void => {
    problem = true
  }
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', refuse)
  parser.on('doctype', refuse)
  parser.on('processinginstruction', refuse)
  const collect = (piece: string): void => {
    if (isLeaf) content += piece
    if (content.length > LONGEST_TEXT) refuse()
  }
  parser.on('text', collect)
  parser.on('cdata', collect)
  parser.on('opentag', ({ local }) => {
    path.push(local)
    content = ''
    isLeaf = true
    if (++elements > MOST_ELEMENTS || path.length > DEEPEST) refuse()
    if (path.length === 1 && local !== 'Envelope') refuse()
    if (path.length === 2 && local !== 'Header' && local !== 'Body') refuse()
  })
  parser.on('closetag', ({ local }) => {
    // The same name twice would let two readers see two answers.
    if (isLeaf && leaves.has(local)) refuse()
    if (isLeaf) leaves.set(local, content)
    isLeaf = false
    path.pop()
  })
  try {
    for (let at = 0; at < text.length && !problem; at += 65_536) parser.write(text.slice(at, at + 65_536))
    if (!problem) parser.close()
  } catch {
    return null
  }
  return problem || elements === 0 ? null : leaves
}
