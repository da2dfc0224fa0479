/** How a desk reaches its platform: one variant for each way. Adding a way adds a variant here. */
import * as v from 'valibot'
import { defaultSpelling, isUserId, signatureEncodings } from '@shared/domain/signature-spelling'
import { clientIdSchema } from './desk-mode'

const line = (most: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(most))
const address = line(300)
const platformPublicKey = line(200)
/** How signatures are written on both sides; what is left out is as the exchange protocol prescribes. */
export const spellingSchema = v.strictObject({
  encoding: v.optional(v.picklist(signatureEncodings), defaultSpelling.encoding),
  userId: v.optional(v.pipe(v.string(), v.check(isUserId)), defaultSpelling.userId),
})
const spelling = v.optional(spellingSchema, {})
const name = v.pipe(line(63), v.regex(/^[A-Za-z_][A-Za-z0-9_]*$/))
const prefix = v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9_]{0,30}$/))
const xmlName = v.pipe(v.string(), v.regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/))
const waitSeconds = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3_600)), 60)

/** What a city platform lets a desk look up: nothing, only the rows it doubts, or every row it has. */
export const soapLookUps = ['none', 'doubtful', 'all'] as const

export const transportSettingsSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('http'),
    platformUrl: address,
    clientId: clientIdSchema,
    platformPublicKey,
    spelling,
  }),
  v.strictObject({ kind: v.literal('package'), clientId: clientIdSchema, platformPublicKey, spelling }),
  v.strictObject({
    kind: v.literal('city-soap'),
    /** Address before `/services/InterfaceUploadService`. */
    serviceUrl: address,
    departmentCode: line(64),
    tableVersionId: line(64),
    /** Names that the interface document of the city gives. */
    uploadOperation: v.optional(xmlName, 'uploadData'),
    lookUp: v.optional(v.picklist(soapLookUps), 'none'),
    lookUpOperation: v.optional(xmlName, 'queryData'),
    namespace: v.optional(line(200), 'http://service.upload.credit/'),
    /** Catalogue code by record type, where it is not the type's own code. */
    tableCodes: v.optional(v.record(v.string(), line(64)), {}),
    /** How long a row must have been absent before it is sent again. */
    absentSeconds: waitSeconds,
    /** Without TLS, inside a closed network; otherwise only to this machine. */
    allowsPlain: v.optional(v.boolean(), false),
  }),
  v.strictObject({
    kind: v.literal('front-db'),
    host: line(255),
    port: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)), 5432),
    database: line(63),
    user: line(63),
    /** Null keeps the one that is stored. */
    password: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(200))), null),
    schema: v.optional(name, 'public'),
    /** The table of a record type is this and the type's code, e.g. `L_PX_XZXK_FR`. */
    tablePrefix: v.optional(prefix, 'L_PX_'),
    columns: v.optional(
      v.strictObject({
        id: name,
        time: name,
        state: name,
        result: v.nullable(name),
        message: v.nullable(name),
      }),
      { id: 'RECID', time: 'SJC', state: 'SB_ZT', result: 'SB_JG', message: 'SB_YJ' },
    ),
    absentSeconds: waitSeconds,
    allowsPlain: v.optional(v.boolean(), false),
  }),
])

/** The settings of the chosen way. */
export type TransportSettings = v.InferOutput<typeof transportSettingsSchema>
/** The settings of one kind. */
export type SettingsOf<Kind extends TransportSettings['kind']> = Extract<TransportSettings, { kind: Kind }>
