// The records over the API: chosen, paged while others come, as files, and only for those who may read them.
import { describe, expect, it } from 'vitest';
import { setSettings } from '../../../src/admin/settings.ts';
import { toCallRow, writeCalls, type CallRecord } from '../../../src/store/calls.ts';
import type { Store } from '../../../src/store/open.ts';
import { toRingingRow } from '../../../src/store/ringing-calls.ts';
import { callRecord } from '../../store/call-record.ts';
import { RANG_AT_MS, ringRecord } from '../../store/ring-record.ts';
import { apiHouse, withRights, type ApiHouse } from './house.ts';

const NOW_MS = callRecord('').atMs;

const write = (store: Store, ...records: readonly CallRecord[]) => writeCalls(store, records.map(toCallRow));

/** So many decisions, two of one moment each time, as bursts are. */
const decisions = (count: number, changes: Partial<CallRecord> = {}) =>
  Array.from({ length: count }, (_, n) =>
    callRecord(`${changes.kind ?? 'd'}-${n}`, { atMs: NOW_MS - Math.floor(n / 2) * 1000, ...changes }),
  );

/** Every row that the pages hold, with what `between` does after each of them. */
async function allPages(
  { ask }: ApiHouse,
  path: string,
  between: (page: number) => void = () => undefined,
): Promise<readonly { readonly id: string }[]> {
  const rows: { readonly id: string }[] = [];
  let cursor: string | null = '';
  for (let page = 0; cursor !== null && page < 100; page += 1) {
    const { status, body } = await ask('get', `${path}${cursor === '' ? '' : `&cursor=${cursor}`}`);
    expect(status).toBe(200);
    rows.push(...body.rows);
    between(page);
    cursor = body.next;
  }
  return rows;
}

describe('the records over the API', () => {
  it('page through every call once, newest first, while calls are added', async () => {
    const house = apiHouse();
    const { store } = house.context;
    write(store, ...decisions(55));
    const rows = await allPages(house, '/calls?limit=10', (page) =>
      write(store, callRecord(`late-${page}`, { atMs: NOW_MS + 1 + page })),
    );
    expect(rows.map(({ id }) => id).toSorted()).toEqual(
      decisions(55)
        .map(({ id }) => id)
        .toSorted(),
    );
    const first = await house.ask('get', '/calls?limit=3');
    expect(first.body.rows.map(({ id }: CallRecord) => id)).toEqual(['late-5', 'late-4', 'late-3']);
  });

  it('are chosen by what they say', async () => {
    const { ask, context } = apiHouse();
    write(
      context.store,
      callRecord('allowed', {
        verdict: 'continue',
        reason: 'country-allowed',
        regions: ['FR'],
        party: '1001',
      }),
      callRecord('watched', { verdict: 'continue', detail: { observed: [{ would: 'deny' }] } }),
      callRecord('old', { atMs: NOW_MS - 86_400_000, dialled: '0033123', number: '0033123', e164: '+33123' }),
      callRecord('taken', { kind: 'pickup', verdict: 'take', reason: 'take', party: '1003', via: 'any' }),
    );
    const ids = async (query: string) =>
      (await ask('get', `/calls?${query}`)).body.rows.map(({ id }: CallRecord) => id).toSorted();
    expect(await ids('from=1001')).toEqual(['allowed']);
    expect(await ids('verdict=deny')).toEqual(['old']);
    expect(await ids('reason=country-allowed')).toEqual(['allowed']);
    expect(await ids('region=FR')).toEqual(['allowed']);
    expect(await ids('number=33123')).toEqual(['old']);
    expect(await ids('text=country-')).toEqual(['allowed']);
    expect(await ids('observed=true')).toEqual(['watched']);
    expect(await ids('kind=pickup')).toEqual(['taken']);
    expect(await ids(`until=${NOW_MS}`)).toEqual(['old']);
    expect(await ids(`since=${NOW_MS}&kind=decision`)).toEqual(['allowed', 'watched']);
    for (const slip of ['reason=typo', 'verdict=denny', 'kind=call']) {
      const [field = ''] = slip.split('=');
      const refused = await ask('get', `/calls?${slip}`);
      expect(refused).toMatchObject({ status: 400, body: { code: 'invalid' } });
      expect(JSON.stringify(refused.body)).toContain(field);
      expect((await ask('get', `/calls.csv?${slip}`)).status).toBe(400);
    }
    const pickups = await ask('get', '/pickups');
    expect(pickups.body.rows.map(({ id }: CallRecord) => id)).toEqual(['taken']);
  });

  it('show one call with every step, and say when it is kept no longer', async () => {
    const { ask, context } = apiHouse();
    write(context.store, callRecord('one'));
    const { body } = await ask('get', '/calls?limit=1');
    const one = await ask('get', `/calls/${body.rows[0].seq}`);
    expect(one.body.detail.trace).toEqual([{ step: 'alphabet', result: 'ok' }]);
    expect(await ask('get', '/calls/4711')).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect((await ask('get', '/calls/none')).status).toBe(400);
  });

  it('come as a file in which nothing dialled is a formula', async () => {
    const { ask, context } = apiHouse();
    write(context.store, ...decisions(1_200), callRecord('evil', { dialled: '=1+1', atMs: NOW_MS + 1 }));
    const { status, headers, body } = await ask('get', '/calls.csv?kind=decision');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toBe('attachment; filename="calls.csv"');
    const lines = body.trimEnd().split('\r\n');
    expect(lines).toHaveLength(1_202);
    expect(lines[0]).toContain('time,kind,from,via,dialled');
    expect(lines[1]).toContain(`,'=1+1,`);
  });

  it('tell of calls that rang, once each', async () => {
    const house = apiHouse();
    const ring = (n: number) =>
      toRingingRow('head-office', ringRecord(`c-${n}`, { startedAtMs: RANG_AT_MS + n * 10_000 }), ['sales']);
    writeCalls(
      house.context.store,
      Array.from({ length: 23 }, (_, n) => ring(n)),
    );
    const rows = await allPages(house, '/ringing-calls?limit=5&group=sales');
    expect(new Set(rows.map(({ id }) => id)).size).toBe(23);
    expect((await house.ask('get', '/ringing-calls?outcome=abandoned')).body.rows).toEqual([]);
    expect((await house.ask('get', '/ringing-calls?text=ana')).body.rows).toHaveLength(23);
    expect((await house.ask('get', '/ringing-calls.csv')).body.split('\r\n')).toHaveLength(25);
  });

  it('of changes are searched in either case, paged, and exported for a sheet and for programs', async () => {
    const house = apiHouse();
    const { ask, context } = house;
    for (const [n, region] of ['MX', 'FR', 'DE', 'ES', 'US'].entries()) {
      setSettings({ ...context, nowMs: NOW_MS + n }, new Map([['home-region', [region]]]));
    }
    const rows = await allPages(house, '/audit?limit=2');
    expect(rows).toHaveLength(5);
    expect((await ask('get', '/audit?text=HOME-region&limit=1')).body.rows[0]).toMatchObject({
      actor: 'cli:maria',
      action: 'setting-changed',
      before: 'ES',
      after: 'US',
    });
    expect((await ask('get', '/audit?actor=nobody')).body).toEqual({ rows: [], next: null });
    expect((await ask('get', `/audit?since=${NOW_MS + 3}`)).body.rows).toHaveLength(2);
    expect((await ask('get', '/audit.csv')).body.split('\r\n')).toHaveLength(7);
    const lines = (await ask('get', '/audit.jsonl')).body.trimEnd().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ seq: 1, subject: 'home-region' });
  });

  it('of changes are verified, and a forged one is named', async () => {
    const { ask, context } = apiHouse();
    setSettings(context, new Map([['home-region', ['MX']]]));
    expect((await ask('get', '/audit/verify')).body).toEqual({
      whole: true,
      records: 1,
      brokenAtSeq: null,
      problem: '',
      signature: 'none',
      signedSeq: null,
      signedAtMs: null,
    });
    context.store.db.exec(`DROP TRIGGER audit_rows_never_change; UPDATE audit SET actor = 'cli:otto'`);
    expect((await ask('get', '/audit/verify')).body).toMatchObject({ whole: false, brokenAtSeq: 1 });
  });

  it('need their rights, known words and sound bounds', async () => {
    const { ask } = apiHouse();
    for (const path of ['/calls', '/calls.csv', '/calls/1', '/pickups', '/ringing-calls', '/notices']) {
      expect((await ask('get', path, { as: withRights('live.read', 'figures.read') })).status).toBe(403);
      expect((await ask('get', path, { as: null })).status).toBe(401);
    }
    for (const path of ['/audit', '/audit.csv', '/audit.jsonl', '/audit/verify']) {
      expect((await ask('get', path, { as: withRights('calls.read') })).status).toBe(403);
    }
    for (const query of [
      'limit=0',
      'limit=501',
      'cursor=nonsense',
      'kind=none',
      'colour=red',
      'since=yesterday',
    ]) {
      expect((await ask('get', `/calls?${query}`)).status).toBe(400);
    }
    expect((await ask('get', '/audit?cursor=1')).body.detail).toContain('begin at the first page');
  });
});
