/**
 * One pass over a record: fields in the order of the standard, the rules of a field in the order of the pack.
 * Everything that can be decided beforehand is decided here, so that a clean record costs a few tests and no memory.
 */
import { cut } from '@shared/kernel/text'
import * as v from 'valibot'
import { CharacterMarks } from './character-marks'
import type { CodeIndex } from './code-index'
import { compileCondition, type Condition } from './conditions'
import { isEverydayText } from './everyday-text'
import { identifiers, type IdentifierFinding } from './identifiers/identifier-registry'
import { impliedRules } from './implied-rules'
import type { Issue } from './issue'
import type { FieldSpec, FieldValues, RecordTypeSpec, RuleSpec } from './pack'
import { refusePack } from './pack-refusal'
import { ruleFunctions } from './rule-functions/registry'
import {
  NOTHING_TO_FIND,
  type Finding,
  type Judge,
  type RuleFunction,
  type RuleScope,
} from './rule-functions/rule-function'
import type { CheckContext } from './standard'

interface Step {
  readonly rule: RuleSpec
  readonly field: string
  readonly judge: Judge
  readonly condition: Condition | null
  readonly judgesBlank: boolean
  readonly judgesBlankOnly: boolean
  readonly unusualOnly: boolean
  /** Bit of the characters without which nothing is found; 0 when that cannot be told. */
  readonly mark: number
  /** Whether the verdict follows from the value and the day alone. */
  readonly alone: boolean
}

/** The steps of one field, apart by what has to be known before they run. */
interface Group {
  readonly field: string
  readonly onBlank: readonly Step[]
  readonly onValue: readonly Step[]
  readonly onUnusual: readonly Step[]
  /** Those of `onValue` that look at more than the value and the day. */
  readonly lookingAround: readonly Step[]
  /** Some of `onValue` can be told not to apply by the characters of the value. */
  readonly hasMarks: boolean
}

const NO_ISSUES: readonly Issue[] = Object.freeze([])

/** Inspections that remember their last answer, so that the rules of one field inspect a value once. */
function rememberingInspections(): RuleScope['inspect'] {
  const known = new Map<string, ReturnType<RuleScope['inspect']>>()
  return (kind, field) => {
    const key = `${kind} ${field}`
    const existing = known.get(key)
    if (existing !== undefined) return existing
    let lastText: string | undefined
    let lastDay: string | undefined
    let lastFinding: IdentifierFinding | null = null
    const inspect = (text: string, today?: string): IdentifierFinding | null => {
      if (text !== lastText || today !== lastDay) {
        lastFinding = identifiers[kind](text, today)
        lastText = text
        lastDay = today
      }
      return lastFinding
    }
    known.set(key, inspect)
    return inspect
  }
}

/** Parses the options of a rule; a pack that names them wrongly is refused with the place and an example. */
export function parseOptions(
  definition: Pick<RuleFunction, 'options' | 'example'>,
  rule: RuleSpec,
  path: string,
): unknown {
  const parsed = v.safeParse(definition.options, rule.options)
  if (parsed.success) return parsed.output
  const [issue] = parsed.issues
  const example = JSON.stringify(definition.example)
  return refusePack(`${path}.options`, `${rule.function}: ${cut(issue.message, 100)}; for example ${example}`)
}

function stepsOf(rule: RuleSpec, scope: RuleScope, marks: CharacterMarks, path: string): readonly Step[] {
  const definition = ruleFunctions.get(rule.function)
  if (definition === undefined) {
    return refusePack(`${path}.function`, `unknown function ${rule.function}`)
  }
  const options = parseOptions(definition, rule, path)
  const fields = rule.on.map((code) => scope.field(code))
  const condition = effective(rule, scope.type.legalDate)
  const needed = definition.neededCharacters?.(options) ?? null
  const mark = needed === null ? 0 : marks.bitOf(needed)
  const step = (on: readonly FieldSpec[]): Step => ({
    rule,
    field: on[0]!.code,
    judge: definition.compile(on, options, scope),
    condition,
    judgesBlank: definition.judgesBlank,
    judgesBlankOnly: definition.judgesBlankOnly ?? false,
    mark,
    unusualOnly: definition.unusualCharactersOnly ?? false,
    alone: condition === null && on.length === 1 && judgesAlone(definition, options),
  })
  const steps = definition.scope === 'together' ? [step(fields)] : fields.map((field) => step([field]))
  return steps.filter(({ judge }) => judge !== NOTHING_TO_FIND)
}

const judgesAlone = ({ judgesValueAlone = false }: RuleFunction, options: unknown): boolean =>
  typeof judgesValueAlone === 'boolean' ? judgesValueAlone : judgesValueAlone(options)

/** The rule's own condition and its dates: a dated rule looks at decisions of its time only. */
function effective(rule: RuleSpec, legalDate: string): Condition | null {
  const when = compileCondition(rule.when)
  const { from = '', to = '9999-12-31' } = rule
  if (rule.from === undefined && rule.to === undefined) return when
  return (values) => {
    const date = values[legalDate] ?? ''
    return date >= from && date <= to && (when === null || when(values))
  }
}

function groupSteps(type: RecordTypeSpec, steps: readonly Step[]): readonly Group[] {
  const groups = type.fields.map(({ code }): Group => {
    const own = steps.filter((step) => step.field === code)
    const onValue = own.filter((step) => !step.unusualOnly && !step.judgesBlankOnly)
    return {
      field: code,
      onBlank: own.filter((step) => step.judgesBlank),
      onValue,
      onUnusual: own.filter((step) => step.unusualOnly),
      lookingAround: own.filter((step) => !step.alone && !step.judgesBlankOnly),
      hasMarks: onValue.some((step) => step.mark !== 0),
    }
  })
  return groups.filter(
    ({ onBlank, onValue, onUnusual }) => onBlank.length + onValue.length + onUnusual.length > 0,
  )
}

function issueOf(step: Step, value: string, finding: Finding): Issue {
  const { rule, field } = step
  const base = { code: rule.id, severity: rule.severity, field, value: value === '' ? null : value }
  const params = finding.params ?? {}
  return finding.fix === undefined ? { ...base, params } : { ...base, params, fix: finding.fix }
}

/** Stands for a value whose characters nobody has looked at: every step runs. */
const ANY_MARK = -1

/** Runs some steps on one value with these marks; a list is made only when something is found. */
function run(
  steps: readonly Step[],
  value: string,
  marks: number,
  values: FieldValues,
  context: CheckContext,
  found: Issue[] | null,
): Issue[] | null {
  let issues = found
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i]!
    if (step.mark !== 0 && (step.mark & marks) === 0) continue
    if (step.condition !== null && !step.condition(values)) continue
    const finding = step.judge(value, values, context)
    if (finding !== null) (issues ??= []).push(issueOf(step, value, finding))
  }
  return issues
}

/** Compiles the single-record rules of a type, those of its fields first, into one check. */
export function compileChecks(
  type: RecordTypeSpec,
  rules: readonly RuleSpec[],
  codeIndexes: ReadonlyMap<string, CodeIndex>,
): (values: FieldValues, context: CheckContext) => readonly Issue[] {
  const fields = new Map(type.fields.map((field) => [field.code, field]))
  const scope: RuleScope = {
    type,
    field: (code) => fields.get(code) ?? refusePack(`rules.${type.code}`, `unknown field ${code}`),
    codes: (id) => codeIndexes.get(id) ?? refusePack(`rules.${type.code}`, `unknown code list ${id}`),
    inspect: rememberingInspections(),
  }
  const marks = new CharacterMarks()
  const implied = type.fields.filter((field) => !field.envelope).flatMap(impliedRules)
  const groups = groupSteps(type, [
    ...implied.flatMap((rule) => stepsOf(rule, scope, marks, `fields.${type.code}.${rule.on[0]}`)),
    ...rules.flatMap((rule) => stepsOf(rule, scope, marks, `rules.${type.code}.${rule.id}`)),
  ])

  // Columns repeat themselves: the value last found sound in a field is told by comparing, not by judging.
  const sound = groups.map(() => '')
  let soundOn = ''

  return (values, context) => {
    if (context.today !== soundOn) {
      sound.fill('')
      soundOn = context.today
    }
    let issues: Issue[] | null = null
    for (let i = 0; i < groups.length; i++) {
      const { field, onBlank, onValue, onUnusual, lookingAround, hasMarks } = groups[i]!
      const value = values[field] ?? ''
      if (value === '') {
        if (onBlank.length > 0) issues = run(onBlank, value, ANY_MARK, values, context, issues)
        continue
      }
      if (value === sound[i]) {
        if (lookingAround.length > 0) issues = run(lookingAround, value, ANY_MARK, values, context, issues)
        continue
      }
      const before = issues === null ? 0 : issues.length
      issues = run(onValue, value, hasMarks ? marks.of(value) : ANY_MARK, values, context, issues)
      if (onUnusual.length > 0 && !isEverydayText(value))
        issues = run(onUnusual, value, ANY_MARK, values, context, issues)
      if (issues === null || issues.length === before) sound[i] = value
    }
    return issues ?? NO_ISSUES
  }
}
