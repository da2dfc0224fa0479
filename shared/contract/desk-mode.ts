import * as v from 'valibot'

/** The bureau on whose behalf a desk submits: its unified social credit code and its name. */
export interface Bureau {
  readonly code: string
  readonly name: string
}

/** Which of the two desks of a base folder is open, and whose the live one is (null until it is set up). */
export interface DeskMode {
  readonly mode: 'practice' | 'live'
  readonly live: Bureau | null
}

/** The file in the base folder that keeps a `DeskMode`. */
export const deskModeFile = 'mode.json'

/** Training happens under this bureau; its desk never talks to anything but the practice platform. */
export const practiceBureau: Bureau = { code: '11360300014500006J', name: '萍乡市市场监督管理局' }

/** A client that was never set up opens its practice desk. */
export const firstDeskMode: DeskMode = { mode: 'practice', live: null }

const schema = v.object({
  mode: v.picklist(['practice', 'live']),
  live: v.nullable(v.object({ code: v.string(), name: v.string() })),
})

/**
 * Reads the text of the mode file. A damaged file, or one that is live without a bureau, opens practice: nothing can
 * be submitted by mistake, and the data of both desks is untouched.
 */
export function parseDeskMode(text: string): DeskMode {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return firstDeskMode
  }
  const parsed = v.safeParse(schema, value)
  if (!parsed.success) return firstDeskMode
  return parsed.output.mode === 'live' && parsed.output.live === null ? firstDeskMode : parsed.output
}

/** Text of the mode file. */
export const deskModeText = (mode: DeskMode): string => `${JSON.stringify(mode, null, 2)}\n`

/** Name of a desk's data folder inside the base folder. */
export const deskFolder = (mode: DeskMode['mode']): string => (mode === 'practice' ? 'practice' : 'desk')

/**
 * The mode after a switch; null when the live desk has no bureau yet and none was given. A bureau that is set stays:
 * a desk belongs to one bureau for good.
 */
export function switchedDeskMode(now: DeskMode, to: DeskMode['mode'], bureau: Bureau | null): DeskMode | null {
  if (to === 'practice') return { ...now, mode: 'practice' }
  const live = now.live ?? bureau
  return live === null ? null : { mode: 'live', live }
}
