/** Why an address cannot be that of a platform. */
export type AddressProblem = 'malformed' | 'not-https' | 'wrong-path' | 'extra-parts'

export type AddressCheck =
  | { readonly ok: true; readonly url: string; readonly isLoopback: boolean }
  | { readonly ok: false; readonly problem: AddressProblem }

const PATH_END = /\/api\/v1$/

/** Whether a host name means this machine. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
}

/**
 * Checks and tidies the address of a platform: https (http only to this machine), path ending in `/api/v1`, no user
 * name, query or fragment. The given `url` has no trailing slash.
 */
export function checkPlatformAddress(text: string): AddressCheck {
  if (!URL.canParse(text)) return { ok: false, problem: 'malformed' }
  const url = new URL(text)
  const isLoopback = isLoopbackHost(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback)) {
    return { ok: false, problem: 'not-https' }
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    return { ok: false, problem: 'extra-parts' }
  }
  const path = url.pathname.replace(/\/$/, '')
  if (!PATH_END.test(path)) return { ok: false, problem: 'wrong-path' }
  return { ok: true, url: `${url.origin}${path}`, isLoopback }
}
