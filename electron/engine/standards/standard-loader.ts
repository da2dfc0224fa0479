import { refuse } from '@shared/kernel/failure'
import { compileStandard } from '@shared/standard/compile-standard'
import { parsePack } from '@shared/standard/pack-schema'
import type { SettingValues } from '@shared/standard/pack-settings'
import type { CompiledStandard } from '@shared/standard/standard'
import { existsSync, readdirSync } from 'node:fs'
import { join, parse } from 'node:path'
import { readJson } from './json-file'

const MANIFEST = 'pack.json'
const TEXTS = 'texts.zh-CN.json'
const SETTINGS = 'settings.json'
const CONVERSIONS = 'conversions'
/** The one file among the rules that is of no record type. */
const SHARED_RULES = 'shared'

/** A standard that is only read has neither rules nor sentences. */
const isReadOnly = (manifest: unknown): boolean =>
  (manifest as { readonly readOnly?: unknown } | null)?.readOnly === true

/** The members of the manifest that name what the folders must hold. */
function typeCodesOf(manifest: unknown): readonly string[] {
  const codes = (manifest as { readonly recordTypes?: unknown } | null)?.recordTypes
  if (Array.isArray(codes) && codes.every((code) => typeof code === 'string')) return codes
  return refuse('pack.invalid', { path: MANIFEST, reason: 'recordTypes is not a list of codes' })
}

function readFolder(directory: string, folder: string): Readonly<Record<string, unknown>> {
  let names: string[]
  try {
    names = readdirSync(join(directory, folder)).sort()
  } catch {
    return refuse('pack.invalid', { path: folder, reason: 'the folder is missing' })
  }
  const read = (name: string) =>
    [parse(name).name, readJson(directory, `${folder}/${name}`, 'pack.invalid')] as const
  return Object.fromEntries(names.filter((name) => name.endsWith('.json')).map(read))
}

/** Refuses a folder that lacks the file of a record type, or has one of a type that the manifest does not name. */
function refuseOtherTypes(
  folder: string,
  files: Readonly<Record<string, unknown>>,
  types: readonly string[],
): void {
  const refuseFile = (code: string, reason: string): never =>
    refuse('pack.invalid', { path: `${folder}/${code}.json`, reason })
  for (const code of types) if (!Object.hasOwn(files, code)) refuseFile(code, 'the file is missing')
  for (const code of Object.keys(files)) if (!types.includes(code)) refuseFile(code, `not in ${MANIFEST}`)
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The sentences of a folder; an entry may also hold what the reference page says of its rule: title, basis, sample. */
function readTexts(directory: string): { readonly texts: unknown; readonly reference: unknown } {
  const entries = readJson(directory, TEXTS, 'pack.invalid')
  // What is no object of entries is judged with the rest of the pack.
  if (!isObject(entries)) return { texts: entries, reference: {} }
  const texts: [string, unknown][] = []
  const reference: [string, unknown][] = []
  for (const [id, entry] of Object.entries(entries)) {
    const { sentence, ...said } = isObject(entry) ? entry : { sentence: entry }
    texts.push([id, sentence])
    if (isObject(entry)) reference.push([id, said])
  }
  return { texts: Object.fromEntries(texts), reference: Object.fromEntries(reference) }
}

/** The parts of a pack folder as one value, record types in the order of the manifest, nothing judged yet. */
export function readPack(directory: string): object {
  const manifest = readJson(directory, MANIFEST, 'pack.invalid')
  const types = typeCodesOf(manifest)
  const fields = readFolder(directory, 'fields')
  refuseOtherTypes('fields', fields, types)
  const layout = {
    ...(manifest as object),
    recordTypes: types.map((code) => fields[code]),
    codeLists: readFolder(directory, 'codelists'),
  }
  if (isReadOnly(manifest)) return { ...layout, rules: {}, texts: {} }
  const { [SHARED_RULES]: sharedRules = [], ...rules } = readFolder(directory, 'rules')
  refuseOtherTypes('rules', rules, types)
  return {
    ...layout,
    settings: existsSync(join(directory, SETTINGS)) ? readJson(directory, SETTINGS, 'pack.invalid') : [],
    sharedRules,
    rules,
    ...readTexts(directory),
    conversions: existsSync(join(directory, CONVERSIONS)) ? readFolder(directory, CONVERSIONS) : {},
  }
}

/**
 * Reads, validates and compiles the standard in a pack folder (`<root>/standards/<id>/<version>`), with the settings
 * that a desk has chosen. Half a pack is none: throws `pack.invalid` with `path` (a file, or a place such as
 * `rules.XZXK_FR.date.order`) and `reason`.
 */
export const loadStandard = (directory: string, chosen: SettingValues = {}): CompiledStandard =>
  compileStandard(parsePack(readPack(directory), chosen))
