// The web thread killed, blocked and without its database while people call: each call is judged, and browsers come back.
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { askWeb } from '../http/web-house.ts';
import { readEvents } from '../http/event-reader.ts';
import type { Phone } from '../lab/phone/phone.ts';
import { openPhones, type Phones } from '../lab/phones.ts';
import { eventually } from '../lab/processes.ts';
import { startPbx, type Pbx } from '../pbx.ts';
import { expectSafe, faultPolicy, placeCalls, type Kind, type Outcome } from './load.ts';

const DEADLINE_MS = 20_000;
/** The thread may be silent for 20 s. */
const BLOCKED_DEADLINE_MS = 35_000;

const kinds = (index: number): Kind =>
  index % 10 === 9 ? 'emergency' : index % 2 === 0 ? 'allowed' : 'barred';

describe('with the web thread in trouble', { timeout: 120_000 }, () => {
  let pbx: Pbx;
  let phones: Phones;
  let phone: Phone;
  let everything: string;
  let own: string;
  let first = 0;

  beforeAll(async () => {
    const harm = join(import.meta.dirname, 'web-harm.ts');
    pbx = await startPbx({ policy: faultPolicy, web: true, env: { NODE_OPTIONS: `--import=${harm}` } });
    phones = await openPhones(pbx.lab, ['1001', '1002', '1003']);
    phone = phones('1001');
    await pbx.callwarden('user add maria --role administrator --extension 1001 --json');
    await pbx.callwarden('user add otto --role supervisor --extension 1003 --json');
    everything = await token('maria', 'live.read calls.read policy.read system.write');
    own = await token('otto', 'live.read');
  }, 900_000);
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });
  beforeEach(() => {
    pbx.lab.carrier.incoming.length = 0;
  });

  async function token(account: string, held: string): Promise<string> {
    const made = await pbx.json(`user token add ${account} test --right ${held} --for 1d`);
    return (made as { token: string }).token;
  }
  const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
  const port = () => Number(new URL(pbx.web.url).port);
  const web = async () => (await pbx.status()).web;
  const place = async (count: number) => {
    first += count;
    return await placeCalls(phone, { perSecond: 20, count, kindOf: kinds, first: first - count });
  };
  const expectJudged = async (outcomes: readonly Outcome[]) => {
    await expectSafe(pbx, outcomes);
    // None fell to the static rules: they refuse what the policy allows.
    expect(outcomes.filter(({ kind, status }) => kind === 'allowed' && status !== 200)).toEqual([]);
  };

  it('shows each account the calls that it may see, and ends with its token', async () => {
    const all = await readEvents(pbx.web.url, bearer(everything));
    const few = await readEvents(pbx.web.url, bearer(own));
    expect([all.status, few.status]).toEqual([200, 200]);
    const call = await phone.call('1002');
    await call.waitRinging();
    const seen = () => all.events.some(({ type }) => type === 'ringing');
    expect(await eventually(seen, DEADLINE_MS)).toBe(true);
    await call.cancel();
    const other = await phone.call('1003');
    await other.waitRinging();
    expect(await eventually(() => few.types().includes('ringing'), DEADLINE_MS)).toBe(true);
    await other.cancel();
    await placeCalls(phone, { perSecond: 20, count: 1, kindOf: () => 'barred', first: 900 });
    expect(await eventually(() => all.types().includes('decision'), DEADLINE_MS)).toBe(true);
    const shown = few.events.flatMap((event) => (event.type === 'ringing' ? event.data.legs : []));
    expect([...new Set(shown.map(({ extension }) => extension))]).toEqual(['1003']);
    expect(few.types()).not.toContain('decision');
    await pbx.callwarden('user token remove otto test');
    expect(await eventually(few.isOver, DEADLINE_MS)).toBe(true);
    expect(all.isOver()).toBe(false);
    expect((await readEvents(pbx.web.url, bearer(own))).status).toBe(401);
  });

  it('judges each call while the thread is killed, starts it again, and tells who comes back that he missed something', async () => {
    const reader = await readEvents(pbx.web.url, bearer(everything));
    expect(await eventually(() => reader.types().includes('board'), DEADLINE_MS)).toBe(true);
    const lastEventId = reader.events.at(-1)?.id ?? '';
    const placing = place(60);
    pbx.signalDaemon('SIGUSR2');
    expect(await eventually(reader.isOver, DEADLINE_MS)).toBe(true);
    expect(await eventually(async () => (await web()).restarts === 1, DEADLINE_MS)).toBe(true);
    await expectJudged(await placing);
    expect(await eventually(async () => (await web()).state === 'up', DEADLINE_MS)).toBe(true);
    const again = await readEvents(pbx.web.url, bearer(everything), `?lastEventId=${lastEventId}`);
    expect(await eventually(() => again.events.length > 0, DEADLINE_MS)).toBe(true);
    expect(again.events[0]).toMatchObject({ type: 'board', data: { missed: true } });
    expect((await pbx.status()).problems).toEqual([]);
  });

  it('judges each call while the thread is blocked, says so, and ends it', async () => {
    const before = (await web()).restarts;
    pbx.signalDaemon('SIGWINCH');
    await expectJudged(await place(60));
    const again = async () => (await web()).restarts > before && (await web()).state === 'up';
    expect(await eventually(again, BLOCKED_DEADLINE_MS, 200)).toBe(true);
    expect(pbx.log()).toMatch(/said nothing for 20000 ms and was ended/);
  });

  it('answers a change with 503 and a sentence while another program holds the database, and has lost nothing', async () => {
    const read = await askWeb(port(), '/api/v1/settings', { headers: bearer(everything) });
    const patch = () =>
      askWeb(port(), '/api/v1/settings', {
        method: 'PATCH',
        headers: {
          ...bearer(everything),
          'content-type': 'application/json',
          'if-match': String(read.headers.etag),
        },
        body: JSON.stringify({ mode: ['observe'] }),
      });
    using other = openStore(join(pbx.directory, 'callwarden.db'));
    other.db.exec('BEGIN IMMEDIATE');
    const refused = await patch();
    expect(JSON.parse(refused.text)).toMatchObject({
      status: 503,
      detail: expect.stringContaining('is locked by another program. Try again'),
    });
    await expectJudged(await place(10));
    other.db.exec('ROLLBACK');
    expect((await patch()).status).toBe(200);
    expect((await patch()).status).toBe(412);
  });
});
