/** The scheme under which the shell serves its page: rooted in one folder, unlike `file:`. */
export const PAGE_SCHEME = 'app'

/** Origin of the page in the installed client. */
export const PAGE_ORIGIN = `${PAGE_SCHEME}://xinbao`

/** Whether an address is our page: its origin exactly, without a user name, on the default port. */
export function isPageUrl(address: string, pageOrigin: string): boolean {
  let url: URL
  let own: URL
  try {
    url = new URL(address)
    own = new URL(pageOrigin)
  } catch {
    return false
  }
  // The origin of a scheme that URL does not know is "null", so its parts are compared.
  return url.protocol === own.protocol && url.host === own.host && url.username === '' && url.password === ''
}
