import { resolve } from 'node:path'
import { findElectronRuntime } from '@launch/electron-runtime.mjs'

/** Path of the Electron program, or null where no runtime is present. */
export const electronRuntime = (): string | null =>
  findElectronRuntime({
    projectDir: resolve(import.meta.dirname, '../..'),
    platform: process.platform,
    env: process.env,
  })
