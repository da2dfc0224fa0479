/** What the fake Electron takes from the system: its key store, its dialogs, its folders. */

/** Keys wrapped for one user. */
export const safeStorage = {
  isAvailable: true,
  backend: 'gnome_libsecret',
  /** Stands for the user's secret in the system: another user has another. */
  secret: 0x5a,
  isEncryptionAvailable: () => safeStorage.isAvailable,
  getSelectedStorageBackend: () => safeStorage.backend,
  encryptString(text: string): Buffer {
    if (!safeStorage.isAvailable) throw new Error('Error while encrypting the text provided to safeStorage')
    const bytes = Buffer.from(`${text}\0ok`, 'utf8').map((byte) => byte ^ safeStorage.secret)
    return Buffer.concat([Buffer.from('v10'), bytes])
  },
  decryptString(wrapped: Buffer): string {
    const text = Buffer.from(wrapped.subarray(3).map((byte) => byte ^ safeStorage.secret)).toString('utf8')
    if (wrapped.subarray(0, 3).toString() !== 'v10' || !text.endsWith('\0ok')) {
      throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.')
    }
    return text.slice(0, -3)
  },
}

/** Dialogs that answer at once. */
export const dialog = {
  errors: [] as string[],
  filePaths: [] as string[],
  savePath: '',
  shown: [] as Readonly<Record<string, unknown>>[],
  showErrorBox(_title: string, text: string): void {
    dialog.errors.push(text)
  },
  showOpenDialog(_window: unknown, options: Readonly<Record<string, unknown>>) {
    dialog.shown.push(options)
    return Promise.resolve({ canceled: dialog.filePaths.length === 0, filePaths: dialog.filePaths })
  },
  /** The button that a question is answered with. */
  response: 0,
  showMessageBox(_window: unknown, options: Readonly<Record<string, unknown>>) {
    dialog.shown.push(options)
    return Promise.resolve({ response: dialog.response })
  },
  showSaveDialog(_window: unknown, options: Readonly<Record<string, unknown>>) {
    dialog.shown.push(options)
    return Promise.resolve({ canceled: dialog.savePath === '', filePath: dialog.savePath })
  },
}

/** What the system would show. */
export const shell = {
  shown: [] as string[],
  opened: [] as string[],
  showItemInFolder(path: string): void {
    shell.shown.push(path)
  },
  /** What the system says when it does not open something. */
  openProblem: '',
  openPath(path: string): Promise<string> {
    shell.opened.push(path)
    return Promise.resolve(shell.openProblem)
  },
  openExternal(): never {
    throw new Error('the client opens nothing outside')
  },
}
