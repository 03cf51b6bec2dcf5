// Exceptions as real calls: they open without the right, close when taken away or ended, and deny what a group allows.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addExceptions } from '../../src/admin/exceptions.ts';
import { readExceptions } from '../../src/store/exceptions.ts';
import { openStore } from '../../src/store/open.ts';
import type { Phone } from '../lab/phone/phone.ts';
import { eventually } from '../lab/processes.ts';
import { startPbx, type Pbx } from '../pbx.ts';
import { join } from 'node:path';
import { expectOut, refused } from './outgoing.ts';

const policy = [
  'settings set level closed',
  'extension set 1001-1002',
  'extension set 1002 --international on',
];

const PARIS = '0033140205050';
const LYON = '0033472000000';
const ROME = '00390612345678';
/** Long enough for two calls on a busy machine. */
const SHORT_LIFE_MS = 10_000;
const ENDED_DEADLINE_MS = 25_000;

describe('an exception', () => {
  let pbx: Pbx;
  let barred: Phone;
  let granted: Phone;

  beforeAll(async () => {
    pbx = await startPbx({ policy });
    barred = await pbx.lab.phone('1001');
    granted = await pbx.lab.phone('1002');
  });
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });

  it('opens its country for its extension, which has no right to call abroad', async () => {
    expect(await refused(pbx, barred, PARIS)).toMatchObject({ reason: 'no-international-right' });
    await pbx.change('exception add 1001 --country FR --for 2h --reason fair');
    await expectOut(pbx, barred, PARIS);
    expect(await refused(pbx, barred, ROME)).toMatchObject({ reason: 'no-international-right' });
    expect(await refused(pbx, granted, PARIS)).toMatchObject({ reason: 'country-not-allowed' });
  });

  it('for a number counts before one for the country, and refuses what the organisation allows', async () => {
    await pbx.change('country allow FR');
    await expectOut(pbx, granted, LYON);
    await pbx.change('exception add 1002 --prefix +33472 --deny --reason fraud');
    await pbx.change('exception add 1002 --country FR --reason fair');
    expect(await refused(pbx, granted, LYON)).toMatchObject({ reason: 'number-denied', rule: 'exception:2' });
    await expectOut(pbx, granted, PARIS);
    await pbx.change('exception remove 2');
    await expectOut(pbx, granted, LYON);
  });

  it('closes when it is taken away', async () => {
    await pbx.change('exception remove 1');
    expect(await refused(pbx, barred, PARIS)).toMatchObject({
      status: 403,
      reason: 'no-international-right',
    });
  });

  it('ends by itself, with nobody changing anything', { timeout: 60_000 }, async () => {
    const version = (await pbx.status()).policy.version ?? 0;
    const untilMs = Date.now() + SHORT_LIFE_MS;
    {
      using store = openStore(join(pbx.directory, 'callwarden.db'));
      addExceptions({ store, actor: 'cli:test', pbx: 'lab', nowMs: Date.now() }, ['1001'], {
        countries: ['IT'],
        prefixes: [],
        numbers: [],
        action: 'allow',
        premium: false,
        reason: 'an hour in Rome',
        owner: '',
        fromMs: null,
        untilMs,
      });
      expect(readExceptions(store).at(-1)).toMatchObject({ region: 'IT', untilMs });
    }
    expect(await eventually(async () => (await pbx.status()).policy.version === version + 1, 20_000)).toBe(
      true,
    );
    await expectOut(pbx, barred, ROME);
    expect(await eventually(() => Promise.resolve(Date.now() > untilMs), ENDED_DEADLINE_MS)).toBe(true);
    expect(await refused(pbx, barred, ROME)).toMatchObject({ reason: 'no-international-right' });
    expect((await pbx.status()).policy.version).toBe(version + 1);
    expect(await pbx.json('exception list --expired')).toMatchObject({
      count: 1,
      exceptions: [{ target: 'IT', state: 'expired' }],
    });
  });
});
