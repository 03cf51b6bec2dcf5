// Long tables read newest first: bounded pages, without gaps or repeats, found by index.
import { describe, expect, it } from 'vitest';
import { readCallPage, toCallRow, writeCalls } from '../../src/store/calls.ts';
import type { Place } from '../../src/store/newest-first.ts';
import { callRecord } from './call-record.ts';
import { tempStore } from './temp-store.ts';

const AT_MS = 1_000_000;

/** Three of one moment each; every tenth is of 1009. */
function furnished() {
  const store = tempStore();
  const rows = Array.from({ length: 300 }, (_, n) =>
    callRecord(`n-${n}`, {
      atMs: AT_MS + Math.floor(n / 3),
      party: n % 10 === 0 ? '1009' : '1001',
      kind: n % 2 === 0 ? 'decision' : 'pickup',
    }),
  );
  writeCalls(store, rows.map(toCallRow));
  return store;
}

describe('records read newest first', () => {
  it('are each on one page, however few are looked at for one', () => {
    const store = furnished();
    for (const lookedAtMax of [1, 7, 100, undefined]) {
      const found: string[] = [];
      let behind: Place | null = null;
      let pages = 0;
      do {
        const page = readCallPage(store, { party: '1009', limit: 4, lookedAtMax, behind });
        found.push(...page.rows.map(({ id }) => id));
        expect(page.rows.length).toBeLessThanOrEqual(4);
        behind = page.next;
        pages += 1;
      } while (behind !== null);
      expect(found).toEqual(Array.from({ length: 30 }, (_, n) => `n-${290 - 10 * n}`));
      expect(pages).toBeGreaterThanOrEqual(300 / Math.min(lookedAtMax ?? 40, 40));
    }
  });

  it('keep their time and their kind', () => {
    const store = furnished();
    const { rows, next } = readCallPage(store, {
      kind: 'pickup',
      sinceMs: AT_MS + 10,
      untilMs: AT_MS + 12,
      limit: 50,
      lookedAtMax: 10,
    });
    expect(rows.map(({ id }) => id)).toEqual(['n-35', 'n-33', 'n-31']);
    expect(next).toBeNull();
  });

  it('have no page behind the last row', () => {
    const store = furnished();
    const { next } = readCallPage(store, { limit: 300 });
    expect(next).toBeNull();
    expect(readCallPage(store, { limit: 299 }).next).not.toBeNull();
    expect(readCallPage(store, { limit: 10, behind: { atMs: 0, seq: 0 } })).toEqual({ rows: [], next: null });
  });

  it('are found by the index, whose order is theirs', () => {
    const store = furnished();
    const seen: string[] = [];
    const prepare = store.db.prepare.bind(store.db);
    store.db.prepare = (sql: string) => {
      seen.push(sql);
      return prepare(sql);
    };
    for (const kind of ['decision', 'pickup'] as const) {
      readCallPage(store, { kind, limit: 5, lookedAtMax: 50, sinceMs: AT_MS, untilMs: AT_MS + 50 });
    }
    const names = [
      'fromAt',
      'fromSeq',
      'leastAt',
      'leastSeq',
      'lookedAt',
      'rows',
      'kind',
      'party',
      'verdict',
    ];
    const more = ['reason', 'number', 'region', 'text', 'observed'];
    const given = Object.fromEntries([...names, ...more].map((name) => [name, null]));
    const plans = seen.map((sql) =>
      prepare<[object], { readonly detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all(given)
        .map(({ detail }) => detail)
        .join('; '),
    );
    expect(plans).toHaveLength(4);
    for (const [n, plan] of plans.entries()) {
      const index = n < 2 ? 'calls_by_time' : 'pickup_attempts_by_time';
      expect(plan).toMatch(
        new RegExp(`SEARCH calls USING (COVERING )?INDEX ${index} \\(at_ms>\\? AND at_ms<\\?\\)`),
      );
      expect(plan).not.toContain('TEMP B-TREE');
    }
  });
});
