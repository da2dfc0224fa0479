import { deadlineStarts } from '@shared/domain/deadline'
import * as v from 'valibot'
import { withSharedRules } from './shared-rules'
import { conversionSchema } from './conversion'
import { policyClasses, type StandardPack } from './pack'
import { refuseBrokenReferences } from './pack-references'
import { refuseTooManyChecks } from './pack-limits'
import { refusePack } from './pack-refusal'
import { resolveSettings, type SettingValues } from './pack-settings'
import {
  clauseListSchema as clauses,
  codeSchema as code,
  dateSchema as date,
  packIdSchema,
  packVersionSchema,
  textSchema as text,
} from './pack-shapes'

/** No cell of a table holds more characters. */
const LARGEST_SIZE = 32_767
const size = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LARGEST_SIZE))

const fieldType = v.picklist(['text', 'longText', 'code', 'multiCode', 'date', 'decimal', 'integer', 'flag'])
const formats = [
  'uscc',
  'orgCode',
  'residentId',
  'idDocument',
  'regNo15',
  'taxNo',
  'institutionNo',
  'docNo',
] as const

const fieldSchema = v.strictObject({
  code,
  label: text,
  aliases: v.optional(v.array(text), []),
  type: fieldType,
  maxLength: v.exactOptional(size),
  scale: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(6))),
  unit: v.exactOptional(text),
  required: v.optional(
    v.union([v.picklist(['always', 'never']), v.strictObject({ when: clauses })]),
    'never',
  ),
  codeList: v.exactOptional(code),
  format: v.exactOptional(v.picklist(formats)),
  documentKind: v.exactOptional(code),
  sensitivity: v.optional(v.picklist(['public', 'personal', 'secret']), 'public'),
  group: text,
  width: v.optional(size, 16),
  help: v.exactOptional(text),
  envelope: v.exactOptional(v.boolean()),
  wire: v.exactOptional(v.strictObject({ name: v.exactOptional(code) })),
})

const recordTypeSchema = v.strictObject({
  code,
  title: text,
  shortTitle: text,
  policyClass: v.picklist(policyClasses),
  subject: v.picklist(['legal', 'natural', 'any']),
  source: v.exactOptional(text),
  isLocal: v.exactOptional(v.boolean()),
  naturalKey: v.pipe(v.array(text), v.minLength(1)),
  legalDate: code,
  deadline: v.strictObject({
    days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(366)),
    start: v.picklist(deadlineStarts),
  }),
  publicity: v.nullable(v.strictObject({ rule: text })),
  search: v.strictObject({ docNo: v.nullable(code), subjectName: code, subjectCode: v.nullable(code) }),
  fields: v.pipe(v.array(fieldSchema), v.minLength(1)),
})

const ruleMembers = {
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,40}\.[a-z][a-z0-9-]{0,60}$/)),
  severity: v.picklist(['error', 'warning', 'hint']),
  function: text,
  options: v.optional(v.record(v.string(), v.unknown()), {}),
  when: v.exactOptional(clauses),
  from: v.exactOptional(date),
  to: v.exactOptional(date),
  text: v.exactOptional(text),
} as const

const ruleSchema = v.strictObject({ ...ruleMembers, on: v.pipe(v.array(code), v.minLength(1)) })

const typeCodes = v.exactOptional(v.pipe(v.array(code), v.minLength(1)))

const sharedRuleSchema = v.strictObject({
  ...ruleMembers,
  appliesTo: v.strictObject({
    role: v.exactOptional(v.picklist(['legalDate', 'docNo', 'subjectName', 'headline'])),
    types: v.exactOptional(v.pipe(v.array(fieldType), v.minLength(1))),
    formats: v.exactOptional(v.pipe(v.array(v.picklist([...formats, 'none'])), v.minLength(1))),
    required: v.exactOptional(v.picklist(['always', 'never'])),
    recordTypes: typeCodes,
    exceptRecordTypes: typeCodes,
  }),
})

const codeListSchema = v.strictObject({
  id: code,
  title: text,
  items: v.pipe(
    v.array(
      v.strictObject({
        value: text,
        label: text,
        aliases: v.optional(v.array(text), []),
        from: v.exactOptional(date),
        to: v.exactOptional(date),
        replacedBy: v.exactOptional(text),
        openEnded: v.exactOptional(v.boolean()),
      }),
    ),
    v.minLength(1),
  ),
})

/** Bad values may hold any character: that may be what is bad about them. */
const sampleValues = v.record(code, v.nullable(v.pipe(v.string(), v.minLength(1))))

const referenceSchema = v.strictObject({
  title: text,
  basis: text,
  sample: v.exactOptional(v.strictObject({ type: code, bad: sampleValues, good: sampleValues })),
  example: v.exactOptional(v.strictObject({ bad: text, good: text })),
})

/** The shape of a whole pack, settings put in; small defaults are filled in. What the parts say of each other comes after. */
export const packSchema = v.strictObject({
  id: packIdSchema,
  version: packVersionSchema,
  title: text,
  from: date,
  to: v.nullable(date),
  readOnly: v.exactOptional(v.boolean()),
  sources: v.exactOptional(v.array(text)),
  recordTypes: v.pipe(v.array(recordTypeSchema), v.minLength(1)),
  sharedRules: v.optional(v.array(sharedRuleSchema), []),
  rules: v.record(code, v.array(ruleSchema)),
  codeLists: v.record(code, codeListSchema),
  texts: v.record(text, text),
  reference: v.optional(v.record(text, referenceSchema), {}),
  conversions: v.optional(v.record(code, conversionSchema), {}),
})

/**
 * Checks everything about a pack that is not of our own making: settings, shape, names, references, options, texts.
 * `chosen` are the values that a desk puts in the place of the pack's settings. Throws `pack.invalid` with `path` (as in
 * `fields.XZXK_FR.XK_WSH`) and `reason`; a pack is taken whole or not at all.
 */
export function parsePack(raw: object, chosen: SettingValues = {}): StandardPack {
  const { parts, settings } = resolveSettings({ ...raw }, chosen)
  const parsed = v.safeParse(packSchema, parts)
  if (!parsed.success) {
    const [issue] = parsed.issues
    return refusePack(v.getDotPath(issue) ?? '', issue.message)
  }
  const { sharedRules, rules, ...members } = parsed.output
  const pack = { ...members, rules: withSharedRules(members.recordTypes, sharedRules, rules), settings }
  refuseTooManyChecks(pack.rules)
  refuseBrokenReferences(pack)
  return pack
}
