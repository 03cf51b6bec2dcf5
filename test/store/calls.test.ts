// Call records: written once, read by what they say, gone when they are old or too many.
import { describe, expect, it } from 'vitest';
import { readCalls, toCallRow, writeCalls } from '../../src/store/calls.ts';
import type { Store } from '../../src/store/open.ts';
import { deleteExpiredSlice } from '../../src/store/retention.ts';
import { callRecord } from './call-record.ts';
import { tempStore } from './temp-store.ts';

const DAY_MS = 86_400_000;

const write = (store: Store, ...records: readonly ReturnType<typeof callRecord>[]) =>
  writeCalls(store, records.map(toCallRow));

function cleanUp(store: Store, limits: Parameters<typeof deleteExpiredSlice>[1], nowMs: number): number {
  let total = 0;
  for (let gone = -1; gone !== 0; total += gone) gone = deleteExpiredSlice(store, limits, nowMs);
  return total;
}

describe('call records', () => {
  it('come back as they were written, byte for byte', () => {
    const store = tempStore();
    const dirty = callRecord('a', {
      dialled: '00541\r\n<3>forged\u0000\u001B[2J"\'%s\u2028',
      party: null,
      regions: ['US', 'CA'],
      detail: { nested: { text: 'é\n' } },
    });
    write(store, dirty);
    expect(readCalls(store, { limit: 10 })).toEqual([{ ...dirty, endedMs: null, seq: 1 }]);
  });

  it('are kept once when a batch is written twice, and take on the outcome', () => {
    const store = tempStore();
    write(store, callRecord('a'), callRecord('b'));
    write(store, callRecord('a'), callRecord('b', { outcome: 'told' }), callRecord('c'));
    const found = readCalls(store, { limit: 10 });
    expect(found.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['c', null],
      ['b', 'told'],
      ['a', null],
    ]);
  });

  it('are found by kind, party, verdict, reason, digits and time, newest first', () => {
    const store = tempStore();
    const atMs = 1_000_000;
    write(
      store,
      callRecord('a', { atMs, party: '1001', verdict: 'continue', reason: 'country-allowed' }),
      callRecord('b', { atMs: atMs + 1, dialled: '911', number: '911', e164: null }),
      callRecord('c', { atMs: atMs + 2, kind: 'pickup', verdict: 'take', party: '1003' }),
    );
    const ids = (filter: Partial<Parameters<typeof readCalls>[1]>) =>
      readCalls(store, { limit: 10, ...filter }).map(({ id }) => id);
    expect(ids({})).toEqual(['c', 'b', 'a']);
    expect(ids({ limit: 1 })).toEqual(['c']);
    expect(ids({ kind: 'pickup' })).toEqual(['c']);
    expect(ids({ party: '1001' })).toEqual(['a']);
    expect(ids({ verdict: 'deny' })).toEqual(['b']);
    expect(ids({ reason: 'country-allowed' })).toEqual(['a']);
    expect(ids({ number: '91' })).toEqual(['b']);
    expect(ids({ number: '%' })).toEqual([]);
    expect(ids({ sinceMs: atMs + 1, untilMs: atMs + 2 })).toEqual(['b']);
  });

  it('go when they are older than the days to keep, and no others', () => {
    const store = tempStore();
    const nowMs = 1_000 * DAY_MS;
    const old = Array.from({ length: 1_201 }, (_, n) =>
      callRecord(`old-${n}`, { atMs: nowMs - 91 * DAY_MS }),
    );
    write(store, ...old, callRecord('young', { atMs: nowMs - 89 * DAY_MS }));
    expect(cleanUp(store, { keepDays: 90, keepMax: 0 }, nowMs)).toBe(1_201);
    expect(readCalls(store, { limit: 10 }).map(({ id }) => id)).toEqual(['young']);
  });

  it('go when there are too many, the oldest first', () => {
    const store = tempStore();
    write(store, ...Array.from({ length: 1_300 }, (_, n) => callRecord(`n-${n}`)));
    expect(cleanUp(store, { keepDays: 0, keepMax: 100 }, Date.now())).toBe(1_200);
    const left = readCalls(store, { limit: 1_000 }).map(({ id }) => id);
    expect([left.length, left[0], left.at(-1)]).toEqual([100, 'n-1299', 'n-1200']);
  });

  it('all stay where nothing is limited', () => {
    const store = tempStore();
    write(store, callRecord('a', { atMs: 0 }));
    expect(cleanUp(store, { keepDays: 0, keepMax: 0 }, Date.now())).toBe(0);
  });
});
