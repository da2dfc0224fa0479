/** A utility process as the shell uses it; Electron's `UtilityProcess` is one. */
export interface ShellProcess {
  postMessage(message: unknown): void
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'exit', listener: (code: number) => void): unknown
  kill(): boolean
}
