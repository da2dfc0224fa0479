import type { Handlers, HostCallName } from '@shared/contract/calls'
import { guideAddress } from '@shared/contract/guide-pages'
import { sampleWorkbook } from '@shared/contract/sample-workbook'
import { FailureError, refuse } from '@shared/kernel/failure'
import type { FileShelf } from './file-shelf'
import type { SwitchableDesk } from './switchable-desk'

/** The host's calls where the page is in a browser: it uploads, downloads and prints by itself. */
export function createHostCalls(options: {
  readonly desk: SwitchableDesk
  readonly shelf: FileShelf
  readonly version: string
}): Handlers<HostCallName> {
  const { desk, shelf } = options
  return {
    'host.info': () => {
      const { mode, liveReady } = desk.mode()
      return { kind: 'browser', mode, liveReady, version: options.version }
    },
    'host.chooseFiles': () => [],
    'host.chooseTarget': ({ name }) => shelf.newTarget(name),
    'host.deliver': async ({ target }) => {
      await shelf.deliver(target)
      return { downloadUrl: `/files/${target}` }
    },
    'host.sampleFile': async () => {
      const { token, name } = shelf.newTarget(sampleWorkbook.name)
      const written = await desk.call('sample.write', { target: token })
      if (!written.ok) throw new FailureError(written.failure)
      return shelf.offer(shelf.target(token).path, name)
    },
    'host.savePdf': () => ({ saved: false }),
    'host.print': () => ({ printed: false }),
    'host.switchMode': async ({ mode, bureau }) => ({ mode: (await desk.switchTo(mode, bureau)).mode }),
    'host.restore': async ({ id }) => {
      await desk.restore(id)
      return { restored: true }
    },
    'host.showFormer': () => ({ shown: false }),
    'host.installUpdate': () => refuse('update.not-here'),
    'host.openGuide': ({ section }) => ({ opened: false, url: guideAddress(section) }),
  }
}
