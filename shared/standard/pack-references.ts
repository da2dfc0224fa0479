import { foldForKey } from '@shared/kernel/text'
import { CONVERSION_TEXTS } from './conversion'
import { impliedRules } from './implied-rules'
import type {
  Clause,
  CodeList,
  FieldSpec,
  RecordTypeSpec,
  RuleReference,
  RuleSpec,
  StandardPack,
} from './pack'
import { refusePack } from './pack-refusal'
import { crossRecordFunctions, normalisationKinds } from './standard'

/** Sentences that are needed whatever the rules of a pack are. */
const ALWAYS_NEEDED: readonly string[] = [
  'import.cell-error',
  'import.numeric-identifier',
  'import.scientific-notation',
  'import.lost-digits',
  'import.serial-date',
  'import.changes-accepted',
  'issue.unknown',
  'fix.half-width',
  'fix.identifier-tidied',
  'fix.personal-data-masked',
  'fix.code-alias',
  'fix.code-replaced',
  'fix.date-spelling',
  'fix.amount-in-text',
  'fix.unit-converted',
  'fix.subject-class',
  ...normalisationKinds.map((kind) => `normalised.${kind}`),
]

function firstRepeated(names: readonly string[]): string | undefined {
  const seen = new Set<string>()
  return names.find((name) => seen.size === seen.add(name).size)
}

function refuseUnknownFields(type: RecordTypeSpec, codes: readonly string[], path: string): void {
  const known = new Set(type.fields.map((field) => field.code))
  const unknown = codes.find((code) => !known.has(code))
  if (unknown !== undefined) refusePack(path, `unknown field ${unknown}`)
}

const fieldsOf = (clauses: readonly Clause[] = []): readonly string[] => clauses.map((clause) => clause.field)

function refuseField(pack: StandardPack, type: RecordTypeSpec, field: FieldSpec): void {
  const path = `fields.${type.code}.${field.code}`
  if (typeof field.required === 'object') refuseUnknownFields(type, fieldsOf(field.required.when), path)
  const isCoded = field.type === 'code' || field.type === 'multiCode'
  if (isCoded !== (field.codeList !== undefined))
    refusePack(path, 'a code field, and no other, names a code list')
  if (field.codeList !== undefined && pack.codeLists[field.codeList] === undefined) {
    refusePack(path, `unknown code list ${field.codeList}`)
  }
  if (field.type === 'decimal' && field.scale === undefined) refusePack(path, 'a decimal field needs a scale')
  if (field.documentKind !== undefined) {
    refuseUnknownFields(type, [field.documentKind], path)
    if (field.format !== 'idDocument') refusePack(path, 'only the number of an identity document has a kind')
  }
}

function refuseType(pack: StandardPack, type: RecordTypeSpec): void {
  const path = `fields.${type.code}`
  const repeated = firstRepeated(type.fields.map((field) => field.code))
  if (repeated !== undefined) refusePack(path, `field ${repeated} occurs twice`)
  const sameWireName = firstRepeated(type.fields.map((field) => field.wire?.name ?? field.code))
  if (sameWireName !== undefined) refusePack(path, `two fields are sent as ${sameWireName}`)
  const keyFields = type.naturalKey.flatMap((part) => part.split('|'))
  const { docNo, subjectName, subjectCode } = type.search
  const searched = [docNo, subjectName, subjectCode].filter((code) => code !== null)
  refuseUnknownFields(type, [...keyFields, ...searched, type.legalDate], path)
  for (const field of type.fields) {
    refuseField(pack, type, field)
    const isNumberOfPerson = field.format === 'residentId' || field.format === 'idDocument'
    if (isNumberOfPerson && (keyFields.includes(field.code) || type.search.subjectCode === field.code)) {
      refusePack(`${path}.${field.code}`, 'an identity number may not be a key or a search column')
    }
    if (isNumberOfPerson && field.sensitivity === 'public') {
      refusePack(`${path}.${field.code}`, 'an identity number is never public')
    }
  }
}

/** A term that ends before it begins never holds. */
function refuseEmptyTerm({ from, to }: { readonly from?: string; readonly to?: string }, path: string): void {
  if (from !== undefined && to !== undefined && to < from) refusePack(path, 'it ends before it begins')
}

function refuseRule(pack: StandardPack, type: RecordTypeSpec, rule: RuleSpec, path: string): void {
  refuseUnknownFields(type, [...rule.on, ...fieldsOf(rule.when)], path)
  refuseEmptyTerm(rule, path)
  const other = rule.options['field']
  if (typeof other === 'string') refuseUnknownFields(type, [other], `${path}.options`)
  const list = rule.options['list']
  if (typeof list === 'string' && pack.codeLists[list] === undefined)
    refusePack(path, `unknown code list ${list}`)
  const isCrossRecord = (crossRecordFunctions as readonly string[]).includes(rule.function)
  if (isCrossRecord && rule.when !== undefined)
    refusePack(path, 'a rule over several records takes no condition')
}

function refuseCodeList(list: CodeList, key: string): void {
  const path = `codelists.${key}`
  if (list.id !== key) refusePack(path, `its id is ${list.id}`)
  const owner = new Map<string, string>()
  const repeated = firstRepeated(list.items.map((item) => item.value))
  if (repeated !== undefined) refusePack(path, `${repeated} occurs twice`)
  const byValue = new Map(list.items.map((item) => [item.value, item]))
  for (const item of list.items) {
    refuseEmptyTerm(item, `${path}.${item.value}`)
    for (const spelling of [item.value, item.label, ...item.aliases]) {
      const folded = foldForKey(spelling)
      const other = owner.get(folded)
      if (other !== undefined && other !== item.value)
        refusePack(path, `${spelling} means ${other} and ${item.value}`)
      owner.set(folded, item.value)
    }
    if (item.replacedBy === undefined) continue
    const next =
      byValue.get(item.replacedBy) ?? refusePack(path, `${item.value} is replaced by an unknown code`)
    if (next.replacedBy !== undefined)
      refusePack(path, `${item.value} is replaced by a code that is replaced`)
  }
}

function refuseReference(pack: StandardPack, id: string, { sample }: RuleReference): void {
  if (sample === undefined) return
  const path = `reference.${id}`
  const type =
    pack.recordTypes.find((one) => one.code === sample.type) ??
    refusePack(path, `unknown type ${sample.type}`)
  refuseUnknownFields(type, [...Object.keys(sample.bad), ...Object.keys(sample.good)], path)
}

/** The keys of all sentences a pack needs: of rules, of what fields imply, of conversions, and the general ones. */
export function neededTexts(pack: StandardPack): ReadonlySet<string> {
  const ofFields = pack.recordTypes
    .flatMap((type) => type.fields.flatMap(impliedRules))
    .map((rule) => rule.id)
  const ofRules = Object.values(pack.rules).flatMap((rules) => rules.map((rule) => rule.text ?? rule.id))
  const ofConversions = Object.values(pack.conversions).flatMap(({ notices }) => [
    ...CONVERSION_TEXTS,
    ...notices.map((notice) => notice.id),
  ])
  return new Set([...ALWAYS_NEEDED, ...ofFields, ...ofRules, ...ofConversions])
}

/** Refuses a pack whose parts name what is not there: fields, code lists, record types, sentences. */
export function refuseBrokenReferences(pack: StandardPack): void {
  const repeated = firstRepeated(pack.recordTypes.map((type) => type.code))
  if (repeated !== undefined) refusePack('recordTypes', `${repeated} occurs twice`)
  if (pack.to !== null && pack.to < pack.from) refusePack('to', 'it ends before it begins')
  for (const [key, list] of Object.entries(pack.codeLists)) refuseCodeList(list, key)
  for (const type of pack.recordTypes) refuseType(pack, type)
  for (const [typeCode, rules] of Object.entries(pack.rules)) {
    const type =
      pack.recordTypes.find((one) => one.code === typeCode) ?? refusePack('rules', `unknown type ${typeCode}`)
    for (const rule of rules) refuseRule(pack, type, rule, `rules.${typeCode}.${rule.id}`)
  }
  // What is never checked never says anything.
  if (pack.readOnly === true) return
  for (const [id, reference] of Object.entries(pack.reference)) refuseReference(pack, id, reference)
  for (const key of neededTexts(pack))
    if (!Object.hasOwn(pack.texts, key)) refusePack(`texts.${key}`, 'no sentence')
}
