// What every answer tells the browser: run and load nothing of others, and be shown in no page of others.

/**
 * No `Strict-Transport-Security`: it would hold for every port of the name, and beside us stands a PBX whose own pages may
 * have no TLS. `same-origin` rather than `no-referrer`, with which a browser would hide where a form comes from.
 */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; " +
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};
