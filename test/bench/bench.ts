/**
 * What the product's main jobs cost beside the least that they could cost, all measured in one run. Without a program
 * name this is the bench itself; with one it is a part of it in a process of its own, so that its memory is its own.
 */
import { parseArgs } from 'node:util'
import { checkPrograms } from './check-programs'
import { benchCheck } from './check-bench'
import { deskPrograms } from './desk-programs'
import { benchGrid } from './grid-bench'
import { gridPrograms } from './grid-programs'
import { benchImport } from './import-bench'
import { mixedDeskPrograms } from './mixed-desk'
import { platformPrograms } from './platform-programs'
import { readerPrograms } from './reader-programs'
import { storePrograms } from './store-programs'
import { benchStart } from './start-bench'
import { benchSubmit } from './submit-bench'

const programs = {
  ...readerPrograms,
  ...storePrograms,
  ...deskPrograms,
  ...platformPrograms,
  ...checkPrograms,
  ...mixedDeskPrograms,
  ...gridPrograms,
}
const [first = '', ...rest] = process.argv.slice(2)

if (Object.hasOwn(programs, first)) {
  await programs[first as keyof typeof programs](rest)
} else {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      rows: { type: 'string', default: '100000' },
      records: { type: 'string' },
      csv: { type: 'boolean', default: false },
    },
  })
  const jobs = {
    import: () => benchImport(Number(values.rows), values.csv),
    submit: () => benchSubmit(Number(values.records ?? '20000')),
    start: () => benchStart(Number(values.rows)),
    check: () => benchCheck(Number(values.rows)),
    grid: () => benchGrid(Number(values.records ?? '1000000')),
  }
  for (const [name, run] of Object.entries(jobs)) {
    if (values.only === undefined ? !(values.csv && name !== 'import') : values.only === name) await run()
  }
}
