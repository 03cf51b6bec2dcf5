// A large policy on a real PBX: calls are judged while a change of it is loaded, and the numbering notice in status.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeNumberingBaseline } from '../../src/store/numbering-baseline.ts';
import { openStore } from '../../src/store/open.ts';
import type { Phone } from '../lab/phone/phone.ts';
import { eventually } from '../lab/processes.ts';
import { olderData } from '../numbering/older-data.ts';
import { startPbx, type Pbx } from '../pbx.ts';
import { addManyRows } from '../store/many-rows.ts';

const RULES = 30_000;
const CALLS = 16;
const CHANGES = 5;
const LOAD_DEADLINE_MS = 20_000;

describe('a policy of 30,000 rules', () => {
  let pbx: Pbx;
  let phone: Phone;

  const inDatabase = <T>(work: (store: ReturnType<typeof openStore>) => T): T => {
    using store = openStore(`${pbx.directory}/callwarden.db`);
    return work(store);
  };
  const versionInForce = async () => (await pbx.status()).policy.version;

  beforeAll(async () => {
    pbx = await startPbx({
      policy: ['country allow AR', 'extension set 1001 --international on'],
      daemon: false,
    });
    inDatabase((store) => {
      addManyRows({ store, actor: 'cli:test', pbx: 'lab', nowMs: Date.now() }, RULES);
      writeNumberingBaseline(store, { atMs: Date.UTC(2026, 0, 1), data: olderData() });
    });
    await pbx.callwarden('extension set 1001 --international on');
    await pbx.startDaemon();
    phone = await pbx.lab.phone('1001');
  });
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });

  const dial = async (number: string) => {
    const call = await phone.call(number);
    const final = await call.waitFinal();
    if (final.status === 200) await call.hangup();
    return final.status;
  };

  it('refuses a number by its rule, and lets its neighbour out', async () => {
    // The last of the rules: +54 1029999.
    expect(await dial('00541029999')).toBe(403);
    expect(await dial('00541030000')).toBe(200);
    // Records are written behind the calls' backs.
    await expect
      .poll(() => pbx.json('calls --kind decision --limit 2'))
      .toMatchObject({
        calls: [{ reason: 'country-allowed' }, { reason: 'number-denied', rule: `rule:${RULES}` }],
      });
  });

  it('judges every call while changes are loaded, each by a whole policy', async () => {
    const changes = (async () => {
      for (let index = 0; index < CHANGES; index += 1) {
        expect((await pbx.callwarden(`country ${index % 2 === 0 ? 'allow' : 'reset'} DE`)).code).toBe(0);
      }
    })();
    const before = await versionInForce();
    const statuses: number[] = [];
    for (let index = 0; index < CALLS; index += 1) {
      statuses.push(await dial(index % 2 === 0 ? '00541000001' : '00541931384'));
    }
    await changes;
    expect(statuses).toEqual(Array.from({ length: CALLS }, (_, index) => (index % 2 === 0 ? 403 : 200)));
    const { version: sealed } = inDatabase(
      (store) => store.db.prepare('SELECT version FROM policy_version').get() as { version: number },
    );
    expect(sealed).toBeGreaterThan(before ?? 0);
    expect(await eventually(async () => (await versionInForce()) === sealed, LOAD_DEADLINE_MS)).toBe(true);
    expect((await pbx.status()).decisions.abandoned).toBe(0);
  });

  it('is as good as before where numbering data changed, and status says so until that is accepted', async () => {
    const shown = await pbx.callwarden('status');
    expect([shown.code, shown.output]).toEqual([
      0,
      expect.stringMatching(/numbering data changed.*numbering diff/),
    ]);
    expect(await pbx.status()).toMatchObject({ health: 'green', problems: [] });
    expect((await pbx.callwarden('numbering accept')).code).toBe(0);
    expect(await eventually(async () => (await pbx.status()).numberingNotice === '', LOAD_DEADLINE_MS)).toBe(
      true,
    );
  });
});
