/**
 * Settings of a pack: values that its sources leave open. Wherever a file of the pack says `{"setting": "<id>"}`, the
 * value of that setting is put in its place before anything else is judged, so every check of a pack holds for it too.
 */
import * as v from 'valibot'
import type { PackSetting, SettingValue } from './pack'
import { refusePack } from './pack-refusal'

const text = v.pipe(v.string(), v.minLength(1))

const settingSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,40}\.[a-z][a-z0-9-]{0,60}$/)),
  title: text,
  value: v.union([v.number(), text]),
  range: v.union([
    v.strictObject({ min: v.number(), max: v.number() }),
    v.strictObject({
      choices: v.pipe(v.array(v.strictObject({ value: text, label: text })), v.minLength(2)),
    }),
  ]),
  source: text,
  confidence: v.picklist(['A', 'B', 'C', 'D']),
})

/** The shape of `settings.json`; `sets` is found out from the places that name a setting. */
export const settingsSchema = v.array(settingSchema)

type Declared = Omit<PackSetting, 'sets' | 'default'>

/** Values that a desk puts in the place of the pack's, by setting id. */
export type SettingValues = Readonly<Record<string, SettingValue>>

/** Whether a value may stand in the place of a setting's own. */
export function isInRange({ range }: Pick<PackSetting, 'range'>, value: SettingValue): boolean {
  if ('choices' in range) return range.choices.some((choice) => choice.value === value)
  return typeof value === 'number' && Number.isInteger(value) && value >= range.min && value <= range.max
}

/** The values that a pack can take: of settings that it has, and within their ranges. */
export const fittingValues = (settings: readonly PackSetting[], chosen: SettingValues): SettingValues =>
  Object.fromEntries(
    settings.flatMap((setting) => {
      const { id } = setting
      const value = Object.hasOwn(chosen, id) ? chosen[id] : undefined
      return value !== undefined && isInRange(setting, value) ? [[id, value]] : []
    }),
  )

function parseSettings(raw: unknown): readonly Declared[] {
  const parsed = v.safeParse(settingsSchema, raw ?? [])
  if (!parsed.success) {
    const [issue] = parsed.issues
    return refusePack(`settings.${v.getDotPath(issue) ?? ''}`, issue.message)
  }
  return parsed.output
}

type Members = Readonly<Record<string, unknown>>

const isObject = (node: unknown): node is Members => typeof node === 'object' && node !== null

/** The setting that a node stands for; undefined for every other node. */
function referenceOf(node: Members): string | undefined {
  const { setting } = node
  return typeof setting === 'string' && Object.keys(node).length === 1 ? setting : undefined
}

/** Name of a list element in a path: its own code or id where it has one. */
function nameOf(element: unknown, index: number): string {
  const { code, id } = isObject(element) ? element : {}
  return typeof code === 'string' ? code : typeof id === 'string' ? id : String(index)
}

/**
 * A raw pack with every setting put in. Refuses `pack.invalid` when a setting is unknown, twice, nowhere named, or its
 * value is out of its range.
 */
export function resolveSettings(
  { settings, ...parts }: Members,
  chosen: SettingValues,
): { readonly parts: Members; readonly settings: readonly PackSetting[] } {
  const declared = parseSettings(settings)
  const values = new Map<string, SettingValue>()
  for (const setting of declared) {
    const { id } = setting
    if (values.has(id)) refusePack(`settings.${id}`, 'it occurs twice')
    const value = Object.hasOwn(chosen, id) ? chosen[id]! : setting.value
    if (!isInRange(setting, value)) refusePack(`settings.${id}`, `${value} is out of its range`)
    values.set(id, value)
  }
  const places = new Map<string, string[]>(declared.map(({ id }) => [id, []]))

  const resolved = (node: unknown, path: string): unknown => {
    if (!isObject(node)) return node
    if (Array.isArray(node))
      return node.map((element, index) => resolved(element, `${path}.${nameOf(element, index)}`))
    const id = referenceOf(node)
    if (id !== undefined) {
      places.get(id)?.push(path)
      return values.get(id) ?? refusePack(path, `unknown setting ${id}`)
    }
    const inside = (name: string): string => (path === '' ? name : `${path}.${name}`)
    return Object.fromEntries(
      Object.entries(node).map(([name, value]) => [name, resolved(value, inside(name))]),
    )
  }

  const output = resolved(parts, '') as Members
  const withPlaces = declared.map((setting) => ({
    ...setting,
    value: values.get(setting.id)!,
    default: setting.value,
    sets: places.get(setting.id)!,
  }))
  const unused = withPlaces.find((setting) => setting.sets.length === 0)
  if (unused !== undefined) refusePack(`settings.${unused.id}`, 'nothing names it')
  return { parts: output, settings: withPlaces }
}
