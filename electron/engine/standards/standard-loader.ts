import { refuse } from '@shared/kernel/failure'
import { compileStandard } from '@shared/standard/compile-standard'
import { parsePack } from '@shared/standard/pack-schema'
import type { CompiledStandard } from '@shared/standard/standard'
import { readdirSync } from 'node:fs'
import { join, parse } from 'node:path'
import { readJson } from './json-file'

const MANIFEST = 'pack.json'
const TEXTS = 'texts.zh-CN.json'

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

/** The parts of a pack folder as one value, record types in the order of the manifest, nothing judged yet. */
function readPack(directory: string): unknown {
  const manifest = readJson(directory, MANIFEST, 'pack.invalid')
  const types = typeCodesOf(manifest)
  const fields = readFolder(directory, 'fields')
  const missing = types.find((code) => !Object.hasOwn(fields, code))
  if (missing !== undefined)
    refuse('pack.invalid', { path: `fields/${missing}.json`, reason: 'the file is missing' })
  const surplus = Object.keys(fields).find((code) => !types.includes(code))
  if (surplus !== undefined)
    refuse('pack.invalid', { path: `fields/${surplus}.json`, reason: `not in ${MANIFEST}` })
  return {
    ...(manifest as object),
    recordTypes: types.map((code) => fields[code]),
    rules: readFolder(directory, 'rules'),
    codeLists: readFolder(directory, 'codelists'),
    texts: readJson(directory, TEXTS, 'pack.invalid'),
  }
}

/**
 * Reads, validates and compiles the standard in a pack folder (`<root>/standards/<id>/<version>`). Half a pack is
 * none: throws `pack.invalid` with `path` (a file, or a place such as `rules.XZXK_FR.3`) and `reason`.
 */
export function loadStandard(directory: string): CompiledStandard {
  const pack = parsePack(readPack(directory))
  const types = new Set(pack.recordTypes.map((type) => type.code))
  const withoutRules = [...types].find((code) => pack.rules[code] === undefined)
  if (withoutRules !== undefined) {
    refuse('pack.invalid', { path: `rules/${withoutRules}.json`, reason: 'the file is missing' })
  }
  return compileStandard(pack)
}
