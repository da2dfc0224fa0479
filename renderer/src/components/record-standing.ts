import type { RecordRow } from '@shared/contract/views/record-views'
import { codePointLength } from '@shared/kernel/text'
import { texts } from '@renderer/texts/zh-CN'
import { shortLabel } from './field-label'
import type { Tone } from './tone'

/** Where a record stands, in one tag. */
export interface Standing {
  readonly tone: Tone
  readonly text: string
}

type StandingRow = Pick<
  RecordRow,
  'editorial' | 'delivery' | 'quality' | 'held' | 'excluded' | 'headline' | 'headlineCode'
>

const words = texts.states

/** The platform's own error number of an issue code, e.g. `1001`; empty for checks of the desk. */
export const platformNumber = (code: string | null): string =>
  code !== null && code.startsWith('platform.') ? code.slice('platform.'.length) : ''

/** What the column of the grid holds at 1366 pixels. */
const TAG_LIMIT = 8

/** A sentence that begins with a quoted label, for a cell: without the quotes, the label as columns have it. */
const forCell = (sentence: string): string =>
  sentence.replace(/^“([^”]+)”/u, (_, label: string) => shortLabel(label))

/** The first clause of a sentence when it is short enough for a tag, else the general word. */
function tagOf(headline: string | null): string {
  const clause =
    forCell(headline ?? '')
      .split(/[，。；：]/u)[0]
      ?.replace(/[“”]/gu, '') ?? ''
  return clause !== '' && codePointLength(clause) <= TAG_LIMIT ? clause : words.blocked
}

/** What the first issue says, unless the tag already says it. */
export function besideTag(row: StandingRow): string {
  if (row.held !== null) return row.held.reason
  if (row.excluded !== null || row.headline === null) return ''
  const isSaid = row.quality === 'blocked' && standingOf(row).text === tagOf(row.headline)
  return isSaid && tagOf(row.headline) !== words.blocked ? '' : forCell(row.headline)
}

function ofDelivery(row: StandingRow): Standing | null {
  switch (row.delivery) {
    case 'rejected':
    case 'revoked': {
      const number = platformNumber(row.headlineCode)
      return { tone: 'late', text: number === '' ? words.delivery[row.delivery] : words.rejected(number) }
    }
    case 'accepted':
    case 'warned':
      return { tone: 'good', text: words.delivery[row.delivery] }
    case 'duplicate':
    case 'unknown':
    case 'quarantined':
      return { tone: 'soon', text: words.delivery[row.delivery] }
    case 'sealed':
    case 'sending':
    case 'processing':
      return { tone: 'info', text: words.delivery[row.delivery] }
    case 'none':
      return null
  }
}

/**
 * Sums the axes of a record up in one tag: first what keeps it from being sent on purpose, then the verdict of the
 * platform, then what is wrong, then review.
 */
export function standingOf(row: StandingRow): Standing {
  if (row.editorial === 'discarded') return { tone: 'plain', text: words.discarded }
  if (row.excluded !== null) return { tone: 'plain', text: words.excluded }
  if (row.held !== null) return { tone: 'plain', text: words.held }
  const delivered = ofDelivery(row)
  if (delivered !== null) return delivered
  if (row.quality === 'blocked') return { tone: 'late', text: tagOf(row.headline) }
  if (row.quality === 'warned') return { tone: 'soon', text: words.confirm }
  if (row.editorial === 'in_review') return { tone: 'info', text: words.inReview }
  if (row.editorial === 'returned') return { tone: 'soon', text: words.returned }
  return { tone: 'good', text: words.ready }
}
