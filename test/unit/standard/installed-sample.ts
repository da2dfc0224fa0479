import { loadInstalledStandard } from '@engine/standards/installed-standard'
import { resolve } from 'node:path'

/** The shipped standard with the older layouts that it can read. */
export const installed = loadInstalledStandard(resolve(import.meta.dirname, '../../../resources'))
