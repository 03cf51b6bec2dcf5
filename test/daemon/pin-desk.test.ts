// The PIN desk on a real database, with clocks of the test's own: who is right, who is locked, and for how long.
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { setPinsEnabled, unlockPins } from '../../src/admin/pins.ts';
import { AppError } from '../../src/errors.ts';
import { createPinHasher, type PinHasher } from '../../src/store/pin-hash.ts';
import { readPinUses } from '../../src/store/pin-uses.ts';
import { readNotices } from '../../src/store/notices.ts';
import { ANA, ask, BO, fail, give, hasher, MINUTE, open, quickHasher, WRONG } from '../pin-counter.ts';

const slowly = createPinHasher(randomBytes(32));

describe('the PIN desk', () => {
  it('takes the exact digits of a PIN that counts, and no other’s (PIN-1)', async () => {
    const counter = open({ hasher: () => slowly });
    const { context, desk } = counter;
    const ana = await give(context, ANA, {}, slowly);
    const bo = await give(context, BO, { extensions: ['1002'] }, slowly);
    expect(await ask(desk, counter, [ana], ANA)).toEqual({ kind: 'right', id: ana });
    expect(await ask(desk, counter, [bo, ana], ANA)).toEqual({ kind: 'right', id: ana });
    expect(await ask(desk, counter, [bo], ANA, 'a')).toEqual({ kind: 'wrong', lockedUntilMs: null });
    for (const digits of ['', `${ANA}0`, `${ANA}#`, ANA.repeat(11).slice(0, 64), ANA.slice(1)]) {
      expect(await ask(desk, counter, [ana], digits, `who ${digits}`), digits).toMatchObject({
        kind: 'wrong',
      });
    }
    expect(readPinUses(context.store).get(ana)).toEqual({ uses: 2, lastUsedMs: counter.clocks.wallMs });
  });

  it('locks after five wrong ones in a row, ever longer, and tells it each time (PIN-2)', async () => {
    const counter = open();
    const { clocks, context, desk, locked } = counter;
    const ana = await give(context, ANA);
    await fail(desk, counter, [ana], 4);
    expect(desk.lockedUntilMs('1001', clocks.wallMs)).toBeNull();
    const fifth = await ask(desk, counter, [ana], WRONG);
    expect(fifth).toEqual({ kind: 'wrong', lockedUntilMs: clocks.wallMs + MINUTE });
    expect(await ask(desk, counter, [ana], ANA)).toEqual({ kind: 'locked', untilMs: clocks.wallMs + MINUTE });
    expect(await ask(desk, counter, [ana], ANA, '1002')).toMatchObject({ kind: 'right' });
    clocks.pass(MINUTE);
    await fail(desk, counter, [ana], 1);
    clocks.pass(2 * MINUTE - 1);
    expect(await ask(desk, counter, [ana], ANA)).toMatchObject({ kind: 'locked' });
    clocks.pass(1);
    expect(await ask(desk, counter, [ana], ANA)).toMatchObject({ kind: 'right' });
    await fail(desk, counter, [ana], 4);
    expect(desk.lockedUntilMs('1001', clocks.wallMs)).toBeNull();
    expect(locked).toEqual(['1001 5 1', '1001 6 2']);
    const notices = readNotices(context.store, { kind: 'pin-locked', limit: 10 });
    expect(notices.map(({ extension, text }) => [extension, text])).toEqual([
      ['1001', '6 wrong PINs in a row at 1001: PINs are refused there for 2 min.'],
      ['1001', '5 wrong PINs in a row at 1001: PINs are refused there for 1 min.'],
    ]);
  });

  it('keeps a lock over a restart, a clock that is set back, and a database from a backup', async () => {
    const counter = open();
    const { clocks, context, desk } = counter;
    const ana = await give(context, ANA);
    await fail(desk, counter, [ana], 5);
    clocks.wallMs -= 60 * MINUTE;
    expect(desk.lockedUntilMs('1001', clocks.wallMs)).toBe(clocks.wallMs + MINUTE);
    const second = counter.restart();
    expect(await ask(second, counter, [ana], ANA)).toEqual({
      kind: 'locked',
      untilMs: clocks.wallMs + MINUTE,
    });
    // Set forward or back, the time that is left stays the same.
    clocks.pass(MINUTE / 2);
    clocks.wallMs += 24 * 60 * MINUTE;
    expect(second.lockedUntilMs('1001', clocks.wallMs)).toBe(clocks.wallMs + MINUTE / 2);
    context.store.db.exec('DELETE FROM pin_failures');
    expect(await ask(second, counter, [ana], ANA)).toMatchObject({ kind: 'locked' });
    clocks.pass(MINUTE / 2);
    await fail(second, counter, [ana], 1);
    expect(second.lockedUntilMs('1001', clocks.wallMs)).toBe(clocks.wallMs + 2 * MINUTE);
  });

  it('knows at the start who is locked, and at once whom an administrator has unlocked', async () => {
    const counter = open();
    const { clocks, context, desk } = counter;
    const ana = await give(context, ANA);
    await fail(desk, counter, [ana], 5);
    const second = counter.restart();
    expect(second.lockedUntilMs('1001', clocks.wallMs)).toBeNull();
    await second.refresh();
    expect(second.lockedUntilMs('1001', clocks.wallMs)).toBe(clocks.wallMs + MINUTE);
    expect(unlockPins({ ...context, nowMs: clocks.wallMs }, ['1001', '1009']).changes).toMatchObject([
      { action: 'pins-unlocked', before: 5, after: 0 },
    ]);
    await second.refresh();
    expect(second.lockedUntilMs('1001', clocks.wallMs)).toBeNull();
    expect(await ask(desk, counter, [ana], ANA)).toEqual({ kind: 'right', id: ana });
    expect(unlockPins(context, ['1001']).changes).toEqual([]);
  });

  it('counts a hang-up as a wrong PIN (PIN-3)', async () => {
    const counter = open();
    const { clocks, context, desk } = counter;
    const ana = await give(context, ANA);
    for (let n = 0; n < 5; n += 1) desk.abandoned('1001', clocks.wallMs);
    expect(await ask(desk, counter, [ana], ANA)).toMatchObject({ kind: 'locked' });
  });

  it('tries every PIN that counts, whatever was entered (PIN-4)', async () => {
    const tried: string[] = [];
    const counting: PinHasher = {
      ...hasher,
      matches: (hash, digits) => {
        tried.push(digits);
        return hasher.matches(hash, digits);
      },
    };
    const counter = open({ hasher: () => counting });
    const { context, desk } = counter;
    const pins = [await give(context, ANA), await give(context, BO), await give(context, '915362')];
    for (const digits of [ANA, '915362', WRONG, '', '#'.repeat(64)]) {
      tried.length = 0;
      await ask(desk, counter, pins, digits, `who ${digits}`);
      expect(tried).toEqual([digits, digits, digits]);
    }
  });

  it('gives a one-time PIN to one of two calls at once, and counts five guesses at once as five', async () => {
    const counter = open();
    const { context, desk } = counter;
    const once = await give(context, ANA, { maxUses: 1 });
    const both = await Promise.all([
      ask(desk, counter, [once], ANA),
      ask(desk, counter, [once], ANA, '1002'),
    ]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(['right', 'wrong']);
    expect(readPinUses(context.store).get(once)?.uses).toBe(1);

    const bo = await give(context, BO, { extensions: ['1003'] });
    const guesses = [...Array.from({ length: 9 }, () => WRONG), BO];
    const told = await Promise.all(guesses.map((digits) => ask(desk, counter, [bo], digits, '1003')));
    expect(told.filter(({ kind }) => kind === 'right')).toEqual([]);
    expect(desk.lockedUntilMs('1003', counter.clocks.wallMs)).toBe(counter.clocks.wallMs + MINUTE);
  });

  it('refuses a PIN that was disabled, has ended or is used up since it was asked for', async () => {
    const counter = open();
    const { clocks, context, desk } = counter;
    const untilMs = clocks.wallMs + MINUTE;
    const [ana, bo] = [await give(context, ANA, { untilMs }), await give(context, BO, { maxUses: 2 })];
    expect(await ask(desk, counter, [ana], ANA)).toMatchObject({ kind: 'right' });
    clocks.pass(MINUTE);
    expect(await ask(desk, counter, [ana], ANA)).toMatchObject({ kind: 'wrong' });
    expect(await ask(desk, counter, [bo], BO)).toMatchObject({ kind: 'right' });
    setPinsEnabled(context, [bo], false);
    expect(await ask(desk, counter, [bo], BO)).toMatchObject({ kind: 'wrong' });
    setPinsEnabled(context, [bo], true);
    expect(await ask(desk, counter, [bo], BO)).toMatchObject({ kind: 'right' });
    expect(await ask(desk, counter, [bo], BO)).toMatchObject({ kind: 'wrong' });
  });

  it('does not count right digits as guesses where they are used up or expired, and tells no more than of wrong ones', async () => {
    const counter = open();
    const { clocks, context, desk, locked } = counter;
    const untilMs = clocks.wallMs + MINUTE;
    const [old, once] = [await give(context, ANA, { untilMs }), await give(context, BO, { maxUses: 1 })];
    const lasting = await give(context, '915362');
    expect(await ask(desk, counter, [once], BO)).toMatchObject({ kind: 'right' });
    clocks.pass(MINUTE);
    await fail(desk, counter, [lasting, old, once], 4);
    for (const digits of [ANA, BO, ANA, BO, ANA, BO]) {
      const answer = await ask(desk, counter, [lasting, old, once], digits);
      expect(answer).toEqual({ kind: 'wrong', lockedUntilMs: null });
    }
    expect(readPinUses(context.store).get(once)?.uses).toBe(1);
    expect(locked).toEqual([]);
    const guess = await ask(desk, counter, [lasting, old, once], WRONG);
    expect(guess).toEqual({ kind: 'wrong', lockedUntilMs: clocks.wallMs + MINUTE });
  });

  it('says nothing for certain where the disk or the key file does not answer', async () => {
    const locked = new AppError('unavailable', 'The database is locked.');
    const deaf = open({ book: { claim: () => Promise.reject(locked), fail: () => Promise.reject(locked) } });
    const ana = await give(deaf.context, ANA);
    for (const digits of [ANA, WRONG]) {
      expect(await ask(deaf.desk, deaf, [ana], digits)).toEqual({ kind: 'unavailable', why: locked.message });
    }
    deaf.desk.abandoned('1001', deaf.clocks.wallMs);
    await expect.poll(() => deaf.problems).toHaveLength(3);
    expect(deaf.problems.join()).not.toContain(ANA);

    const keyless = open({
      hasher: () => {
        throw new AppError('not-found', 'There is no key file.');
      },
    });
    const bo = await give(keyless.context, BO);
    expect(await ask(keyless.desk, keyless, [bo], BO)).toMatchObject({ kind: 'unavailable' });
    const foreign = open({ hasher: () => quickHasher('theirs') });
    const cy = await give(foreign.context, BO);
    expect(await ask(foreign.desk, foreign, [cy], BO)).toMatchObject({
      kind: 'unavailable',
      why: expect.stringMatching(/another key file/),
    });
    expect(await ask(foreign.desk, foreign, ['p-gone'], BO)).toMatchObject({ kind: 'unavailable' });
  });

  it('has a bounded number of checks at once', async () => {
    const { promise, resolve } = Promise.withResolvers<never>();
    const counter = open({ book: { page: () => promise } });
    const waiting = Array.from({ length: 50 }, () => ask(counter.desk, counter, ['p'], ANA));
    expect(await ask(counter.desk, counter, ['p'], ANA)).toMatchObject({ kind: 'unavailable' });
    resolve(Promise.reject(new AppError('unavailable', 'The daemon stops.')) as never);
    expect((await Promise.all(waiting)).every(({ kind }) => kind === 'unavailable')).toBe(true);
    expect(await ask(counter.desk, counter, ['p'], ANA)).toMatchObject({ why: 'The daemon stops.' });
  });
});
