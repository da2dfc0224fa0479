import type { IssueView } from '@shared/contract/views/record-views'
import { texts } from '@renderer/texts/zh-CN'

/** Longer values are named by what taking them does. */
const LONGEST_SHOWN = 24

/** What the button of a fix says; `shown` is the proved value as a reader knows it. */
export const fixText = ({ fixNote }: Pick<IssueView, 'fixNote'>, shown: string): string =>
  fixNote !== undefined && [...shown].length > LONGEST_SHOWN ? fixNote : texts.form.issues.fix(shown)
