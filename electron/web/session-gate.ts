import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** How long an address with a token can be opened. */
export const TOKEN_LIFETIME_MS = 5 * 60_000

const COOKIE_VALUE = /^[A-Za-z0-9_-]{43}$/

const secret = (): string => randomBytes(32).toString('base64url')

const isSame = (given: string, wanted: string): boolean => {
  const [left, right] = [Buffer.from(given), Buffer.from(wanted)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** Lets one browser in: a token in the first address is exchanged, once, for a cookie that scripts cannot read. */
export interface SessionGate {
  /** A fresh token, good for one exchange within five minutes; earlier unused tokens stop working. */
  issueToken(): string
  /** The `Set-Cookie` value for a good token, else null. A good token is used up. */
  exchange(token: string): string | null
  /** Whether a request carries the cookie of this host's session. */
  holdsSession(request: IncomingMessage): boolean
}

/** The cookie's name holds the port: cookies are shared between ports of one host. `elapsedMs` only ever grows. */
export function createSessionGate(port: number, elapsedMs: () => number): SessionGate {
  const cookieName = `xinbao_${port}`
  const session = secret()
  let open: { readonly token: string; readonly untilMs: number } | null = null

  return {
    issueToken() {
      open = { token: secret(), untilMs: elapsedMs() + TOKEN_LIFETIME_MS }
      return open.token
    },
    exchange(token) {
      if (open === null || elapsedMs() > open.untilMs || !isSame(token, open.token)) return null
      open = null
      return `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`
    },
    holdsSession(request) {
      // Two cookies of the name mean that somebody else planted one.
      const values = (request.headers.cookie ?? '')
        .split(';')
        .map((pair) => pair.trim())
        .filter((pair) => pair.startsWith(`${cookieName}=`))
        .map((pair) => pair.slice(cookieName.length + 1))
      return values.length === 1 && COOKIE_VALUE.test(values[0]!) && isSame(values[0]!, session)
    },
  }
}
