/**
 * A bundle for the person who supports this desk: versions, counts, states, failures, the end of the log. It is made only
 * of what is known to hold nothing personal and no secret; whatever is not of a known form is left out.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { arch, cpus, freemem, release, totalmem, type as systemType } from 'node:os'
import { join } from 'node:path'
import type { DeskInfo, LinkView } from '@shared/contract/views/desk-views'
import type { DiagnosticsMember } from '@shared/contract/views/diagnostics-views'
import type { StoreProblem } from '@shared/contract/views/upkeep-views'
import { addDays } from '@shared/kernel/calendar-date'
import { businessDate } from '@shared/kernel/clock'
import type { Clock } from '@shared/kernel/clock'
import { fill } from '@shared/texts/fill'
import { diagnosticsReadme } from '@shared/texts/zh-CN/diagnostics'
import { writeStoredZip } from '@engine/envelope/stored-zip'
import type { ChainedAuditRepo } from '@engine/repos/audit-repo'
import { storeFile } from '@engine/repos/data-folder'
import type { DiagnosticsQuery, Tally } from '@engine/repos/diagnostics-query'
import type { LineProbeRepo } from '@engine/repos/line-probe-repo'
import type { SettingRepo, Store } from '@engine/repos/repo-types'
import { writeWhole } from '@engine/sheets/output-file'
import { safeLogFile, safeWord } from './log-redaction'
import type { TasksService } from './tasks-service'

export interface DiagnosticsService {
  /** Makes the bundle and keeps it for `write`, so that what is saved is what was shown. */
  collect(): readonly DiagnosticsMember[]
  /** Writes the bundle as a ZIP, whole or not at all; gives the names of its members. Refuses `output.not-writable`. */
  write(path: string): Promise<readonly string[]>
}

export interface DiagnosticsDeps {
  readonly query: DiagnosticsQuery
  readonly settings: Pick<SettingRepo, 'get'>
  readonly probes: Pick<LineProbeRepo, 'between'>
  readonly audit: Pick<ChainedAuditRepo, 'append'>
  readonly store: Pick<Store, 'write'>
  readonly tasks: Pick<TasksService, 'list'>
  readonly clock: Clock
  readonly actor: () => string
  readonly info: () => DeskInfo
  readonly problems: () => readonly StoreProblem[]
  readonly logLines: () => readonly string[]
  /** Folder of the log files of the host; null when it keeps none. */
  readonly logFolder: string | null
}

const ACTS = 200
const PROBE_DAYS = 30
const LOG_LINES = 400
const MB = 1024 * 1024

/** Settings that are numbers, times and choices; all others are left out. */
const plainSettings = [
  'cutOff',
  'reminder',
  'appearance',
  'importLimits',
  'attachmentLimits',
  'deskMode',
] as const

/** Numbers, truths, times of day and codes; any other text is left out. */
function plain(value: unknown): unknown {
  if (typeof value === 'string') return /^\d{2}:\d{2}$/.test(value) ? value : safeWord(value)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [safeWord(name), plain(one)]))
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

const known = (tallies: readonly Tally[]): Record<string, number> => {
  const safe: Record<string, number> = {}
  for (const { value, count } of tallies) {
    const name = value.split(' ').map(safeWord).join(' ')
    safe[name] = (safe[name] ?? 0) + count
  }
  return safe
}

export function createDiagnosticsService(deps: DiagnosticsDeps): DiagnosticsService {
  const { query, settings, clock } = deps
  let collected: readonly DiagnosticsMember[] | null = null

  const versions = () => {
    const { standard, calendarVersion, appVersion, mode, dataDir } = deps.info()
    return {
      ...{ app: appVersion, mode, standard: `${standard.id} ${standard.version}`, calendarVersion },
      ...{ node: process.versions.node, electron: process.versions['electron'] ?? null, ...query.versions() },
      ...{ system: systemType(), release: release(), arch: arch(), processors: cpus().length },
      ...{ memoryMb: Math.round(totalmem() / MB), freeMb: Math.round(freemem() / MB) },
      storeMb: Math.round((statSync(storeFile(dataDir)).size / MB) * 10) / 10,
    }
  }

  /** Of the connection only whether it is set: addresses are those of a network of the administration. */
  const choices = () => {
    const connection = settings.get<Record<string, unknown>>('connection') ?? {}
    const route = settings.get<{ readonly kind?: string }>('route')
    return {
      ...Object.fromEntries(plainSettings.map((key) => [key, plain(settings.get(key))])),
      way: safeWord(route?.kind ?? 'http'),
      connection: Object.fromEntries(
        ['platformUrl', 'clientId', 'platformPublicKey'].map((key) => [key, connection[key] != null]),
      ),
    }
  }

  const link = () => {
    const {
      state = 'none',
      checkedAt = null,
      skewSeconds = null,
      failureCode = null,
    } = settings.get<LinkView>('link') ?? {}
    const from = `${addDays(businessDate(clock.now()), -PROBE_DAYS)}T00:00:00.000Z`
    return {
      now: { state, checkedAt, skewSeconds, failureCode: failureCode && safeWord(failureCode) },
      probes: deps.probes
        .between(from, clock.now())
        .map(({ at, fault, cause }) => ({ at, fault, cause: cause && safeWord(cause) })),
    }
  }

  const failures = () =>
    deps.tasks
      .list()
      .filter(({ state }) => state === 'failed')
      .map(({ kind, step, endedAt, failure }) => ({ kind, step, endedAt, code: failure?.code ?? null }))

  const logText = (): string => {
    const { logFolder } = deps
    const newest =
      logFolder !== null && existsSync(logFolder)
        ? readdirSync(logFolder)
            .filter((name) => /^shell-\d{4}-\d{2}\.log$/.test(name))
            .sort()
            .at(-1)
        : undefined
    const ofHost =
      newest === undefined ? '' : safeLogFile(readFileSync(join(logFolder ?? '', newest), 'utf8'), LOG_LINES)
    return `${[ofHost, ...deps.logLines()].filter((one) => one !== '').join('\n')}\n`
  }

  const collect = (): readonly DiagnosticsMember[] => {
    const made = clock.now()
    const counts = Object.fromEntries(
      Object.entries(query.tallies()).map(([name, tallies]) => [name, known(tallies)]),
    )
    collected = [
      { name: 'readme.txt', text: fill(diagnosticsReadme, { at: made }) },
      { name: 'versions.json', text: json(versions()) },
      { name: 'settings.json', text: json(choices()) },
      { name: 'counts.json', text: json(counts) },
      { name: 'link.json', text: json(link()) },
      { name: 'failures.json', text: json(failures()) },
      // Only what kind of problem: the rest names batches.
      { name: 'soundness.json', text: json(deps.problems().map(({ code }) => code)) },
      { name: 'acts.json', text: json(query.lastActs(ACTS).map(({ at, act }) => `${at} ${safeWord(act)}`)) },
      { name: 'log.txt', text: logText() },
    ]
    return collected
  }

  return {
    collect,
    async write(path) {
      const members = collected ?? collect()
      const zip = await writeStoredZip(
        members.map(({ name, text }) => ({ name, bytes: Buffer.from(text) })),
        clock.now(),
      )
      await writeWhole(path, (part) => writeFile(part, zip))
      collected = null
      deps.store.write(() =>
        deps.audit.append({
          ...{ at: clock.now(), actor: deps.actor(), act: 'diagnostics.written', ref: null, body: {} },
        }),
      )
      return members.map(({ name }) => name)
    },
  }
}
