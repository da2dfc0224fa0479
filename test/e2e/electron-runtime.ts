import { resolve } from 'node:path'
import { findElectronRuntime, hasDisplay } from '@launch/electron-runtime.mjs'

const { platform, env } = process

/** Path of the Electron program, or null where no runtime or no display is present. */
export const electronRuntime = (): string | null =>
  hasDisplay({ platform, env })
    ? findElectronRuntime({ projectDir: resolve(import.meta.dirname, '../..'), platform, env })
    : null
