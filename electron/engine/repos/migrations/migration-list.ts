import type { Migration } from '@engine/repos/migration'
import { initial } from './0001-initial'
import { headlineField } from './0002-headline-field'
import { documentSeries } from './0003-document-series'
import { passedThrough } from './0004-passed-through'
import { exchangeFollowUp } from './0005-exchange-follow-up'
import { publicity } from './0006-publicity'
import { transports } from './0007-transports'
import { attachments } from './0008-attachments'
import { earlierReferences } from './0009-earlier-references'
import { platformIssues } from './0010-platform-issues'
import { recordScale } from './0011-record-scale'
import { recordWaiting } from './0012-record-waiting'
import { notes } from './0013-notes'
import { publicityScale } from './0014-publicity-scale'

/** Every step of the schema in order. */
export const migrations: readonly Migration[] = [
  initial,
  headlineField,
  documentSeries,
  passedThrough,
  exchangeFollowUp,
  publicity,
  transports,
  attachments,
  earlierReferences,
  platformIssues,
  recordScale,
  recordWaiting,
  notes,
  publicityScale,
]
