/** The desktop shell: its life in the order in which it happens. */
import { dirname, join } from 'node:path'
import type { BrowserWindow } from 'electron'
import {
  app,
  dialog,
  ipcMain,
  Menu,
  Notification,
  protocol,
  safeStorage,
  session,
  shell,
  utilityProcess,
} from 'electron'
import { defaultBaseFolder } from '@shared/contract/base-folder'
import { deskFolder } from '@shared/contract/desk-mode'
import { UPDATES_FOLDER } from '@shared/domain/update'
import { EVENT_CHANNEL } from '@shared/contract/bridge'
import { failure, FailureError, refuse } from '@shared/kernel/failure'
import { failureSentence } from '@shared/texts/zh-CN/failures'
import { hostTexts } from '@shared/texts/zh-CN/hosts'
import { runCommandProcess } from './command-process'
import { commandBaseFolder, commandWords } from './command-words'
import { createDeskSession } from './desk-session'
import { createEngineHost } from './engine-host'
import { createGuideWindow } from './guide-window'
import { openIpcGate } from './ipc-gate'
import { createNativeCalls } from './native-calls'
import { createNotifier } from './notifications'
import { PAGE_ORIGIN } from './page-address'
import { declarePageScheme, servePage } from './page-protocol'
import { createPageUpload } from './page-upload'
import { createPracticeHost } from './practice-host'
import { KeyRefusal, storeKeyOf, wrappedKeyOf } from './secrets'
import {
  denyConnectionPrompts,
  denyDownloads,
  denyForeignRequests,
  denyPermissions,
  ignoreDangerousSwitches,
  ignoreDeepLinks,
  secureEveryContents,
} from './security'
import { openShellLog, stackOf } from './shell-log'
import { createUpdateInstaller } from './updates'
import { openWindow, showWindow } from './window'

const built = import.meta.dirname
/** The command of the command line that the client was started with, or null: then it shows its window. */
const command = commandWords(process.argv, app.isPackaged)
const resourceDir = app.isPackaged ? join(process.resourcesPath, 'data') : join(built, '../../resources')
const icon = join(resourceDir, 'icons', 'xinbao.ico')
const rendererDir = join(built, '../renderer')
const developmentUrl = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
const pageOrigin = developmentUrl ?? PAGE_ORIGIN

const ownBaseDir = defaultBaseFolder({
  platform: process.platform,
  env: process.env,
  homeDir: app.getPath('home'),
})
/** Another base folder for rehearsals and tests: `--data=DIR`. For a command `--data` names a data folder. */
const baseDir =
  command === null
    ? app.commandLine.getSwitchValue('data') || ownBaseDir
    : commandBaseFolder(command, ownBaseDir)

/** A child gets the least environment that Windows lets a process start with: no secrets, no NODE_OPTIONS. */
const childEnvironment =
  process.env['SystemRoot'] === undefined ? {} : { SystemRoot: process.env['SystemRoot'] }

/** V8 sizes the young space by the memory of the machine, not by need: without this an import takes 100 MB more. */
const smallYoungSpace = '--max-semi-space-size=8'
const fork = (entry: string, execArgv: string[] = [], env: NodeJS.ProcessEnv = childEnvironment) =>
  utilityProcess.fork(join(built, `${entry}.js`), [], {
    serviceName: `xinbao-${entry}`,
    stdio: 'ignore',
    env,
    execArgv,
  })
const forkSheetChild = (memoryMb: number) =>
  fork('sheet-child', [`--max-old-space-size=${memoryMb}`, smallYoungSpace, '--disable-proto=throw'])

/** A command is asked of by the user's terminal: it finds the user's folders, and the key of a rehearsal. */
const commandVariables = ['SystemRoot', 'LOCALAPPDATA', 'USERPROFILE', 'TEMP', 'TMP', 'HOME', 'TMPDIR']
const commandEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    [...commandVariables, 'XDG_DATA_HOME', 'DISPLAY', 'WAYLAND_DISPLAY', 'XINBAO_KEY', 'XINBAO_VERBOSE']
      .filter((name) => process.env[name] !== undefined)
      .map((name) => [name, process.env[name]]),
  )

const sentenceOf = (error: unknown): string => {
  if (error instanceof KeyRefusal) return hostTexts.shell[error.reason]
  return failureSentence(error instanceof FailureError ? error.failure : failure('defect.unexpected'))
}

async function start(): Promise<void> {
  // 1. Before the app is ready: what can be set only now.
  ignoreDangerousSwitches(app.commandLine, app.isPackaged)
  declarePageScheme(protocol)
  app.enableSandbox()
  app.setPath('userData', join(baseDir, 'shell'))
  const logFolder = join(baseDir, 'logs')
  const log = openShellLog(logFolder)

  // 2. One instance: a second one only brings the first to the front; what it was called with is ignored.
  if (!app.requestSingleInstanceLock()) return app.quit()
  let window: BrowserWindow | null = null
  app.on('second-instance', () => window && showWindow(window))
  ignoreDeepLinks(app)
  denyConnectionPrompts(app)
  secureEveryContents(app, pageOrigin)
  await app.whenReady()

  // 3. The session of the page: it reaches its own files and nothing else.
  const pageSession = session.defaultSession
  denyPermissions(pageSession)
  denyForeignRequests(pageSession, pageOrigin)
  denyDownloads(pageSession)
  const upload = createPageUpload({
    folder: join(baseDir, 'shell-files'),
    registerFile: (file) => engine.registerFile(file),
    onDefect: (error) => log.error('page.upload', stackOf(error)),
  })
  await upload.clear()
  servePage(protocol, { renderer: rendererDir, guide: join(resourceDir, 'guide') }, upload.receive)

  // 4. Secrets and engine: nobody else touches data. The engine's events go to the page.
  const tellPage = (name: string, payload: unknown): void => {
    if (window !== null && !window.isDestroyed()) window.webContents.send(EVENT_CHANNEL, name, payload)
  }
  const notify = createNotifier({
    port: { isSupported: () => Notification.isSupported(), make: (content) => new Notification(content) },
    icon,
    onClick: () => window !== null && !window.isDestroyed() && showWindow(window),
  })
  const engine = createEngineHost({
    forkEngine: () => fork('engine', [smallYoungSpace, '--disable-proto=throw']),
    forkSheetChild,
    onEvent: (name, payload) => {
      tellPage(name, payload)
      notify(name, payload)
    },
    onGivenUp: () => dialog.showErrorBox(hostTexts.productName, hostTexts.shell.engineStopped),
    log,
  })
  const desk = createDeskSession({
    baseDir,
    resourceDir,
    appVersion: app.getVersion(),
    logFolder,
    engine,
    practice: createPracticeHost(() => fork('practice'), log),
    storeKeyOf: (dataDir) => storeKeyOf(dataDir, safeStorage),
    onSwitched: () => tellPage('engine.restarted', {}),
  })
  try {
    await desk.open()
  } catch (error) {
    log.error('shell.start-refused', stackOf(error))
    dialog.showErrorBox(hostTexts.shell.cannotStart, sentenceOf(error))
    await desk.close()
    return app.exit(1)
  }

  // 5. Ipc: the one door between page and program.
  openIpcGate({
    ipc: ipcMain,
    pageContentsId: () => (window === null || window.isDestroyed() ? null : window.webContents.id),
    pageOrigin,
    callEngine: (name, input) => engine.call(name, input),
    hostCalls: createNativeCalls({
      dialog,
      shell,
      window: () => window ?? refuse('engine.stopped'),
      session: desk,
      registerFile: (file) => engine.registerFile(file),
      callEngine: (name, input) => engine.call(name, input),
      documentsDir: app.getPath('documents'),
      scratchDir: join(app.getPath('temp'), 'xinbao-samples'),
      openGuide: createGuideWindow(icon, app.isPackaged),
      version: app.getVersion(),
      installUpdate: createUpdateInstaller({
        ...{ dialog, shell },
        window: () => window ?? refuse('engine.stopped'),
        callEngine: (name, input) => engine.call(name, input),
        folder: () => join(baseDir, deskFolder(desk.mode().mode), UPDATES_FOLDER),
        quit: () => app.quit(),
      }),
    }),
    log,
  })

  // 6. Window.
  if (app.isPackaged) Menu.setApplicationMenu(null)
  window = openWindow({
    preload: join(built, '../preload/index.cjs'),
    icon,
    pageUrl: `${pageOrigin}/`,
    isPackaged: app.isPackaged,
    onPageLost: (reason) => log.error('page.lost', null, { reason }),
  })

  // 7. Quit: the engine closes its files first.
  let isClosed = false
  app.on('window-all-closed', () => app.quit())
  app.on('before-quit', (event) => {
    if (isClosed) return
    event.preventDefault()
    void Promise.allSettled([desk.close(), upload.clear()]).then(() => {
      isClosed = true
      app.quit()
    })
  })
}

/** The command line of the installed client: no window, and beside an open one, whose store it finds in use. */
async function run(words: readonly string[]): Promise<void> {
  ignoreDangerousSwitches(app.commandLine, app.isPackaged)
  app.enableSandbox()
  // Where the key is that unwraps the desk's key.
  app.setPath('userData', join(baseDir, 'shell'))
  ignoreDeepLinks(app)
  await app.whenReady()
  const code = await runCommandProcess({
    words,
    resourceDir,
    fork: () => fork('command', ['--disable-proto=throw'], commandEnvironment()),
    forkSheetChild,
    keys: {
      read: (dataDir) => wrappedKeyOf(dataDir, safeStorage),
      // A folder elsewhere is a rehearsal's or a script's: its key lies in it, openly.
      make: (dataDir) => (dirname(dataDir) === ownBaseDir ? storeKeyOf(dataDir, safeStorage) : null),
    },
    write: (to, text) => void process[to].write(text),
    onInterrupt: (stop) => process.once('SIGINT', stop),
  })
  await new Promise((flushed) => process.stdout.write('', flushed))
  app.exit(code)
}

/** Ends when the window is open, when the shell has refused to start, or when the command has run. */
export const started = command === null ? start() : run(command)
