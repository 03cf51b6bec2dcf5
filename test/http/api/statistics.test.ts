// The figures over the API: those of the readers, by the clock that is asked for, and as files.
import { describe, expect, it } from 'vitest';
import { setExtensions } from '../../../src/admin/extensions.ts';
import { toCallRow, writeCalls } from '../../../src/store/calls.ts';
import { toRingingRow } from '../../../src/store/ringing-calls.ts';
import { callRecord } from '../../store/call-record.ts';
import { RANG_AT_MS, ringRecord } from '../../store/ring-record.ts';
import { apiHouse, withRights } from './house.ts';

/** Just before the moment in which it is asked: what is of that moment is not yet counted. */
const BEFORE_MS = RANG_AT_MS - 60_000;

function furnished() {
  const house = apiHouse();
  const rescued = ringRecord('r', {
    startedAtMs: BEFORE_MS,
    outcome: 'rescued',
    answeredBy: '1001',
    takenFrom: '1002',
  });
  writeCalls(house.context.store, [
    toCallRow(callRecord('denied', { atMs: BEFORE_MS })),
    toCallRow(callRecord('allowed', { atMs: BEFORE_MS, verdict: 'continue', reason: 'country-allowed' })),
    toRingingRow('head-office', ringRecord('a', { startedAtMs: BEFORE_MS }), ['sales']),
    toRingingRow('head-office', rescued, ['sales']),
  ]);
  return house;
}

describe('the figures over the API', () => {
  it('of call barring say how many were denied, why, where to and to whom', async () => {
    const { ask } = furnished();
    const { status, body } = await ask('get', '/statistics/denials?timeZone=America/Mexico_City');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      timeZone: 'America/Mexico_City',
      denialRate: 0.5,
      total: { calls: 2, allowed: 1, denied: 1 },
      byReason: [{ reason: 'no-international-right', denied: 1 }],
      byRegions: [{ regions: ['AR'], denied: 1 }],
      byExtension: [{ extension: '1002', denied: 1, calls: 2 }],
    });
    const file = await ask('get', '/statistics/denials.csv');
    expect(file.headers.get('content-disposition')).toContain('denials.csv');
    expect(file.body).toContain('2026-11-21,2,1,1,0,0');
  });

  it('of pickup say who rescued whose calls', async () => {
    const { ask } = furnished();
    const { body } = await ask('get', '/statistics/pickup?by=group');
    expect(body.rows).toMatchObject([{ key: 'sales', calls: 2, answered: 1, rescued: 1, rescuedShare: 0.5 }]);
    expect(body.takers).toEqual([{ picker: '1001', from: '1002', count: 1 }]);
    expect((await ask('get', '/statistics/pickup.csv?by=day')).body).toContain('2026-11-21,2,1,1');
  });

  it('say whose the extensions are that they show, and of no others', async () => {
    const { ask, context } = furnished();
    for (const [extension, name] of Object.entries({ '1001': 'Ana', '1002': 'Eva Brown', '1003': 'Luis' })) {
      setExtensions(context, [extension], { name });
    }
    const as = withRights('figures.read');
    const refused = await ask('get', '/statistics/denials', { as });
    expect(refused.body.names).toEqual({ '1002': 'Eva Brown' });
    const taken = await ask('get', '/statistics/pickup?by=extension', { as });
    expect(taken.body.names).toMatchObject({ '1001': 'Ana', '1002': 'Eva Brown' });
    expect(taken.body.names).not.toHaveProperty('1003');
  });

  it('need the right, a known clock and a time that does not end before it begins', async () => {
    const { ask } = furnished();
    for (const path of [
      '/statistics/pickup',
      '/statistics/pickup.csv',
      '/statistics/denials',
      '/statistics/denials.csv',
    ]) {
      expect((await ask('get', path, { as: withRights('calls.read') })).status).toBe(403);
      expect((await ask('get', `${path}?timeZone=Nowhere/None`)).status).toBe(400);
      const backwards = await ask('get', `${path}?since=10&until=9`);
      expect(backwards).toMatchObject({ status: 400, body: { code: 'invalid' } });
    }
    expect((await ask('get', '/statistics/pickup?by=colour')).status).toBe(400);
  });
});
