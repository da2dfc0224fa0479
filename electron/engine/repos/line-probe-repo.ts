import type { LineFault, ProbeStep } from '@shared/domain/line-probe'
import type { Database } from './database'

/** One look at the line, signed by the desk and chained to the one before. */
export interface LineProbeEntity {
  readonly probeNo: number
  readonly at: string
  readonly fault: LineFault
  /** Code of the failure that led to it; null for the look after it went again. */
  readonly cause: string | null
  readonly steps: readonly ProbeStep[]
  readonly prevHash: string
  readonly hash: string
  readonly signature: string
}

interface Line {
  readonly probe_no: number
  readonly at: string
  readonly fault: LineFault
  readonly steps_json: string
  readonly prev_hash: string
  readonly hash: string
  readonly signature: string
}

/** Probes of the line: evidence, so they are only ever added. */
export interface LineProbeRepo {
  insert(probe: LineProbeEntity): void
  latest(): LineProbeEntity | null
  /** Probes of a span of instants [from, to], oldest first. */
  between(from: string, to: string): readonly LineProbeEntity[]
}

const entityOf = (line: Line): LineProbeEntity => ({
  probeNo: line.probe_no,
  at: line.at,
  fault: line.fault,
  ...(JSON.parse(line.steps_json) as Pick<LineProbeEntity, 'cause' | 'steps'>),
  prevHash: line.prev_hash,
  hash: line.hash,
  signature: line.signature,
})

/** The probes of one store. */
export function createLineProbeRepo(database: Database): LineProbeRepo {
  const insert = database.prepare<[number, string, LineFault, string, string, string, string]>(
    `INSERT INTO line_probe (probe_no, at, fault, steps_json, prev_hash, hash, signature)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const latest = database.prepare<[], Line>('SELECT * FROM line_probe ORDER BY probe_no DESC LIMIT 1')
  const between = database.prepare<[string, string], Line>(
    'SELECT * FROM line_probe WHERE at >= ? AND at <= ? ORDER BY probe_no',
  )
  return {
    insert({ probeNo, at, fault, cause, steps, prevHash, hash, signature }) {
      insert.run(probeNo, at, fault, JSON.stringify({ cause, steps }), prevHash, hash, signature)
    },
    latest() {
      const line = latest.get()
      return line === undefined ? null : entityOf(line)
    },
    between: (from, to) => between.all(from, to).map(entityOf),
  }
}
