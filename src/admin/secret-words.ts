// Secrets that browsers and programs hold: random, and kept only as hashes.
import { createHash, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;
/** Programs that look for leaked secrets know a token by it. */
const TOKEN_PREFIX = 'cwt_';

export const drawSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');
export const drawToken = (): string => TOKEN_PREFIX + drawSecret();

/** 256 random bits need no salt and no slow hash. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
