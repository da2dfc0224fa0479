import { spawn } from 'node:child_process'

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  win32: ['explorer.exe'],
  darwin: ['open'],
  linux: ['xdg-open'],
}

/** Opens an address in the user's browser where there is a display; silently does nothing otherwise. */
export function openInBrowser(url: string): void {
  const opener = OPENERS[process.platform]
  const hasDisplay =
    process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])
  if (!opener || !hasDisplay) return
  const [command, ...args] = opener
  const child = spawn(command, [...args, url], { detached: true, stdio: 'ignore' })
  // The address is printed as well, so a missing opener is no failure.
  child.on('error', () => undefined)
  child.unref()
}
