// What a call would meet, over the API: the verdict of the live decision, who may call, and one extension's policy.
import { describe, expect, it, onTestFinished } from 'vitest';
import { setCountries } from '../../../src/admin/countries.ts';
import { addExceptions } from '../../../src/admin/exceptions.ts';
import { setExtensions } from '../../../src/admin/extensions.ts';
import { setSettings } from '../../../src/admin/settings.ts';
import { createHeavyReads } from '../../../src/daemon/heavy.ts';
import { toCallRow, writeCalls } from '../../../src/store/calls.ts';
import { callRecord } from '../../store/call-record.ts';
import { tempContext } from '../../store/temp-store.ts';
import { apiHouse, withRights } from './house.ts';

const paris = '0033140205050';

function inMexico() {
  const house = apiHouse();
  const settings = { 'home-region': ['MX'], 'international-prefixes': ['00'], level: ['closed'] };
  setSettings(house.context, new Map(Object.entries(settings)));
  setExtensions(house.context, ['1001-1003'], { right: 'on' });
  setExtensions(house.context, ['1004'], { right: 'off' });
  return house;
}

describe('check over the API', () => {
  it('tells the verdict, the reason in a sentence, the rule and where to change it, and what is heard', async () => {
    const { ask } = inMexico();
    const { status, body } = await ask('get', `/check?number=${paris}&from=1001`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      verdict: 'deny',
      reason: 'country-not-allowed',
      sentence: 'The country of this number is not among the allowed countries and regions.',
      destination: { kind: 'international', e164: '+33140205050', regions: ['FR'] },
      decidedBy: { kind: 'country', name: 'FR' },
      announcement: 'cannot-complete-as-dialed',
      heard: 'Your call cannot be completed as dialed.',
      cause: 21,
      sip: '403 Forbidden',
    });
    expect(body.trace.at(-1).result).toContain('deny: ');
  });

  it('judges by the policy that is in force at each question', async () => {
    const { ask, context } = inMexico();
    const verdict = async () => (await ask('get', `/check?number=${paris}&from=1001`)).body.verdict;
    expect(await verdict()).toBe('deny');
    setCountries(context, ['FR'], 'allow');
    expect(await verdict()).toBe('continue');
    setCountries(context, ['FR'], null);
    expect(await Promise.all([verdict(), verdict()])).toEqual(['deny', 'deny']);
  });

  it('takes who, how, when, a PIN, an outside caller and a language', async () => {
    const { ask, context } = inMexico();
    const untilMs = context.nowMs + 60_000;
    const rest = { prefixes: [], numbers: [], action: 'allow' as const, premium: false, owner: '' };
    addExceptions(context, ['1004'], { countries: ['FR'], reason: 'fair', fromMs: null, untilMs, ...rest });
    const asked = `/check?number=${paris}&from=1004&via=transfer&language=fr`;
    expect((await ask('get', asked)).body).toMatchObject({
      verdict: 'continue',
      reason: 'exception',
      decidedBy: { kind: 'exception' },
      cause: null,
      sip: null,
    });
    expect((await ask('get', `${asked}&at=${untilMs}`)).body.verdict).toBe('deny');
    const unknown = await ask('get', `/check?number=${paris}`);
    expect(unknown.body).toMatchObject({ verdict: 'deny', reason: 'unknown-payer', decidedBy: null });
    const outside = await ask('get', `/check?number=${paris}&outsideCaller=%2B525512345678&pin=p-none`);
    expect(outside.body.verdict).toBe('deny');
  });

  it('refuses what is no question', async () => {
    const { ask } = inMexico();
    const paths = ['/check', '/check?number=1&via=swim', '/check?number=1&at=soon', '/check?number=1&x=1'];
    const answers = await Promise.all(paths.map((path) => ask('get', path)));
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
    expect((await ask('get', `/check?number=${'1'.repeat(201)}`)).status).toBe(400);
    const hostile = encodeURIComponent('00,33\u0000&x;1');
    expect((await ask('get', `/check?number=${hostile}&from=1001`)).body.reason).toBe('unreadable');
  });

  it('says what is missing where no home region is set', async () => {
    const { ask } = apiHouse();
    const { status, body } = await ask('get', `/check?number=${paris}`);
    expect(status).toBe(404);
    expect(body.detail).toContain('home region');
  });

  it('tells who may call a number, and why the others may not', async () => {
    const { ask, context } = inMexico();
    setCountries(context, ['FR'], 'allow');
    const { body } = await ask('get', `/who-may?number=${paris}`);
    expect(body).toMatchObject({
      allowed: 3,
      refused: 1,
      reasons: [
        { verdict: 'continue', count: 3, extensions: ['1001', '1002', '1003'] },
        { verdict: 'deny', reason: 'no-international-right', extensions: ['1004'] },
      ],
      others: { verdict: 'deny' },
    });
  });

  it('tells what one extension may dial, and which layer says so', async () => {
    const { ask, context } = inMexico();
    setCountries(context, ['FR'], 'allow');
    const { body } = await ask('get', '/extensions/1001/policy');
    expect(body.right.on).toBe(true);
    expect(body.abroad[0]).toMatchObject({
      verdict: 'continue',
      by: 'countries of the organisation',
      decidedBy: { kind: 'country', name: 'FR' },
      regions: ['FR'],
    });
    expect(body.home.map(({ verdict }: { verdict: string }) => verdict)).not.toContain('deny');
    expect((await ask('get', '/extensions/7777/policy')).status).toBe(404);
    expect((await ask('get', '/extensions/1001/policy?at=never')).status).toBe(400);
  });

  it('counts the calls on record in another thread where there are many', async () => {
    const context = tempContext();
    const heavy = createHeavyReads({ path: context.store.path });
    onTestFinished(() => heavy[Symbol.dispose]());
    const asked: string[] = [];
    const read: typeof heavy.read = (task, query) => (asked.push(task), heavy.read(task, query));
    const { ask, change } = apiHouse({ store: () => context.store, heavy: { read } });
    const settings = { 'home-region': ['MX'], 'international-prefixes': ['00'], level: ['open'] };
    setSettings(context, new Map(Object.entries(settings)));
    setExtensions(context, ['1001'], { right: 'on' });
    await change('post', '/limits', { measure: 'calls', amount: '20/h' });
    const calls = (count: number, day: number) =>
      Array.from({ length: count }, (_, index) =>
        toCallRow(
          callRecord(`${day}-${index}`, {
            party: '1001',
            classes: ['chargeable', 'international'],
            verdict: 'continue',
            outcome: 'said',
            atMs: context.nowMs - day * 86_400_000 - 60_000,
          }),
        ),
      );
    const reason = async () => (await ask('get', `/check?number=${paris}&from=1001`)).body.reason;
    writeCalls(context.store, calls(20, 0));
    expect([await reason(), asked]).toEqual(['limit-calls', []]);
    writeCalls(context.store, calls(10_000, 1));
    expect([await reason(), asked]).toEqual(['limit-calls', ['judged-call']]);
    const whoMay = (await ask('get', `/who-may?number=${paris}`)).body;
    expect(whoMay).toMatchObject({ refused: 1, reasons: [{ reason: 'limit-calls' }] });
    expect(asked).toEqual(['judged-call', 'who-may']);
  });

  it('needs the right to read the policy', async () => {
    const { ask } = inMexico();
    const paths = [`/check?number=${paris}`, `/who-may?number=${paris}`, '/extensions/1001/policy'];
    const answers = await Promise.all(paths.map((path) => ask('get', path, { as: withRights('live.read') })));
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    const reader = await ask('get', paths[0] ?? '', { as: withRights('policy.read') });
    expect(reader.status).toBe(200);
  });
});
