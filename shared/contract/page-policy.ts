/**
 * What a page of the client may load and do; the same text stands in `renderer/index.html`. Element Plus positions its
 * floating parts with inline styles, hence the one 'unsafe-inline'; no script is inline and nothing is evaluated.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'none'",
  "object-src 'none'",
].join('; ')
