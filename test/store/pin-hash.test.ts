// How a PIN is kept: only the exact digits match (PIN-1), and without the key file nothing does (RS-12).
import { argon2Sync, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createPinHasher } from '../../src/store/pin-hash.ts';

const key = randomBytes(32);
const hasher = createPinHasher(key);
const DIGITS = '739104';

describe('a hash of a PIN', () => {
  it('matches the exact digits and nothing else', async () => {
    const hash = await hasher.hash(DIGITS);
    const wrong = [
      '739105',
      '73910',
      '7391040',
      '0739104',
      '739104#',
      '73#9104',
      '#739104',
      '739104*',
      '7391O4',
      '739104\n',
      ' 739104',
      '739104\0',
      '٧٣٩١٠٤',
      'A739104',
      '',
      DIGITS.repeat(12).slice(0, 64),
      DIGITS + '0'.repeat(500),
    ];
    const matched = await Promise.all(wrong.map((digits) => hasher.matches(hash, digits)));
    expect(matched).toEqual(wrong.map(() => false));
    expect(await hasher.matches(hash, DIGITS)).toBe(true);
  });

  it('is another one each time, and holds neither digits nor key', async () => {
    const [one, two] = await Promise.all([hasher.hash(DIGITS), hasher.hash(DIGITS)]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1,keyid=[\w-]{11}\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(one).not.toBe(two);
    expect(`${one}${two}`).not.toContain(DIGITS);
    expect(one).not.toContain(key.toString('base64url').slice(0, 11));
  });

  it('matches with its own key alone: who has the database and not the key file has nothing', async () => {
    const hash = await hasher.hash(DIGITS);
    expect(hasher.made(hash)).toBe(true);
    const keys = [Buffer.alloc(32), Buffer.alloc(0), ...Array.from({ length: 8 }, () => randomBytes(32))];
    const tries = keys.map(async (guess) => {
      const thief = createPinHasher(guess);
      return [thief.made(hash), await thief.matches(hash, DIGITS)];
    });
    expect(await Promise.all(tries)).toEqual(keys.map(() => [false, false]));
    // The thief's own tool, with the right digits and no secret at all.
    const [, , , , salt = '', tag = ''] = hash.split('$');
    const bare = argon2Sync('argon2id', {
      message: DIGITS,
      nonce: Buffer.from(salt, 'base64'),
      memory: 19_456,
      passes: 2,
      parallelism: 1,
      tagLength: 32,
    });
    expect(bare.toString('base64').replaceAll('=', '')).not.toBe(tag);
  });

  it('is refused where somebody changed its costs or its form', async () => {
    const hash = await hasher.hash(DIGITS);
    const forged = [
      '',
      DIGITS,
      hash.replace('m=19456', 'm=999999'),
      hash.replace('t=2', 't=99'),
      hash.replace('argon2id', 'argon2i'),
      hash.slice(0, -1),
      `${hash}A`,
    ];
    const answers = await Promise.all(forged.map((text) => hasher.matches(text, DIGITS)));
    expect(answers).toEqual(forged.map(() => false));
    expect(forged.filter((text) => hasher.made(text))).toEqual([]);
  });
});
