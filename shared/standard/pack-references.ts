import { refuse } from '@shared/kernel/failure'
import { foldForKey } from '@shared/kernel/text'
import { impliedRules } from './implied-rules'
import type { Clause, CodeList, FieldSpec, RecordTypeSpec, RuleSpec, StandardPack } from './pack'
import { crossRecordFunctions, normalisationKinds } from './standard'

const bad = (path: string, reason: string): never => refuse('pack.invalid', { path, reason })

/** Sentences that are needed whatever the rules of a pack are. */
const ALWAYS_NEEDED: readonly string[] = [
  'import.cell-error',
  'import.numeric-identifier',
  'import.scientific-notation',
  'import.lost-digits',
  'import.serial-date',
  'issue.unknown',
  'fix.half-width',
  'fix.identifier-tidied',
  'fix.check-digit-holds',
  'fix.legacy-id-extended',
  'fix.code-alias',
  'fix.code-replaced',
  'fix.date-spelling',
  'fix.amount-in-text',
  'fix.unit-converted',
  'fix.subject-class',
  ...normalisationKinds.map((kind) => `normalised.${kind}`),
]

function firstRepeated(names: readonly string[]): string | undefined {
  return names.find((name, index) => names.indexOf(name) !== index)
}

function refuseUnknownFields(type: RecordTypeSpec, codes: readonly string[], path: string): void {
  const known = new Set(type.fields.map((field) => field.code))
  const unknown = codes.find((code) => !known.has(code))
  if (unknown !== undefined) bad(path, `unknown field ${unknown}`)
}

const fieldsOf = (clauses: readonly Clause[] = []): readonly string[] => clauses.map((clause) => clause.field)

function refuseField(pack: StandardPack, type: RecordTypeSpec, field: FieldSpec): void {
  const path = `fields.${type.code}.${field.code}`
  if (typeof field.required === 'object') refuseUnknownFields(type, fieldsOf(field.required.when), path)
  const isCoded = field.type === 'code' || field.type === 'multiCode'
  if (isCoded !== (field.codeList !== undefined)) bad(path, 'a code field, and no other, names a code list')
  if (field.codeList !== undefined && pack.codeLists[field.codeList] === undefined) {
    bad(path, `unknown code list ${field.codeList}`)
  }
  if (field.type === 'decimal' && field.scale === undefined) bad(path, 'a decimal field needs a scale')
}

function refuseType(pack: StandardPack, type: RecordTypeSpec): void {
  const path = `fields.${type.code}`
  const repeated = firstRepeated(type.fields.map((field) => field.code))
  if (repeated !== undefined) bad(path, `field ${repeated} occurs twice`)
  const sameWireName = firstRepeated(type.fields.map((field) => field.wire?.name ?? field.code))
  if (sameWireName !== undefined) bad(path, `two fields are sent as ${sameWireName}`)
  const keyFields = type.naturalKey.flatMap((part) => part.split('|'))
  const searched = [type.search.docNo, type.search.subjectName, type.search.subjectCode ?? type.legalDate]
  refuseUnknownFields(type, [...keyFields, ...searched, type.legalDate], path)
  for (const field of type.fields) {
    refuseField(pack, type, field)
    const isNumberOfPerson = field.format === 'residentId' || field.format === 'idDocument'
    if (isNumberOfPerson && (keyFields.includes(field.code) || type.search.subjectCode === field.code)) {
      bad(`${path}.${field.code}`, 'an identity number may not be a key or a search column')
    }
    if (isNumberOfPerson && field.sensitivity === 'public') {
      bad(`${path}.${field.code}`, 'an identity number is never public')
    }
  }
}

function refuseRule(pack: StandardPack, type: RecordTypeSpec, rule: RuleSpec, path: string): void {
  refuseUnknownFields(type, [...rule.on, ...fieldsOf(rule.when)], path)
  const other = rule.options['field']
  if (typeof other === 'string') refuseUnknownFields(type, [other], `${path}.options`)
  const list = rule.options['list']
  if (typeof list === 'string' && pack.codeLists[list] === undefined) bad(path, `unknown code list ${list}`)
  const isCrossRecord = (crossRecordFunctions as readonly string[]).includes(rule.function)
  if (isCrossRecord && rule.when !== undefined) bad(path, 'a rule over several records takes no condition')
}

function refuseCodeList(list: CodeList, key: string): void {
  const path = `codelists.${key}`
  if (list.id !== key) bad(path, `its id is ${list.id}`)
  const owner = new Map<string, string>()
  for (const item of list.items) {
    for (const spelling of [item.value, item.label, ...item.aliases]) {
      const folded = foldForKey(spelling)
      const other = owner.get(folded)
      if (other !== undefined && other !== item.value)
        bad(path, `${spelling} means ${other} and ${item.value}`)
      owner.set(folded, item.value)
    }
    if (item.replacedBy !== undefined && !list.items.some((one) => one.value === item.replacedBy)) {
      bad(path, `${item.value} is replaced by an unknown code`)
    }
  }
}

/** The keys of all sentences a pack needs: of its rules, of what its fields imply, and the general ones. */
export function neededTexts(pack: StandardPack): ReadonlySet<string> {
  const ofFields = pack.recordTypes
    .flatMap((type) => type.fields.flatMap(impliedRules))
    .map((rule) => rule.id)
  const ofRules = Object.values(pack.rules).flatMap((rules) => rules.map((rule) => rule.text ?? rule.id))
  return new Set([...ALWAYS_NEEDED, ...ofFields, ...ofRules])
}

/** Refuses a pack whose parts name what is not there: fields, code lists, record types, sentences. */
export function refuseBrokenReferences(pack: StandardPack): void {
  const repeated = firstRepeated(pack.recordTypes.map((type) => type.code))
  if (repeated !== undefined) bad('recordTypes', `${repeated} occurs twice`)
  if (pack.to !== null && pack.to < pack.from) bad('to', 'it ends before it begins')
  for (const [key, list] of Object.entries(pack.codeLists)) refuseCodeList(list, key)
  for (const type of pack.recordTypes) refuseType(pack, type)
  for (const [typeCode, rules] of Object.entries(pack.rules)) {
    const type =
      pack.recordTypes.find((one) => one.code === typeCode) ?? bad('rules', `unknown type ${typeCode}`)
    rules.forEach((rule, index) => refuseRule(pack, type, rule, `rules.${typeCode}.${index} (${rule.id})`))
  }
  for (const key of neededTexts(pack)) if (!Object.hasOwn(pack.texts, key)) bad(`texts.${key}`, 'no sentence')
}
