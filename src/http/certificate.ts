// The certificate of the console and the API: read, looked at, and read again when its files change.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { AppError, codeOf } from '../errors.ts';

const FILE_BYTES_MAX = 256 * 1024;
const DAY_MS = 86_400_000;
/** Somebody is told so many days before it ends. */
const TOLD_DAYS = 7;

export interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
}

export interface Certificate {
  readonly cert: string;
  readonly key: string;
  readonly validToMs: number;
}

/**
 * Throws `AppError`: a file that cannot be read, holds nothing of the kind, or a key that belongs to another certificate.
 */
export function readCertificate(files: CertificateFiles): Certificate {
  const cert = textIn(files.certificate);
  const key = textIn(files.key);
  const first = made(files.certificate, 'certificate', () => new X509Certificate(cert));
  const secret = made(files.key, 'private key', () => createPrivateKey(key));
  if (!first.checkPrivateKey(secret)) {
    throw new AppError(
      'invalid',
      `The key in ${files.key} is not that of the certificate in ${files.certificate}.`,
    );
  }
  return { cert, key, validToMs: Date.parse(first.validTo) };
}

/** Differs as soon as one of the files does. */
export function versionOf({ certificate, key }: CertificateFiles): string {
  return [certificate, key].map(versionOfFile).join(' ');
}

function versionOfFile(file: string): string {
  try {
    const { ino, size, mtimeMs } = statSync(file);
    return `${ino} ${size} ${mtimeMs}`;
  } catch (error) {
    return codeOf(error);
  }
}

/** A sentence where it has ended or soon will; '' before. */
export function endOf({ certificate }: CertificateFiles, validToMs: number, nowMs: number): string {
  const days = Math.floor((validToMs - nowMs) / DAY_MS);
  if (days >= TOLD_DAYS) return '';
  const day = new Date(validToMs).toISOString().slice(0, '2026-11-22'.length);
  return validToMs <= nowMs
    ? `the certificate in ${certificate} ended on ${day}; put a new one in its place.`
    : `the certificate in ${certificate} ends on ${day}; put a new one in its place before.`;
}

function textIn(file: string): string {
  try {
    if (statSync(file).size > FILE_BYTES_MAX)
      throw new AppError('invalid', `${file} is too large for a certificate.`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      'unauthorized',
      `${file} cannot be read (${codeOf(error)}); set [web] certificate and key to files that the daemon's user may read.`,
      { cause: error },
    );
  }
}

function made<T>(file: string, what: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new AppError('invalid', `${file} holds no ${what} in the PEM form.`, { cause: error });
  }
}
