import { isLoopbackHost } from './platform-address'
import type { AddressCheck } from './platform-address'

/**
 * Checks and tidies the address of a service under any path: https; http to this machine, or where the settings say
 * that the network is closed. No user name, query or fragment; the given `url` has no trailing slash.
 */
export function checkServiceAddress(text: string, allowsPlain: boolean): AddressCheck {
  if (!URL.canParse(text)) return { ok: false, problem: 'malformed' }
  const url = new URL(text)
  const isLoopback = isLoopbackHost(url.hostname)
  const isPlain = url.protocol === 'http:'
  if (url.protocol !== 'https:' && !(isPlain && (isLoopback || allowsPlain)))
    return { ok: false, problem: 'not-https' }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    return { ok: false, problem: 'extra-parts' }
  }
  return { ok: true, url: `${url.origin}${url.pathname.replace(/\/$/, '')}`, isLoopback }
}
