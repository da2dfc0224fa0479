import * as v from 'valibot'
import { FailureError } from '@shared/kernel/failure'
import type { Result } from '@shared/kernel/result'
import { inspectUscc } from '@shared/standard/identifiers/uscc'

/** The bureau on whose behalf a desk submits: its unified social credit code and its name. */
export interface Bureau {
  readonly code: string
  readonly name: string
}

/**
 * Whether a code (GB 32100, upper case) can be that of a bureau: its check character holds. Older bodies have a code
 * whose inner organisation part fails its own check; such a code is right all the same.
 */
export const isBureauCode = (code: string): boolean => [null, 'embedded-org-code'].includes(inspectUscc(code))

/** A bureau as a person names it: a code that holds, a name of 2 to 100 characters. */
export const bureauSchema = v.strictObject({
  code: v.pipe(v.string(), v.trim(), v.check(isBureauCode)),
  // eslint-disable-next-line no-control-regex -- control characters are what a name must not have
  name: v.pipe(v.string(), v.trim(), v.minLength(2), v.maxLength(100), v.regex(/^[^\u0000-\u001f\u007f]*$/)),
})

/** The name under which a platform knows a desk: it goes into a header of every request, so no line break may. */
export const clientIdSchema = v.pipe(v.string(), v.regex(/^[^\r\n]*$/), v.trim(), v.regex(/^[\w.-]{1,64}$/))

/** Which of the two desks of a base folder is open, and whether the live one has been set up. */
export interface DeskMode {
  readonly mode: 'practice' | 'live'
  readonly liveReady: boolean
}

/** The file in the base folder that keeps a `DeskMode`. */
export const deskModeFile = 'mode.json'

/** Training happens under this bureau; its desk never talks to anything but the practice platform. */
export const practiceBureau: Bureau = { code: '11360300014500006J', name: '萍乡市市场监督管理局' }

/** A client that was never set up opens its practice desk. */
export const firstDeskMode: DeskMode = { mode: 'practice', liveReady: false }

const schema = v.object({ mode: v.picklist(['practice', 'live']), liveReady: v.boolean() })

/**
 * Reads the text of the mode file. A damaged or contradictory file opens practice: nothing can be submitted by
 * mistake, and the data of both desks is untouched.
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
  return parsed.output.mode === 'live' && !parsed.output.liveReady ? firstDeskMode : parsed.output
}

/** Text of the mode file. */
export const deskModeText = (mode: DeskMode): string => `${JSON.stringify(mode, null, 2)}\n`

/** Name of a desk's data folder inside the base folder. */
export const deskFolder = (mode: DeskMode['mode']): string => (mode === 'practice' ? 'practice' : 'desk')

/** What a switch leads to: the mode afterwards, and the bureau for which a desk may be made (null: it exists). */
export interface DeskSwitch {
  readonly mode: DeskMode
  readonly bureau: Bureau | null
}

/** The bureau for which the desk of a mode may be made when its folder holds none. */
export const bureauOf = (mode: DeskMode['mode'], given: Bureau | null): Bureau | null =>
  mode === 'practice' ? practiceBureau : given

/**
 * Plans a switch; null when the live desk was never set up and no bureau is given. A live desk that is set up keeps
 * its bureau for good, whatever is given.
 */
export function planDeskSwitch(now: DeskMode, to: DeskMode['mode'], given: Bureau | null): DeskSwitch | null {
  if (to === 'live' && !now.liveReady && given === null) return null
  return {
    mode: { mode: to, liveReady: now.liveReady || to === 'live' },
    bureau: bureauOf(to, now.liveReady ? null : given),
  }
}

/**
 * Refuses to leave a desk whose engine has answered `connection.mayLeave` with batches that wait there. An engine that
 * does not answer keeps nobody from the other desk.
 */
export function refuseOpenBatches(answer: Result<unknown>): void {
  if (!answer.ok && answer.failure.code === 'connection.batches-open') throw new FailureError(answer.failure)
}
