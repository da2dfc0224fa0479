import * as v from 'valibot'
import { transportSettingsSchema } from '@shared/contract/transport-settings'
import type { TransportSettings } from '@shared/contract/transport-settings'
import { transportKinds } from '@shared/domain/transport'
import { refuse } from '@shared/kernel/failure'
import { fill } from '@shared/texts/fill'
import { usageTexts } from '@shared/texts/zh-CN/cli'
import type { Arguments } from './arguments'
import { readClientId } from './desk-identity'
import { readPassword, readPlatformKey } from './key-files'
import { readSpelling } from './spelling-arguments'

/** Options of `connect` beside those of the exchange protocol over HTTP. */
export const transportOptions = {
  by: { type: 'string' },
  department: { type: 'string' },
  'table-version': { type: 'string' },
  'look-up': { type: 'string' },
  'look-up-operation': { type: 'string' },
  'upload-operation': { type: 'string' },
  namespace: { type: 'string' },
  database: { type: 'string' },
  'password-file': { type: 'string' },
  schema: { type: 'string' },
  'table-prefix': { type: 'string' },
  'absent-seconds': { type: 'string' },
  'allow-plain': { type: 'boolean' },
} as const

/** Leaves out what was not given, so that the defaults of the settings apply. */
const given = (entries: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== null && value !== undefined))

/** A database on a server. */
export interface DatabasePlace {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
}

const POSTGRES_PORT = 5432

/** Reads `postgres://user@host:port/database`; a password never stands on a command line. */
export function databasePlace(text: string): DatabasePlace {
  const url = URL.canParse(text) ? new URL(text) : null
  const isPlace = url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.password === ''
  if (!isPlace) return refuse('usage.invalid', { detail: usageTexts.databasePlace })
  return {
    host: url.hostname,
    port: url.port === '' ? POSTGRES_PORT : Number(url.port),
    database: decodeURIComponent(url.pathname.slice(1)),
    user: decodeURIComponent(url.username),
  }
}

/** The password in a file; null when no file is named. */
export function passwordOf(path: string | null): string | null {
  return path === null ? null : readPassword(path)
}

function rawSettings(args: Arguments, kind: string): Record<string, unknown> {
  const wait = given({
    absentSeconds: args.number('absent-seconds', 0, 3_600),
    allowsPlain: args.flag('allow-plain') ? true : null,
  })
  switch (kind) {
    case 'package':
      return {
        clientId: readClientId(args.required('client-id')),
        platformPublicKey: readPlatformKey(args.required('platform-key')),
        spelling: readSpelling(args),
      }
    case 'city-soap':
      return {
        serviceUrl: args.required('platform'),
        departmentCode: args.required('department'),
        tableVersionId: args.required('table-version'),
        ...given({
          lookUp: args.text('look-up'),
          lookUpOperation: args.text('look-up-operation'),
          uploadOperation: args.text('upload-operation'),
          namespace: args.text('namespace'),
        }),
        ...wait,
      }
    default:
      return {
        ...databasePlace(args.required('database')),
        ...given({
          password: passwordOf(args.text('password-file')),
          schema: args.text('schema'),
          tablePrefix: args.text('table-prefix'),
        }),
        ...wait,
      }
  }
}

/** The way that `--by` names with its settings; null for the exchange protocol over HTTP. */
export function readTransport(args: Arguments): Exclude<TransportSettings, { kind: 'http' }> | null {
  const kind = args.text('by') ?? 'http'
  const allowed = transportKinds.join('、')
  if (!transportKinds.some((known) => known === kind))
    refuse('usage.invalid', { detail: fill(usageTexts.oneOf, { name: 'by', allowed }) })
  if (kind === 'http') return null
  const parsed = v.safeParse(transportSettingsSchema, { kind, ...rawSettings(args, kind) })
  if (parsed.success && parsed.output.kind !== 'http') return parsed.output
  const path = parsed.success ? 'kind' : (v.getDotPath(parsed.issues[0]) ?? 'kind')
  return refuse('usage.invalid', { detail: fill(usageTexts.transportSetting, { path }) })
}
