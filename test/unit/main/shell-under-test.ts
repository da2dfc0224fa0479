import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Bridge } from '@shared/contract/bridge'
import type { ToPractice } from '@shared/contract/practice-messages'
import { createEngineProgram } from './engine-program'
import type { EngineProgram } from './engine-program'
import { freshElectron } from './fake-contents'

/** Where the practice platform of a shell under test says that it listens. */
export const practiceAddress = {
  url: 'http://127.0.0.1:1/api/v1',
  origin: 'http://127.0.0.1:1',
  clientId: 'desk-01',
  platformPublicKey: `04${'0'.repeat(128)}`,
}

/** The desktop shell over a fake Electron, with an engine and a practice platform that a test can watch. */
export interface ShellUnderTest {
  readonly electron: Awaited<ReturnType<typeof freshElectron>>
  readonly engines: EngineProgram
  readonly baseDir: string
  /** What the shell told its practice platforms. */
  readonly practiceCommands: ToPractice[]
  /** Runs the shell's entry and the preload script, as Electron would; gives the page's bridge. */
  start(): Promise<Bridge>
}

/** A shell in a folder of its own that has not been started. */
export async function newShell(): Promise<ShellUnderTest> {
  const electron = await freshElectron()
  const engines = createEngineProgram()
  const practiceCommands: ToPractice[] = []
  const baseDir = join(electron.app.folder, 'base')
  electron.app.commandLine.appendSwitch('data', baseDir)
  electron.fake.programs = {
    'engine.js': engines.program,
    'practice.js': (port) => {
      port.on('message', ({ data }: { data: ToPractice }) => {
        practiceCommands.push(data)
        port.postMessage(
          data.type === 'start' ? { type: 'started', ...practiceAddress } : { type: 'stopped' },
        )
      })
    },
  }
  onTestFinished(() => rmSync(electron.app.folder, { recursive: true, force: true }))
  return {
    electron,
    engines,
    baseDir,
    practiceCommands,
    async start() {
      const { started } = await import('@main/index')
      await started
      await import('../../../electron/preload/index')
      return electron.contextBridge.exposed.get('bridge') as Bridge
    },
  }
}
