// argon2id as PINs and passwords are kept: its costs, its text form, and how many are worked on at once.
import { argon2, randomBytes, type Argon2Parameters } from 'node:crypto';
import { AppError } from '../errors.ts';

/** OWASP's minimum for argon2id: 19 MiB, two passes, one lane. */
const MEMORY_KIB = 19_456;
const PASSES = 2;
const LANES = 1;
const SALT_BYTES = 16;
const TAG_BYTES = 32;
const FORM =
  /^\$argon2id\$v=19\$m=(\d{1,6}),t=(\d{1,2}),p=(\d{1,2})((?:,\w+=[\w-]+)?)\$([\w+/]{22})\$([\w+/]{43})$/;

/** All but what is hashed. */
export interface Argon2idCosts extends Omit<Argon2Parameters, 'message' | 'secret' | 'nonce'> {
  readonly nonce: Buffer;
}

interface KeptHash {
  /** What stands behind the costs: `,keyid=…`; '' for nothing. */
  readonly extra: string;
  readonly tag: Buffer;
  readonly costs: Argon2idCosts;
}

/** With a salt of its own. */
export function newCosts(): Argon2idCosts {
  return costsWith(randomBytes(SALT_BYTES));
}

const costsWith = (nonce: Buffer): Argon2idCosts => ({
  nonce,
  parallelism: LANES,
  tagLength: TAG_BYTES,
  memory: MEMORY_KIB,
  passes: PASSES,
});

/** Takes some hundredths of a second of a thread of the pool. */
export function derive(parameters: Argon2Parameters): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, tag) => (error ? reject(error) : resolve(tag)));
  });
}

/** One PHC string. */
export function hashText(costs: Argon2idCosts, tag: Buffer, extra = ''): string {
  const told = `m=${MEMORY_KIB},t=${PASSES},p=${LANES}${extra}`;
  return `$argon2id$v=19$${told}$${base64(costs.nonce)}$${base64(tag)}`;
}

const base64 = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');

/** Only the costs that we write are accepted: a row that somebody edited must not make a check last for minutes. */
export function readHash(hash: string): KeptHash | null {
  const [, memory, passes, lanes, extra, salt, tag] = FORM.exec(hash) ?? [];
  if (extra === undefined || salt === undefined || tag === undefined) return null;
  if (Number(memory) !== MEMORY_KIB || Number(passes) !== PASSES || Number(lanes) !== LANES) return null;
  return { extra, tag: Buffer.from(tag, 'base64'), costs: costsWith(Buffer.from(salt, 'base64')) };
}

export interface Turns {
  readonly parallelMax: number;
  readonly waitingMax: number;
  /** Said to those for whom there is no room. */
  readonly busy: string;
}

/** Runs a few works at once, and lets a bounded number wait for their turn; others get `AppError('unavailable')`. */
export function takingTurns({
  parallelMax,
  waitingMax,
  busy,
}: Turns): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= parallelMax) {
      if (waiting.length >= waitingMax) throw new AppError('unavailable', busy);
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
