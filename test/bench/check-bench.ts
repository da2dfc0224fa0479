import type { CheckTold } from './check-programs'
import { printFigures } from './figure-table'
import { measure } from './measured-process'

/** Checks licences in memory by every rule of the standard, beside Ajv over the rules about single fields. */
export async function benchCheck(records: number): Promise<void> {
  const own = (await measure<CheckTold>('check-own', String(records))).told
  const ajv = (await measure<CheckTold | null>('check-ajv', String(records))).told
  printFigures(`Check of ${records} licences: ${own.faulty} with issues`, [
    ...(ajv === null ? [] : [{ what: 'floor: Ajv, all errors, single-field rules only', ...ajv }]),
    {
      what: 'all rules, all issues',
      ...own,
      // Short rounds on a busy machine: processor time tells more.
      ...(ajv === null ? {} : { beside: { 'Ajv in processor time': own.cpuMs / ajv.cpuMs } }),
    },
  ])
}
