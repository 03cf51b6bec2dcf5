// PINs over the API: digits are in one answer, once, and never in logs, audit or any other answer.
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors.ts';
import { noPinFailures } from '../../../src/barring/pin-lockout.ts';
import { readAudit } from '../../../src/store/audit.ts';
import { createPinHasher } from '../../../src/store/pin-hash.ts';
import { claimPin, notePinFailure } from '../../../src/store/pin-uses.ts';
import { apiHouse, withRights } from './house.ts';

const DIGITS = /^\d{6}$/;

function withKey() {
  const hasher = createPinHasher(randomBytes(32));
  return apiHouse({ pinHasher: () => hasher });
}

const ana = { name: 'Ana López', extensions: ['1001'] };

describe('PINs over the API', () => {
  it('are drawn and shown once', async () => {
    const { ask, context } = withKey();
    const made = await ask('post', '/pins', { body: { ...ana, maxUses: 3 } });
    expect(made.status).toBe(200);
    expect(made.headers.get('cache-control')).toBe('no-store');
    const { id, digits } = made.body;
    expect(digits).toMatch(DIGITS);
    const others = await Promise.all([
      ask('get', '/pins'),
      ask('get', `/pins/${id}`),
      ask('get', '/pin-locks'),
    ]);
    expect(others[0].body.rows).toEqual([
      {
        id,
        name: 'Ana López',
        state: 'active',
        enabled: true,
        extensions: ['1001'],
        groups: [],
        entry: null,
        person: '',
        fromMs: null,
        untilMs: null,
        maxUses: 3,
        madeMs: context.nowMs,
        uses: 0,
        lastUsedMs: null,
      },
    ]);
    const told = JSON.stringify([others.map(({ body }) => body), readAudit(context.store, { limit: 10 })]);
    expect(told).not.toContain(digits);
    expect(told).not.toContain('argon2');
  });

  it('may be chosen, and then no answer holds them, whatever is wrong with them', async () => {
    const { ask, context } = withKey();
    const good = await ask('post', '/pins', { body: { ...ana, secret: { chosen: '739104' } } });
    expect(good.body).toMatchObject({ digits: null });
    const weak = await ask('post', '/pins', { body: { ...ana, secret: { chosen: '123456' } } });
    expect(weak.status).toBe(400);
    const taken = await ask('post', '/pins', { body: { ...ana, secret: { chosen: '739104' } } });
    expect(taken.status).toBe(409);
    const short = await ask('post', '/pins', { body: { ...ana, secret: { draw: 5 } } });
    expect(short.status).toBe(400);
    const told = JSON.stringify([
      ...[good, weak, taken, short].map(({ body }) => body),
      readAudit(context.store, { limit: 10 }),
    ]);
    expect(told).not.toMatch(/739104|123456/);
  });

  it('are renewed, disabled and taken away by who has seen them as they are', async () => {
    const { ask, change, context } = withKey();
    const { id, digits } = (await ask('post', '/pins', { body: ana })).body;
    const path = `/pins/${id}`;
    const etag = (await ask('get', path)).headers.get('etag') ?? '';
    const renewed = await change('post', `${path}/renew`, { secret: { draw: 8 } }, path);
    expect(renewed.body.digits).toMatch(/^\d{8}$/);
    expect(renewed.body.digits).not.toContain(digits);
    expect((await change('patch', path, { enabled: false })).status).toBe(200);
    expect((await ask('patch', path, { body: { enabled: true }, ifMatch: etag })).status).toBe(412);
    expect((await ask('post', `${path}/renew`, { body: {}, ifMatch: etag })).status).toBe(412);
    expect((await ask('post', `${path}/renew`, { body: {} })).status).toBe(428);
    const past = await ask('post', `${path}/renew`, { body: { untilMs: 1 }, ifMatch: '*' });
    expect(past.body.detail).toContain('has passed already');
    expect((await change('delete', path)).status).toBe(200);
    expect((await ask('get', path)).status).toBe(404);
    const actions = readAudit(context.store, { limit: 10 }).map(({ action }) => action);
    expect(actions).toEqual(['pin-removed', 'pin-disabled', 'pin-renewed', 'pin-added']);
  });

  it('show their uses, and which of them are used up', async () => {
    const { ask, context } = withKey();
    const { id } = (await ask('post', '/pins', { body: { ...ana, maxUses: 1 } })).body;
    const caller = { who: '1001', steadyMs: context.nowMs, known: noPinFailures };
    claimPin(context.store, caller, id, context.nowMs);
    expect((await ask('get', `/pins/${id}`)).body).toMatchObject({ state: 'used-up', uses: 1 });
  });

  it('are listed by name, those of one extension, page by page', async () => {
    const { ask } = withKey();
    for (const name of ['Eva', 'ana', 'Luis']) {
      // oxlint-disable-next-line no-await-in-loop -- each is compared with those before
      await ask('post', '/pins', { body: { name, extensions: [name === 'Eva' ? '1002' : '1001'] } });
    }
    const namesOf = async (query: string) =>
      (await ask('get', `/pins?${query}`)).body.rows.map(({ name }: { name: string }) => name);
    expect(await namesOf('')).toEqual(['ana', 'Eva', 'Luis']);
    expect(await namesOf('extension=1001')).toEqual(['ana', 'Luis']);
    expect(await namesOf('search=EV')).toEqual(['Eva']);
    const { next } = (await ask('get', '/pins?limit=2')).body;
    expect(await namesOf(`limit=2&cursor=${encodeURIComponent(next)}`)).toEqual(['Luis']);
  });

  it('are told that nobody uses, and whose time runs out', async () => {
    const { ask, context } = withKey();
    const give = async (name: string, body: object) =>
      (await ask('post', '/pins', { body: { name, extensions: ['1001'], ...body } })).body.id;
    const untilMs = context.nowMs + 5 * 86_400_000;
    const used = await give('used', { untilMs });
    claimPin(context.store, { who: '1001', steadyMs: 0, known: noPinFailures }, used, context.nowMs);
    const idle = await give('idle', {});
    await give('later', { fromMs: context.nowMs + 86_400_000 });
    const off = await give('off', { untilMs });
    await ask('patch', `/pins/${off}`, { body: { enabled: false }, ifMatch: '*' });
    const namesOf = async (query: string) =>
      (await ask('get', `/pins?${query}`)).body.rows.map(({ name }: { name: string }) => name);
    const madeOf = async () => (await ask('get', `/pins/${idle}`)).body.madeMs;
    expect([await namesOf('unusedForDays=30'), await madeOf()]).toEqual([[], context.nowMs]);
    const made = context.store.db.prepare('UPDATE pins SET made_ms = ? WHERE id = ?');
    made.run(context.nowMs - 31 * 86_400_000, idle);
    expect(await namesOf('unusedForDays=30')).toEqual(['idle']);
    expect(await namesOf('unusedForDays=32')).toEqual([]);
    made.run(null, idle);
    expect([await namesOf('unusedForDays=30'), await madeOf()]).toEqual([['idle'], null]);
    await ask('post', `/pins/${idle}/renew`, { body: {}, ifMatch: '*' });
    expect([await namesOf('unusedForDays=30'), await madeOf()]).toEqual([[], context.nowMs]);
    expect(await namesOf('endsWithinDays=9')).toEqual(['used']);
    expect(await namesOf('endsWithinDays=3')).toEqual([]);
    expect((await ask('get', '/pins?unusedForDays=0')).status).toBe(400);
  });

  it('unlock callers who gave too many wrong ones', async () => {
    const { ask, context } = withKey();
    const caller = { who: '1001', steadyMs: context.nowMs, known: noPinFailures };
    for (let tries = 0; tries < 20; tries += 1) notePinFailure(context.store, caller);
    const { body } = await ask('get', '/pin-locks');
    expect(body.rows).toMatchObject([{ who: '1001' }]);
    const released = await ask('post', '/pin-locks/release', { body: { callers: ['1001'] } });
    expect(released.body.changes).toMatchObject([{ action: 'pins-unlocked' }]);
    expect((await ask('get', '/pin-locks')).body.rows).toEqual([]);
  });

  it('need the right over users, and a key file', async () => {
    const { ask } = withKey();
    const reader = withRights('policy.read', 'system.write');
    expect((await ask('get', '/pins', { as: reader })).status).toBe(200);
    expect((await ask('post', '/pins', { as: reader, body: ana })).status).toBe(403);
    const release = { as: reader, body: { callers: ['1001'] } };
    expect((await ask('post', '/pin-locks/release', release)).status).toBe(403);
    const keyless = apiHouse({
      pinHasher: () => {
        throw new AppError('unauthorized', 'The key file cannot be read.');
      },
    });
    expect((await keyless.ask('post', '/pins', { body: ana })).status).toBe(503);
  });
});
