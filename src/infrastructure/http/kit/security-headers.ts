/** What every answer tells browsers: that it is data, to be shown nowhere and read by nobody else. */

/** On every answer; a page names what it may load instead. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  // Browsers heed it only over TLS, which a proxy in front of the service adds.
  'strict-transport-security': 'max-age=31536000',
};

/** For a page of ours that loads its scripts, its styles and data from this service and nothing from anywhere else. */
export const ownPageOnly = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
