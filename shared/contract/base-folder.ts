/** What the place of the desks depends on; given by the host. */
export interface HostFolders {
  /** As Node names it, e.g. `win32`. */
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly homeDir: string
}

/**
 * Where the desks of this user live unless told otherwise; the client and the command line choose the same folder. On
 * Windows the local profile, never the roaming one: that is copied to a share at log-off.
 */
export function defaultBaseFolder({ platform, env, homeDir }: HostFolders): string {
  if (platform === 'win32') return `${env['LOCALAPPDATA'] ?? `${homeDir}\\AppData\\Local`}\\Xinbao`
  const root = env['XDG_DATA_HOME']?.replace(/\/+$/, '')
  // By its specification a relative one is to be ignored.
  return `${root?.startsWith('/') === true ? root : `${homeDir}/.local/share`}/xinbao`
}
