import { cliTexts, commandSummaries } from '@shared/texts/zh-CN/cli'
import { fill } from '@shared/texts/fill'
import { openWebDesk } from '@web/web-desk'
import type { Command } from '@cli/command'
import { EXIT } from '@cli/exit-code'
import { openInBrowser } from '@cli/open-in-browser'
import { untilStopped } from '@cli/until-stopped'

export const webCommand: Command = {
  name: 'web',
  usage: 'web [--port P] [--no-open]',
  summary: commandSummaries.web,
  options: { port: { type: 'string' }, 'no-open': { type: 'boolean' } },
  positionals: { min: 0, max: 0 },
  async run({ args, opening, host, announce }) {
    const desk = await openWebDesk({
      baseDir: opening.baseDir,
      paths: { resources: host.resourceDir, renderer: host.rendererDir },
      keys: host.keys,
      launchSheetChild: host.launchSheetChild,
      port: args.number('port', 0, 65_535) ?? 0,
      clock: opening.clock,
      checkPlatform: opening.checkPlatform,
      log: opening.log,
    })
    announce({ url: desk.url }, fill(cliTexts.webRunning, { url: desk.url }))
    if (!args.flag('no-open')) openInBrowser(desk.url)
    await untilStopped()
    await desk.close()
    return { json: null, text: '', exit: EXIT.done }
  },
}
