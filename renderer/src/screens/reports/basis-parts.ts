import type { MonthlyLine } from '@shared/contract/views/report-views'
import { fill } from '@shared/texts/fill'
import { texts } from '@renderer/texts/zh-CN'

const keys = ['classified', 'simpleProcedure', 'notPublic', 'withoutBasis'] as const

/** Why some were not reported, a few words per basis; what still has to go is the last and is marked. */
export function basisParts(
  line: Pick<MonthlyLine, (typeof keys)[number]>,
): readonly { readonly text: string; readonly isOpen: boolean }[] {
  return keys
    .filter((key) => line[key] > 0)
    .map((key) => ({
      text: fill(texts.reports.table.basis[key], { count: line[key] }),
      isOpen: key === 'withoutBasis',
    }))
}
