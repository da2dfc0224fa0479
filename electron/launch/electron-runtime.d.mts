/** Path of an Electron runtime that is already on this machine, or null. */
export function findElectronRuntime(options: {
  readonly projectDir: string
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
}): string | null
export function hasDisplay(options: {
  readonly platform: NodeJS.Platform
  readonly env: NodeJS.ProcessEnv
}): boolean
