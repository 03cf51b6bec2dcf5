// The head of the audit chain, signed with the key file and kept outside the database: a tail that is cut off shows.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { AppError, codeOf } from '../errors.ts';
import type { AuditHead } from './audit.ts';
import { unfinishedName } from './database-copy.ts';

export interface SignedHead extends AuditHead {
  readonly atMs: number;
  /** HMAC-SHA-256 in hexadecimal digits. */
  readonly signature: string;
}

const SIZE_MAX = 4_096;
/** The key file also keys the hashes of PINs: neither use says anything about the other. */
const PURPOSE = 'callwarden audit head';

/** Where the signed head of a database lies. */
export const auditHeadFile = (database: string) => `${database}.audit-head`;

const signatureOf = (key: Buffer, { seq, hash, atMs }: Omit<SignedHead, 'signature'>) =>
  createHmac('sha256', createHmac('sha256', key).update(PURPOSE).digest())
    .update(JSON.stringify([seq, hash, atMs]))
    .digest('hex');

export function signHead(key: Buffer, { seq, hash }: AuditHead, atMs: number): SignedHead {
  return { seq, hash, atMs, signature: signatureOf(key, { seq, hash, atMs }) };
}

export function isSignedWith(key: Buffer, signed: SignedHead): boolean {
  return timingSafeEqual(Buffer.from(signatureOf(key, signed)), Buffer.from(signed.signature));
}

/** Null where none was signed yet. Throws `AppError('invalid')` for a file that holds something else. */
export function readSignedHead(database: string): SignedHead | null {
  const file = auditHeadFile(database);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw new AppError('unauthorized', `The signed audit head ${file} cannot be read by this user.`, {
      cause: error,
    });
  }
  const signed = text.length <= SIZE_MAX ? parsed(text) : null;
  if (signed) return signed;
  throw new AppError(
    'invalid',
    `${file} holds no signed audit head: somebody altered it. Move it away after a look at \`callwarden audit\`; ` +
      'the daemon signs a new one.',
  );
}

function parsed(text: string): SignedHead | null {
  try {
    const fields: unknown = JSON.parse(text);
    const [seq, hash, atMs, signature] = ['seq', 'hash', 'atMs', 'signature'].map((name) =>
      typeof fields === 'object' && fields !== null ? Reflect.get(fields, name) : null,
    );
    const isHex = (value: unknown) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
    if (!Number.isSafeInteger(seq) || !Number.isSafeInteger(atMs) || !isHex(hash) || !isHex(signature)) {
      return null;
    }
    return { seq: Number(seq), hash: String(hash), atMs: Number(atMs), signature: String(signature) };
  } catch {
    return null;
  }
}

/** Whole or not at all, and on disk when it resolves. Rejects with errors of the file system. */
export async function writeSignedHead(database: string, signed: SignedHead): Promise<void> {
  const file = auditHeadFile(database);
  const unfinished = unfinishedName(file);
  await rm(unfinished, { force: true });
  const handle = await open(unfinished, 'wx', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(signed)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(unfinished, file);
}
