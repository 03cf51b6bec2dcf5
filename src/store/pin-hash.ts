// How a PIN is kept: argon2id with a random salt and the key file's bytes as its secret, in one PHC string.
import { argon2, createHash, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto';
import { AppError } from '../errors.ts';

/** OWASP's minimum for argon2id: 19 MiB, two passes, one lane. */
const MEMORY_KIB = 19_456;
const PASSES = 2;
const LANES = 1;
const SALT_BYTES = 16;
const TAG_BYTES = 32;
/** The thread pool has four threads, and files need some of them. */
const PARALLEL_MAX = 2;
/** Checks that wait for a thread, at most. */
const WAITING_MAX = 512;
/** Nothing longer is a PIN, and nothing longer is hashed. */
const MESSAGE_LENGTH_MAX = 64;

const FORM =
  /^\$argon2id\$v=19\$m=(\d{1,6}),t=(\d{1,2}),p=(\d{1,2}),keyid=([\w-]{11})\$([\w+/]{22})\$([\w+/]{43})$/;
const EXACT = /^\d{6,12}$/;

interface KeptPin {
  readonly keyId: string;
  readonly tag: Buffer;
  readonly parameters: Omit<Argon2Parameters, 'message' | 'secret'>;
}

/** Makes and checks hashes with one key. */
export interface PinHasher {
  /** Whether a hash was made with this key; with another one nothing ever matches. */
  made(hash: string): boolean;
  /** Rejects with `AppError('unavailable')` when too many wait. */
  hash(digits: string): Promise<string>;
  /**
   * Whether these are exactly the digits. Costs the same whatever they are, and whatever is wrong with them.
   * Rejects with `AppError('unavailable')` when too many wait.
   */
  matches(hash: string, digits: string): Promise<boolean>;
}

/** Whether this text has the form of a PIN: 6 to 12 digits. */
export const isPinForm = (digits: string): boolean => EXACT.test(digits);

export function createPinHasher(key: Uint8Array): PinHasher {
  const keyId = keyIdOfKey(key);
  const oneOfFew = fewAtOnce();
  const tagOf = (digits: string, parameters: KeptPin['parameters']) =>
    oneOfFew(() => derive({ ...parameters, message: digits.slice(0, MESSAGE_LENGTH_MAX), secret: key }));
  return {
    made: (hash) => parse(hash)?.keyId === keyId,
    hash: async (digits) => {
      const parameters = newParameters();
      const tag = await tagOf(digits, parameters);
      return format(keyId, parameters.nonce, tag);
    },
    matches: async (hash, digits) => {
      const kept = parse(hash);
      const tag = await tagOf(digits, kept?.parameters ?? newParameters());
      return kept !== null && timingSafeEqual(tag, kept.tag) && kept.keyId === keyId && isPinForm(digits);
    },
  };
}

function keyIdOfKey(key: Uint8Array): string {
  return createHash('sha256').update('callwarden key id\n').update(key).digest('base64url').slice(0, 11);
}

function newParameters() {
  const nonce = randomBytes(SALT_BYTES);
  return { nonce, parallelism: LANES, tagLength: TAG_BYTES, memory: MEMORY_KIB, passes: PASSES };
}

function derive(parameters: Argon2Parameters): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, tag) => (error ? reject(error) : resolve(tag)));
  });
}

const base64 = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');

function format(keyId: string, nonce: Buffer, tag: Buffer): string {
  const costs = `m=${MEMORY_KIB},t=${PASSES},p=${LANES}`;
  return `$argon2id$v=19$${costs},keyid=${keyId}$${base64(nonce)}$${base64(tag)}`;
}

/** Only the costs that we write are accepted: a row that somebody edited must not make a check last for minutes. */
function parse(hash: string): KeptPin | null {
  const [, memory, passes, lanes, keyId, salt, tag] = FORM.exec(hash) ?? [];
  if (keyId === undefined || salt === undefined || tag === undefined) return null;
  if (Number(memory) !== MEMORY_KIB || Number(passes) !== PASSES || Number(lanes) !== LANES) return null;
  const nonce = Buffer.from(salt, 'base64');
  return { keyId, tag: Buffer.from(tag, 'base64'), parameters: { ...newParameters(), nonce } };
}

/** Runs a few works at once, and lets a bounded number wait for their turn. */
function fewAtOnce(): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= PARALLEL_MAX) {
      if (waiting.length >= WAITING_MAX) {
        throw new AppError('unavailable', 'Too many PINs are being checked. Try again in a moment.');
      }
      await new Promise<void>((resolve) => void waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      // The place goes straight to the next one who waits, so that nobody slips in between.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
