import { existsSync } from 'node:fs'
import { join } from 'node:path'

const EXECUTABLES = {
  win32: 'electron.exe',
  darwin: 'Electron.app/Contents/MacOS/Electron',
  linux: 'electron',
}

/**
 * Path of an Electron runtime that is already on this machine, or null. Looks only; the `electron` package is never
 * loaded, because loading it without a runtime starts a download.
 */
export function findElectronRuntime({ projectDir, platform, env }) {
  const executable = EXECUTABLES[platform] ?? EXECUTABLES.linux
  const given = env['ELECTRON_OVERRIDE_DIST_PATH']
  const folders = [...(given ? [given] : []), join(projectDir, 'node_modules', 'electron', 'dist')]
  return folders.map((folder) => join(folder, executable)).find((file) => existsSync(file)) ?? null
}

/** Whether a window can be shown. */
export const hasDisplay = ({ platform, env }) =>
  platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
