/** Checking records alone: by all rules of the standard, and by Ajv over what of them a JSON Schema can say. */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { loadInstalledStandard } from '@engine/standards/installed-standard'
import { typeOf } from '@engine/standards/installed-standard'
import type { FieldSpec, FieldValues } from '@shared/standard/pack'
import type { CompiledStandard } from '@shared/standard/standard'
import { resourceDir } from './bench-desk'
import { licenceColumns, licenceRow } from './licence-rows'

type Program = (args: readonly string[]) => Promise<void>

/** What a check tells: the fastest round over all records, on the wall and in processor time, and how many of them had issues. */
export interface CheckTold {
  readonly wallMs: number
  readonly cpuMs: number
  readonly faulty: number
}

const ROUNDS = 5
const TODAY = '2026-11-16'
/** What the standard calls the shape of a code, as far as a pattern can say it. */
const SHAPES: Readonly<Record<string, string>> = {
  uscc: '^[0-9A-HJ-NPQRTUWXY]{18}$',
  orgCode: '^[0-9A-Z]{8}-?[0-9X]$',
  regNo15: '^\\d{15}$',
}

/** Normalised licences, a few of them with issues. */
function records(standard: CompiledStandard, count: number): readonly FieldValues[] {
  const { normalise } = typeOf(standard, 'XZXK_FR')
  return Array.from({ length: count }, (_, index) => {
    const cells = licenceRow(index, true)
    const raw = licenceColumns.map((code, column) => [code, { text: cells[column]!, kind: 'text' }] as const)
    return normalise(Object.fromEntries(raw)).values
  })
}

async function fastestRound(all: readonly FieldValues[], isSound: (values: FieldValues) => boolean) {
  let wallMs = Infinity
  let cpuMs = Infinity
  let faulty = 0
  for (let round = 0; round < ROUNDS; round++) {
    const startedMs = performance.now()
    const before = process.cpuUsage()
    faulty = 0
    for (const values of all) if (!isSound(values)) faulty++
    const { user, system } = process.cpuUsage(before)
    cpuMs = Math.min(cpuMs, (user + system) / 1000)
    wallMs = Math.min(wallMs, performance.now() - startedMs)
  }
  console.log(JSON.stringify({ wallMs, cpuMs, faulty } satisfies CheckTold))
  return Promise.resolve()
}

/** All rules, every issue collected. */
const checkOwn: Program = ([count = '']) => {
  const standard = loadInstalledStandard(resourceDir)
  const { check } = typeOf(standard, 'XZXK_FR')
  const context = { today: TODAY }
  return fastestRound(records(standard, Number(count)), (values) => check(values, context).length === 0)
}

function schemaOf(field: FieldSpec, standard: CompiledStandard): Readonly<Record<string, unknown>> {
  const list = field.codeList === undefined ? undefined : standard.pack.codeLists[field.codeList]
  const shape = field.format === undefined ? undefined : SHAPES[field.format]
  return {
    type: 'string',
    minLength: 1,
    ...(field.maxLength === undefined ? {} : { maxLength: field.maxLength }),
    ...(field.type === 'date' ? { pattern: '^\\d{4}-\\d{2}-\\d{2}$' } : {}),
    ...(field.type === 'code' && list !== undefined ? { enum: list.items.map(({ value }) => value) } : {}),
    ...(shape === undefined ? {} : { pattern: shape }),
  }
}

interface AjvModule {
  readonly default: new (options: object) => { compile(schema: object): (value: unknown) => boolean }
}

/** The single-field rules alone, compiled by Ajv with all errors; tells null where Ajv is not installed. */
const checkAjv: Program = ([count = '']) => {
  let ajv: AjvModule
  try {
    ajv = createRequire(join(resourceDir, 'here.js'))('ajv') as AjvModule
  } catch {
    console.log(null)
    return Promise.resolve()
  }
  const standard = loadInstalledStandard(resourceDir)
  const { fields } = typeOf(standard, 'XZXK_FR')
  const validate = new ajv.default({ allErrors: true, strict: false }).compile({
    type: 'object',
    required: fields.filter(({ required }) => required === 'always').map(({ code }) => code),
    properties: Object.fromEntries(fields.map((field) => [field.code, schemaOf(field, standard)])),
  })
  return fastestRound(records(standard, Number(count)), (values) => validate(values))
}

export const checkPrograms = { 'check-own': checkOwn, 'check-ajv': checkAjv }
