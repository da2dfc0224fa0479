import { resolve } from 'node:path'
import { refuse } from '@shared/kernel/failure'
import { indicatorIds } from '@shared/contract/views/report-views'
import type { MonthReport, RateView } from '@shared/contract/views/report-views'
import { fill } from '@shared/texts/fill'
import { commandSummaries, usageTexts } from '@shared/texts/zh-CN/cli'
import { reportCliTexts, reportGroupTexts } from '@shared/texts/zh-CN/reports'
import { basisText } from '@engine/sheets/report-workbook-writer'
import type { Command } from '@cli/command'
import { callEngine } from '@cli/call-engine'
import { EXIT } from '@cli/exit-code'
import { withDesk } from '@cli/with-desk'

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

const rateText = ({ rate }: RateView): string => (rate === null ? '' : `${(rate * 100).toFixed(1)}%`)

/** The public JSON of a monthly table. */
const reportJson = (report: MonthReport) => ({
  month: report.month,
  bureauCode: report.bureauCode,
  bureauName: report.bureauName,
  dueOn: report.dueOn,
  running: report.isRunning,
  lines: report.lines,
  total: report.total,
  nil: report.nil,
  indicators: report.indicators,
})

function reportText(report: MonthReport): string {
  const { lines, total, indicators, nil } = report
  const rates = Object.fromEntries(indicatorIds.map((id) => [id, rateText(indicators[id])]))
  return [
    fill(reportCliTexts.head, { bureau: report.bureauName, month: report.month, ...total }),
    ...lines.map((line) => fill(reportCliTexts.line, { ...line, basis: basisText(line) })),
    fill(reportCliTexts.rates, rates),
    ...(nil.length === 0
      ? []
      : [fill(reportCliTexts.nil, { groups: nil.map((group) => reportGroupTexts[group]).join('、') })]),
  ].join('\n')
}

export const reportCommand: Command = {
  name: 'report',
  usage: 'report monthly YYYY-MM [OUT.xlsx]',
  summary: commandSummaries.report,
  options: {},
  positionals: { min: 2, max: 3 },
  async run({ args, opening }) {
    const [kind = '', month = '', target] = args.positionals
    if (kind !== 'monthly' || !MONTH.test(month)) refuse('usage.invalid', { detail: usageTexts.report })
    return withDesk(opening, async (engine) => {
      const report = await callEngine(engine, 'reports.month', { month })
      const path = target === undefined ? null : resolve(target)
      if (path !== null) await callEngine(engine, 'reports.workbook', { month, target: path })
      return {
        json: reportJson(report),
        text: [reportText(report), ...(path === null ? [] : [fill(reportCliTexts.written, { path })])].join(
          '\n',
        ),
        exit: EXIT.done,
      }
    })
  },
}
