import type { CheckSpeed } from './check-speed'
import { printFigures } from './figure-table'
import { measure } from './measured-process'

/**
 * Checks licences in memory by every rule of the standard, beside Ajv over the exported JSON Schema, which says the
 * rules about single fields only. Both run in turn in one process.
 */
export async function benchCheck(records: number): Promise<void> {
  const { told } = await measure<CheckSpeed>('check', String(records))
  printFigures(`Check of ${records} licences: ${told.oursFaulty} with issues`, [
    { what: 'floor: Ajv, all errors, single-field rules only', wallMs: told.ajvMs },
    { what: 'all rules, all issues', wallMs: told.oursMs, beside: { 'Ajv, median of rounds': told.ratio } },
  ])
}
