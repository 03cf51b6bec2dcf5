// Guessing at passwords: few are looked at however many are sent, and the owner gets in all the same.
import { describe, expect, it } from 'vitest';
import { addAccount, type PasswordHasher } from '../../src/admin/accounts.ts';
import { resetPassword } from '../../src/admin/passwords.ts';
import { noTries, waitMs, withTry, accountLimit } from '../../src/admin/sign-in-limits.ts';
import { signIn, type SignInOutcome, type SignInWords } from '../../src/admin/sign-in.ts';
import { AppError } from '../../src/errors.ts';
import { createPasswordHasher } from '../../src/store/password-hash.ts';
import { openHere, tempContext } from '../store/temp-store.ts';

const DAY_MS = 86_400_000;
const SECRET = 'four unlikely words here';

/** Counts what is looked at. */
function counting(): PasswordHasher & { looked: number; isBusy: boolean } {
  const hasher = {
    looked: 0,
    isBusy: false,
    hash: (password: string) => Promise.resolve(`quick ${password}`),
    matches: (hash: string | null, password: string) => {
      if (hasher.isBusy) return Promise.reject(new AppError('unavailable', 'Too many sign in.'));
      hasher.looked += 1;
      return Promise.resolve(hash === `quick ${password}`);
    },
  };
  return hasher;
}

async function prepared() {
  const context = tempContext();
  const hasher = counting();
  await addAccount(context, 'maria', { roles: ['administrator'] }, { chosen: SECRET }, hasher, false);
  const ask = (words: Partial<SignInWords>, atMs = 0): Promise<SignInOutcome> =>
    signIn(
      { ...context, nowMs: context.nowMs + atMs },
      {
        name: 'maria',
        password: 'a wrong one',
        address: '192.0.2.7',
        network: '192.0.2.7',
        userAgent: '',
        browser: null,
        session: null,
        ...words,
      },
      hasher,
    );
  return { context, hasher, ask };
}

describe('guessing', () => {
  it.each([
    ['one address', () => '192.0.2.7'],
    ['500 addresses', (index: number) => `198.51.${index % 2}.${index % 250}`],
  ])('10,000 passwords in a day from %s get 100 looked at, and the owner gets in', async (_, addressOf) => {
    const { hasher, ask } = await prepared();
    const first = await ask({ password: SECRET });
    const browser = first.kind === 'signed-in' ? first.browser : '';
    hasher.looked = 0;
    for (let index = 0; index < 10_000; index += 1) {
      await ask({ network: addressOf(index) }, Math.floor((index * DAY_MS) / 10_001));
    }
    expect(hasher.looked).toBeGreaterThan(20);
    expect(hasher.looked).toBeLessThanOrEqual(100);
    expect(await ask({ password: SECRET, network: addressOf(7) }, DAY_MS - 1)).toMatchObject({
      kind: 'too-many',
    });
    expect(await ask({ password: SECRET, browser }, DAY_MS - 1)).toMatchObject({ kind: 'signed-in' });
  });

  it('from elsewhere leaves the owner his ways in: networks of the last month, and the machine itself', async () => {
    const { context, hasher, ask } = await prepared();
    await ask({ password: SECRET });
    const guess = (count: number, network: (index: number) => string, fromMs = 0) =>
      Promise.all(Array.from({ length: count }, (_, index) => ask({ network: network(index) }, fromMs)));
    await guess(400, (index) => `198.51.100.${index}`);
    expect(await ask({ password: SECRET, network: '203.0.113.9' })).toMatchObject({ kind: 'too-many' });
    expect(await ask({ password: SECRET })).toMatchObject({ kind: 'signed-in' });
    expect(await ask({ password: SECRET, network: '127.0.0.1' })).toMatchObject({ kind: 'signed-in' });
    hasher.looked = 0;
    await guess(400, () => '127.0.0.1');
    await ask({ name: '192.0.2.7 maria', network: '192.0.2.7' });
    expect(hasher.looked).toBe(6);
    expect(await ask({ password: SECRET })).toMatchObject({ kind: 'signed-in' });
    await resetPassword(context, 'maria', { chosen: `${SECRET} too` }, hasher);
    expect(await ask({ password: `${SECRET} too`, network: '127.0.0.1' })).toMatchObject({
      kind: 'signed-in',
    });
    const later = 31 * DAY_MS;
    await guess(400, (index) => `198.51.100.${index}`, later);
    expect(await ask({ password: `${SECRET} too` }, later)).toMatchObject({ kind: 'too-many' });
  });

  it('at one moment gets as few looked at as one after the other', async () => {
    const { hasher, ask } = await prepared();
    await Promise.all(Array.from({ length: 200 }, () => ask({})));
    expect(hasher.looked).toBe(5);
  });

  it('is not what somebody did whose password nobody had time to look at', async () => {
    const { hasher, ask } = await prepared();
    hasher.isBusy = true;
    for (let index = 0; index < 200; index += 1) {
      await expect(ask({ password: SECRET })).rejects.toMatchObject({ code: 'unavailable' });
    }
    hasher.isBusy = false;
    expect(await ask({ password: SECRET })).toMatchObject({ kind: 'signed-in' });
  });

  it('goes on where it was after a restart', async () => {
    const { context, hasher, ask } = await prepared();
    for (let index = 0; index < 5; index += 1) await ask({});
    const again = { ...context, store: openHere(context.store.path) };
    const words = { name: 'maria', password: SECRET, address: '', network: 'x', userAgent: '' };
    const outcome = await signIn(again, { ...words, browser: null, session: null }, hasher);
    expect(outcome).toEqual({ kind: 'too-many', waitMs: 1_000 });
  });

  it('of one address at many accounts is slowed down, also by who has an account of his own', async () => {
    const { context, hasher, ask } = await prepared();
    await addAccount(context, 'eve', { roles: ['users'] }, { chosen: SECRET }, hasher, false);
    hasher.looked = 0;
    for (let index = 0; index < 100; index += 1) {
      await ask({ name: `somebody-${index}` });
      await ask({ name: 'eve', password: SECRET });
    }
    expect(hasher.looked).toBeLessThan(70);
  });

  it('learns nothing of which names there are', async () => {
    const { ask } = await prepared();
    const told = async (name: string) => {
      const kinds: SignInOutcome[] = [];
      for (let index = 0; index < 7; index += 1) kinds.push(await ask({ name, network: name }));
      return kinds;
    };
    expect(await told('nobody')).toEqual(await told('maria'));
  });

  it('with a browser of another account, or a made-up one, is guessing', async () => {
    const { context, hasher, ask } = await prepared();
    await addAccount(context, 'eve', { roles: ['users'] }, { chosen: SECRET }, hasher, false);
    const own = await ask({ name: 'eve', password: SECRET });
    const browser = own.kind === 'signed-in' ? own.browser : '';
    for (let index = 0; index < 5; index += 1) await ask({ browser });
    expect(await ask({ browser })).toMatchObject({ kind: 'too-many' });
    expect(await ask({ browser: 'x'.repeat(43) })).toMatchObject({ kind: 'too-many' });
  });
});

it('one wrong password a day is no reason to wait', () => {
  let tries = noTries(0);
  for (let day = 0; day < 400; day += 1) tries = withTry(tries, day * DAY_MS);
  expect(waitMs(tries, accountLimit, 400 * DAY_MS - 1)).toBe(0);
});

it('a clock that goes back makes nobody wait for longer than was said', () => {
  let tries = noTries(DAY_MS);
  for (let count = 0; count < 40; count += 1) tries = withTry(tries, DAY_MS);
  expect(waitMs(tries, accountLimit, 0)).toBeLessThanOrEqual(20 * 60_000);
});

it('passwords are kept as argon2id and found right only where they are', async () => {
  const hasher = createPasswordHasher();
  const hash = await hasher.hash('contraseña única');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  expect(await hasher.matches(hash, 'contraseña única'.normalize('NFD'))).toBe(true);
  expect(await hasher.matches(hash, 'contrasena unica')).toBe(false);
  expect(await hasher.matches(null, 'contraseña única')).toBe(false);
  expect(await hasher.matches('no hash', 'contraseña única')).toBe(false);
});
