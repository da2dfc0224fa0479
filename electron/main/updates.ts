/** Starts the installer of an update: after a person's yes, after the engine has proved it, and never while sending. */
import { join } from 'node:path'
import type { BrowserWindow, Dialog, Shell } from 'electron'
import type { CallOutput } from '@shared/contract/calls'
import { installerName } from '@shared/domain/update'
import { FailureError, refuse } from '@shared/kernel/failure'
import type { Result } from '@shared/kernel/result'
import { fill } from '@shared/texts/fill'
import { hostTexts } from '@shared/texts/zh-CN/hosts'

const words = hostTexts.update

/**
 * Asks whether to install what is ready; true when the installer was started and the client is about to quit. Refuses as
 * `updates.confirm`, and `update.not-started` when the system did not start it.
 */
export function createUpdateInstaller(options: {
  readonly dialog: Pick<Dialog, 'showMessageBox'>
  readonly shell: Pick<Shell, 'openPath'>
  readonly window: () => BrowserWindow
  readonly callEngine: (name: string, input: unknown) => Promise<Result<unknown>>
  /** Folder in which the engine puts installers ready. */
  readonly folder: () => string
  readonly quit: () => void
}): () => Promise<boolean> {
  async function ask<Name extends 'updates.ready' | 'updates.confirm'>(
    name: Name,
  ): Promise<CallOutput<Name>> {
    const answer = await options.callEngine(name, {})
    if (!answer.ok) throw new FailureError(answer.failure)
    return answer.value as CallOutput<Name>
  }

  return async () => {
    const ready = (await ask('updates.ready')) ?? refuse('update.none')
    const { version, own } = ready
    const { response } = await options.dialog.showMessageBox(options.window(), {
      type: 'question',
      title: hostTexts.productName,
      message: fill(words.question, { version, own }),
      detail: words.detail,
      buttons: [words.install, words.later],
      defaultId: 1,
      cancelId: 1,
      noLink: true,
    })
    if (response !== 0) return false
    // Asked last, so that nothing can have begun while the question stood there.
    const confirmed = await ask('updates.confirm')
    const path = join(options.folder(), installerName(confirmed.version))
    // The system's own way to start a program: it is what asks for the right to install.
    if ((await options.shell.openPath(path)) !== '') refuse('update.not-started')
    options.quit()
    return true
  }
}
