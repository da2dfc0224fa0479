import type { Watch } from '@engine/ports'
import type { Database } from '@engine/repos/database'
import type { AuditNote, AuditRepo, Store } from '@engine/repos/repo-types'
import type { Transport } from '@engine/transports/transport-port'
import { sqlStatements } from './sql-statements'

type Work = (...args: unknown[]) => unknown

/** Writes of the repositories that count as steps inside a transaction. */
const writes: Readonly<Record<string, readonly string[]>> = {
  records: [
    ...['insert', 'insertRevision', 'update', 'moveDelivery', 'replaceLocalIssues', 'addPlatformIssues'],
    'accept',
  ],
  settings: ['set'],
  imports: ['start', 'saveSummary'],
  batches: ['insert', 'move', 'sealRecords', 'moveDeliveries', 'storeResults', 'dropResults', 'settleItem'],
  outbox: ['insert', 'lease', 'release', 'releaseAll', 'fail', 'succeed'],
  receipts: ['keep', 'judge'],
  feed: ['savePosition', 'keep', 'markApplied', 'setPublicity'],
  notices: ['keep', 'finish'],
}

const calls: readonly (keyof Transport)[] = [
  ...(['capabilities', 'open', 'part', 'close', 'state', 'items', 'receipt', 'lookup', 'feed'] as const),
]

/** The same part with some of its functions replaced. */
const withChanged = <Part extends object>(
  part: Part,
  names: readonly string[],
  change: (name: string, work: Work) => Work,
): Part => {
  const members = part as Readonly<Record<string, unknown>>
  const changed = names.flatMap((name) => {
    const work = members[name]
    return typeof work === 'function' ? [[name, change(name, work as Work)] as const] : []
  })
  return { ...part, ...Object.fromEntries(changed) }
}

/**
 * Names the steps of an engine from outside: `records.insert` and the like inside a transaction, `batch.closed
 * committing` and `committed` around its end (by its last audited act, else by its last write), `close asking` and
 * `answered` around each call of the platform.
 */
export function createStepWatch(passed: (step: string) => void): Watch {
  let last = ''

  const store = (part: Store): Store => ({
    ...part,
    write(work) {
      last = ''
      let made = ''
      const result = part.write(() => {
        const value = work()
        made = last === '' ? 'nothing' : last
        passed(`${made} committing`)
        return value
      })
      passed(`${made} committed`)
      return result
    },
  })

  const audit = (part: AuditRepo): AuditRepo => {
    const note = ({ act }: AuditNote): void => {
      last = act
      passed(`${act} noted`)
    }
    return {
      ...part,
      append(one) {
        part.append(one)
        note(one)
      },
      appendAll(notes) {
        const all = [...notes]
        part.appendAll(all)
        for (const one of all) note(one)
      },
    }
  }

  /** The only scripts that run on an open store are those of an upgrade. */
  const database = (part: Database): Database => {
    const exec = part.exec.bind(part)
    const pragma = part.pragma.bind(part)
    part.exec = (script) => {
      for (const statement of sqlStatements(script)) {
        exec(statement)
        passed('migration statement')
      }
      return part
    }
    part.pragma = (source, options) => {
      const result = pragma(source, options)
      if (source.startsWith('user_version =')) passed('migration step')
      return result
    }
    return part
  }

  return <Part extends object>(area: string, part: Part): Part => {
    if (area === 'database') return database(part as unknown as Database) as unknown as Part
    if (area === 'store') return store(part as unknown as Store) as unknown as Part
    if (area === 'audit') return audit(part as unknown as AuditRepo) as unknown as Part
    if (area === 'platform') {
      return withChanged(part, calls, (name, work) => async (...args) => {
        passed(`${name} asking`)
        const reply = await work(...args)
        passed(`${name} answered`)
        return reply
      })
    }
    const names = writes[area]
    if (names === undefined) return part
    return withChanged(part, names, (name, work) => (...args) => {
      const result = work(...args)
      const step = `${area}.${name}`
      if (last === '') last = step
      passed(step)
      return result
    })
  }
}
