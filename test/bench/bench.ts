/**
 * What the product's main jobs cost beside the least they could cost, measured in one run. Without a program name it
 * is the bench itself; with one it is a part of it in a process of its own, so that its memory is its own.
 */
import { parseArgs } from 'node:util'
import { benchImport } from './import-bench'
import { benchSubmit } from './submit-bench'
import { programs } from './programs'

const [first, ...rest] = process.argv.slice(2)
const program = first === undefined ? undefined : programs.get(first)

if (program !== undefined) {
  await program(rest)
} else {
  const { values } = parseArgs({
    args: process.argv.slice(2),
    options: {
      only: { type: 'string' },
      rows: { type: 'string', default: '100000' },
      records: { type: 'string', default: '20000' },
      csv: { type: 'boolean', default: false },
    },
  })
  if (values.only === undefined || values.only === 'import')
    await benchImport(Number(values.rows), values.csv)
  if (values.only === undefined || values.only === 'submit') await benchSubmit(Number(values.records))
}
