import type { Migration } from '@engine/repos/migration'
import { initial } from './0001-initial'
import { headlineField } from './0002-headline-field'

/** Every step of the schema in order. */
export const migrations: readonly Migration[] = [initial, headlineField]
