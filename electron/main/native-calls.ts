import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { BrowserWindow, Dialog, Shell } from 'electron'
import type { CallOutput, Handlers, HostCallName } from '@shared/contract/calls'
import type { RegisteredFile } from '@shared/contract/engine-messages'
import type { GuideSection } from '@shared/contract/guide-pages'
import { sampleWorkbook } from '@shared/contract/sample-workbook'
import { attachmentEndings } from '@shared/domain/attachment'
import { FailureError, refuse } from '@shared/kernel/failure'
import { plainFileName } from '@shared/kernel/file-name'
import type { Result } from '@shared/kernel/result'
import { hostTexts } from '@shared/texts/zh-CN/hosts'
import type { DeskSession } from './desk-session'

const newToken = (): string => randomBytes(24).toString('base64url')

const { dialogs } = hostTexts
/** What the user may be asked for, and the files that are shown then. */
const chosenFiles = {
  tables: {
    title: dialogs.chooseFiles,
    kind: dialogs.workbooks,
    extensions: ['xlsx', 'csv', 'xls', 'et', 'ods'],
  },
  standard: { title: dialogs.chooseStandard, kind: dialogs.standards, extensions: ['json'] },
  attachments: {
    title: dialogs.chooseAttachments,
    kind: dialogs.documents,
    extensions: Object.values(attachmentEndings).flat(),
  },
  answer: { title: dialogs.chooseAnswer, kind: dialogs.answers, extensions: ['zip'] },
  backup: { title: dialogs.chooseBackup, kind: dialogs.backups, extensions: ['xinbao'] },
  update: {
    title: dialogs.chooseUpdate,
    kind: dialogs.updates,
    extensions: ['xbupdate'],
  },
} as const

/** The calls that only the shell can answer: dialogs, folders, printing, the choice of desk. */
export function createNativeCalls(options: {
  readonly dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>
  readonly shell: Pick<Shell, 'showItemInFolder'>
  /** The window; refuses when it is gone. */
  readonly window: () => BrowserWindow
  readonly session: Pick<DeskSession, 'mode' | 'switchTo' | 'restore'>
  /** Announces a chosen file to the engine. */
  readonly registerFile: (file: RegisteredFile) => void
  /** Shows a part of the user guide in a window of its own. */
  readonly openGuide: (section: GuideSection) => void
  readonly callEngine: (name: string, input: unknown) => Promise<Result<unknown>>
  readonly documentsDir: string
  /** Folder for the sample workbook; holds invented data only. */
  readonly scratchDir: string
  readonly version: string
  /** Asks and installs; false when the clerk did not want to. */
  readonly installUpdate: () => Promise<boolean>
}): Handlers<HostCallName> {
  const { dialog, shell, session } = options
  const targets = new Map<string, string>()

  /** The page gets a token and a name; the path goes to the engine alone. */
  function announceSource(path: string, name: string): { token: string; name: string; bytes: number } {
    const found = statSync(path, { throwIfNoEntry: false }) ?? refuse('input.missing-file', { file: name })
    const token = newToken()
    options.registerFile({ role: 'source', token, path, name })
    return { token, name, bytes: found.size }
  }

  return {
    'host.info': () => {
      const { mode, liveReady } = session.mode()
      return { kind: 'electron', mode, liveReady, version: options.version }
    },
    'host.chooseFiles': async ({ purpose = 'tables' }) => {
      const { title, kind, extensions } = chosenFiles[purpose]
      const chosen = await dialog.showOpenDialog(options.window(), {
        title,
        properties: ['openFile', 'multiSelections', 'dontAddToRecent'],
        filters: [
          { name: kind, extensions: [...extensions] },
          { name: hostTexts.dialogs.anyFile, extensions: ['*'] },
        ],
      })
      return chosen.canceled ? [] : chosen.filePaths.map((path) => announceSource(path, basename(path)))
    },
    'host.chooseTarget': async ({ name }) => {
      const chosen = await dialog.showSaveDialog(options.window(), {
        title: hostTexts.dialogs.chooseTarget,
        defaultPath: join(options.documentsDir, plainFileName(name)),
        properties: ['showOverwriteConfirmation', 'dontAddToRecent'],
      })
      if (chosen.canceled || chosen.filePath === '') return null
      const token = newToken()
      const target = {
        role: 'target',
        token,
        path: chosen.filePath,
        name: basename(chosen.filePath),
      } as const
      targets.set(token, target.path)
      options.registerFile(target)
      return { token, name: target.name }
    },
    'host.deliver': ({ target }) => {
      const path = targets.get(target)
      if (path === undefined || !existsSync(path))
        refuse('output.not-writable', { file: basename(path ?? '') })
      shell.showItemInFolder(path)
      return { downloadUrl: null }
    },
    'host.sampleFile': async () => {
      mkdirSync(options.scratchDir, { recursive: true })
      const token = newToken()
      const path = join(options.scratchDir, `${token}.xlsx`)
      options.registerFile({ role: 'target', token, path, name: sampleWorkbook.name })
      const written = await options.callEngine('sample.write', { target: token })
      if (!written.ok) throw new FailureError(written.failure)
      return announceSource(path, sampleWorkbook.name)
    },
    'host.print': () =>
      new Promise((resolve) => {
        options.window().webContents.print({ printBackground: true }, (printed) => resolve({ printed }))
      }),
    'host.savePdf': async ({ target }) => {
      const path = targets.get(target) ?? refuse('output.not-writable', { file: '' })
      const bytes = await options
        .window()
        .webContents.printToPDF({ pageSize: 'A4', printBackground: true, preferCSSPageSize: true })
      try {
        await writeFile(path, bytes)
      } catch {
        refuse('output.not-writable', { file: basename(path) })
      }
      return { saved: true }
    },
    'host.switchMode': async ({ mode, bureau }) => ({ mode: (await session.switchTo(mode, bureau)).mode }),
    'host.restore': async ({ id }) => {
      await session.restore(id)
      return { restored: true }
    },
    'host.showFormer': async ({ name }) => {
      const known = await options.callEngine('restore.former', {})
      if (!known.ok) throw new FailureError(known.failure)
      const found = (known.value as CallOutput<'restore.former'>).find((former) => former.name === name)
      if (found !== undefined) shell.showItemInFolder(join(found.path, 'store.db'))
      return { shown: found !== undefined }
    },
    'host.installUpdate': async () => ({ started: await options.installUpdate() }),
    'host.openGuide': ({ section }) => {
      options.openGuide(section)
      return { opened: true, url: null }
    },
  }
}
