import { join } from 'node:path'

/**
 * Where the desks of this user live. On Windows the local profile, never the roaming one: that is copied to a share at
 * log-off. The command line and the loopback host choose the same folder.
 */
export function baseFolder(options: {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly homeDir: string
}): string {
  const { platform, env, homeDir } = options
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homeDir, 'AppData', 'Local'), 'Xinbao')
  return join(env['XDG_DATA_HOME'] ?? join(homeDir, '.local', 'share'), 'xinbao')
}
