import * as v from 'valibot'
import { transportSettingsSchema } from '@shared/contract/transport-settings'
import { defaultSpelling } from '@shared/domain/signature-spelling'
import type { SignatureSpelling } from '@shared/domain/signature-spelling'
import type { TransportSettings } from '@shared/contract/transport-settings'
import type { TransportView } from '@shared/contract/views/connection-views'
import { texts } from '@renderer/texts/zh-CN'

/** A way to the platform that is not the exchange protocol over HTTP. */
export type OtherWay = Exclude<TransportSettings['kind'], 'http'>

/** One field of a way's form; `name` is the member of its settings. */
export interface WayField {
  readonly name: string
  readonly kind: 'text' | 'secret' | 'number' | 'choice'
  readonly label: string
  readonly help: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
}

const words = texts.settings.connection.ways

const NAMES: Readonly<Record<OtherWay, readonly string[]>> = {
  package: ['clientId', 'platformPublicKey'],
  'city-soap': ['serviceUrl', 'departmentCode', 'tableVersionId', 'lookUp'],
  'front-db': ['host', 'port', 'database', 'user', 'password', 'schema', 'tablePrefix'],
}

const kindOf = (name: string): WayField['kind'] =>
  name === 'password' ? 'secret' : name === 'port' ? 'number' : name === 'lookUp' ? 'choice' : 'text'

/** The fields of a way's form, in order. */
export const wayFields = (way: OtherWay): readonly WayField[] =>
  NAMES[way].map((name) => ({
    name,
    kind: kindOf(name),
    label: words.fields[name] ?? name,
    help: words.hints[name] ?? '',
    options:
      name === 'lookUp' ? Object.entries(words.lookUps).map(([value, label]) => ({ value, label })) : [],
  }))

const START: Readonly<Record<string, string>> = {
  lookUp: 'none',
  port: '5432',
  schema: 'public',
  tablePrefix: 'L_PX_',
}

/** What the form shows at first: the stored settings of this way, else what most platforms have. */
export function wayForm(
  way: OtherWay,
  stored: TransportView | null,
  known: Readonly<Record<string, string | null>>,
): Record<string, string> {
  const own: Readonly<Record<string, unknown>> = stored?.kind === way ? { ...stored } : {}
  return Object.fromEntries(
    NAMES[way].map((name) => {
      const value = own[name] ?? known[name] ?? START[name] ?? ''
      return [name, typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '']
    }),
  )
}

/** The settings behind a form, with everything that has no field kept as it is stored (`spelling` is for package files); or what is wrong, by field. */
export function readWay(
  way: OtherWay,
  form: Readonly<Record<string, string>>,
  stored: TransportView | null,
  spelling: SignatureSpelling = defaultSpelling,
): { readonly settings: TransportSettings } | { readonly errors: Readonly<Record<string, string>> } {
  const kept: Record<string, unknown> = stored?.kind === way ? { ...stored } : {}
  delete kept['hasPassword']
  const typed = Object.entries(form).map(([name, text]) => {
    if (name === 'port') return [name, Number(text)] as const
    return [name, name === 'password' && text === '' ? null : text.trim()] as const
  })
  const signed = way === 'package' ? { spelling: { ...spelling, userId: spelling.userId.trim() } } : {}
  const settings: Record<string, unknown> = Object.fromEntries<unknown>(typed)
  const raw = { ...kept, ...settings, ...signed, kind: way }
  const parsed = v.safeParse(transportSettingsSchema, raw)
  if (parsed.success) return { settings: parsed.output }
  const wrong = parsed.issues.map((issue) => v.getDotPath(issue) ?? '')
  return { errors: Object.fromEntries(wrong.map((name) => [name, words.missing])) }
}
