// Passwords for one lab.
import { randomBytes } from 'node:crypto';

/** A password that needs no quoting in Asterisk's files. */
export function drawSecret(): string {
  return randomBytes(12).toString('hex');
}
