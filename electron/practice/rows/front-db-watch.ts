/**
 * The platform's end of a front-end machine: makes the tables, picks up waiting rows, has them settled like all
 * others, and writes back into each row what became of it. A row that was picked up before a crash is picked up again;
 * the verdict on a revision is final, so it has its effect once.
 */
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { ItemResult } from '@shared/domain/exchange'
import type { CompiledType } from '@shared/standard/standard'
import { wireName } from '@practice/settling/wire-name'
import type { DeskRepo } from '@practice/store/desk-repo'
import type { RegisterRepo } from '@practice/store/register-repo'
import type { ArrivedRow, RowIntake } from './row-intake'

/** Where the front-end database is. */
export interface FrontDbPlace {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password: string
  readonly tablePrefix: string
  /** Pause between two looks, in milliseconds. */
  readonly everyMs?: number
}

const PICK = 500
const EVERY_MS = 500
const ROW_ID = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})(\d{4,})$/
const quote = (name: string): string => pg.escapeIdentifier(name)

export interface FrontDbWatch {
  /** Lets the round under way finish and stops. */
  stop(): Promise<void>
}

/** Connects, makes the tables that are missing and begins to look. Throws when the database cannot be reached. */
export async function watchFrontDb(
  place: FrontDbPlace,
  deps: {
    readonly types: () => readonly CompiledType[]
    readonly desks: DeskRepo
    readonly register: RegisterRepo
    readonly intake: RowIntake
    readonly onDefect: (error: unknown) => void
  },
): Promise<FrontDbWatch> {
  const { host, port, database, user, password } = place
  const pool = new pg.Pool({ host, port, database, user, password, max: 1 })
  pool.on('error', () => undefined)
  const stopping = new AbortController()
  const tableOf = (type: CompiledType): string => quote(`${place.tablePrefix}${type.spec.code}`)

  for (const type of deps.types()) {
    const fields = type.fields.map((field) => `${quote(wireName(field))} text`).join(', ')
    await pool.query(
      `CREATE TABLE IF NOT EXISTS ${tableOf(type)} ("RECID" varchar(40) PRIMARY KEY, "SJC" date, "SB_ZT" varchar(2),
         "SB_JG" varchar(2), "SB_YJ" text, ${fields})`,
    )
  }

  /** The values of a row as they were sealed; dates are written with slashes in such tables. */
  const valuesOf = (type: CompiledType, line: Readonly<Record<string, unknown>>): Record<string, string> =>
    Object.fromEntries(
      type.fields.flatMap((field) => {
        const value = line[wireName(field)]
        if (typeof value !== 'string') return []
        return [[wireName(field), field.type === 'date' ? value.replaceAll('/', '-') : value]]
      }),
    )

  const arrived = (
    bureau: string,
    type: CompiledType,
    line: Readonly<Record<string, unknown>>,
  ): ArrivedRow | null => {
    const id = ROW_ID.exec(String(line['RECID']))
    if (id === null) return null
    const recordId = id.slice(1, 6).join('-')
    const revision = Number(id[6])
    const held = deps.register.holdingOf(bureau, recordId)
    const isKnown = held?.state === 'live' && held.revision < revision
    const values = valuesOf(type, line)
    return isKnown
      ? { recordId, revision, op: 'correct', platformRef: held.platformRef, values }
      : { recordId, revision, op: 'create', platformRef: null, values }
  }

  const markOf = ({ outcome, errors }: ItemResult, op: string): readonly [mark: string, words: string] => {
    const words = errors[0]?.message ?? ''
    if (outcome === 'accepted') return [op === 'correct' ? '3' : '1', words]
    return [outcome === 'warned' ? '4' : '2', words]
  }

  const workOff = async (bureau: string, type: CompiledType): Promise<void> => {
    const table = tableOf(type)
    const { rows } = await pool.query<Record<string, unknown>>(
      `UPDATE ${table} SET "SB_ZT" = '1' WHERE "RECID" IN
         (SELECT "RECID" FROM ${table} WHERE "SB_ZT" IN ('0', '1') ORDER BY "RECID" LIMIT ${PICK}) RETURNING *`,
    )
    const known = rows.flatMap((line) => {
      const row = arrived(bureau, type, line)
      return row === null ? [] : [{ id: String(line['RECID']), row }]
    })
    if (known.length === 0) return
    const results = await deps.intake.settle(
      bureau,
      type.spec.code,
      known.map(({ row }) => row),
    )
    for (const [index, { id, row }] of known.entries()) {
      const [mark, words] = markOf(results[index]!, row.op)
      await pool.query(`UPDATE ${table} SET "SB_ZT" = '2', "SB_JG" = $2, "SB_YJ" = $3 WHERE "RECID" = $1`, [
        id,
        mark,
        words,
      ])
    }
  }

  const round = async (): Promise<void> => {
    const [desk] = deps.desks.list()
    if (desk === undefined) return
    for (const type of deps.types()) {
      if (deps.intake.takes(type.spec.code)) await workOff(desk.bureau.code, type)
    }
  }

  const isOffline = (error: unknown): boolean =>
    error instanceof Error &&
    /ECONN|terminat|57P|closed|timeout/i.test(`${error.message}${String('code' in error ? error.code : '')}`)

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await round().catch((error: unknown) => {
        if (!isOffline(error)) deps.onDefect(error)
      })
      await pause(place.everyMs ?? EVERY_MS, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
  const ended = run()
  return {
    async stop() {
      stopping.abort()
      await ended
      await pool.end()
    },
  }
}
