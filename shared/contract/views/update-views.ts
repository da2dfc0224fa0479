/** An update that has been proved and can be installed. */
export interface UpdateView {
  readonly version: string
  /** The version that is running. */
  readonly own: string
  readonly channel: string
  /** What has changed, plain text of the makers. */
  readonly notes: string
  /** Of the installer. */
  readonly bytes: number
  /** Of the installer, lower-case hex. */
  readonly sha256: string
}
