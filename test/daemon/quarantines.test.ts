// Quarantines of the running daemon: in force at once and whatever the disk does, on disk when it can, over at their end.
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { addQuarantines, releaseExtensions } from '../../src/admin/quarantine.ts';
import { createLedger } from '../../src/barring/ledger.ts';
import type { Logger } from '../../src/config/logger.ts';
import { createNotices } from '../../src/daemon/notices.ts';
import { openQuarantineDesk } from '../../src/daemon/quarantines.ts';
import { readNotices } from '../../src/store/notices.ts';
import { readQuarantines } from '../../src/store/quarantines.ts';
import { CallRecorder } from '../../src/store/recorder.ts';
import { contextOf, tempStore } from '../store/temp-store.ts';

const WAIT = { timeout: 20_000, interval: 20 };
const AT = Date.UTC(2026, 10, 21, 12);
const HOUR = 3_600_000;

function startDesk() {
  const store = tempStore();
  const lines: string[] = [];
  const line = (name: string, fields?: object) => void lines.push(`${name} ${JSON.stringify(fields ?? {})}`);
  const logger: Logger = { error: line, warn: line, info: line, debug: line };
  const recorder = CallRecorder.start({
    path: store.path,
    limits: { keepDays: 0, keepMax: 0 },
    onProblem: () => undefined,
    onRecovered: () => undefined,
  });
  const ledger = createLedger();
  const clock = { nowMs: AT };
  const desk = openQuarantineDesk({
    path: store.path,
    pbx: 'head-office',
    ledger,
    recorder,
    notices: createNotices(recorder, logger),
    logger,
    nowMs: () => clock.nowMs,
  });
  onTestFinished(async () => {
    desk[Symbol.dispose]();
    await recorder.drain(1_000);
  });
  const held = () => ledger.quarantines(clock.nowMs).map(({ extension }) => extension);
  const impose = (extension: string, untilMs: number | null = AT + HOUR) =>
    desk.impose({ extension, sinceMs: clock.nowMs, untilMs, reason: 'Too many calls.', by: 'limit:7' });
  return { store, lines, clock, held, impose };
}

describe('a quarantine by the daemon', () => {
  it('holds at once, and soon stands on disk with its notice', async () => {
    const { store, held, impose, lines } = startDesk();
    impose('1001');
    expect(held()).toEqual(['1001']);
    await vi.waitFor(() => expect(readQuarantines(store)).toHaveLength(1), WAIT);
    expect(readNotices(store, { limit: 10 })).toMatchObject([{ kind: 'quarantined', extension: '1001' }]);
    expect(lines.filter((line) => line.startsWith('notice '))).toHaveLength(1);
  });

  it('holds while the database is locked, and is written when the lock is gone', async () => {
    const { store, held, impose } = startDesk();
    store.db.exec('BEGIN IMMEDIATE');
    impose('1001');
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(held()).toEqual(['1001']);
    store.db.exec('ROLLBACK');
    await vi.waitFor(() => expect(readQuarantines(store)).toHaveLength(1), WAIT);
    expect(held()).toEqual(['1001']);
  });

  it('holds where the row can never be written', async () => {
    const { store, held, impose, lines } = startDesk();
    store.db.exec(`CREATE TRIGGER picky BEFORE INSERT ON quarantines BEGIN SELECT RAISE(ABORT, 'no'); END`);
    impose('1001');
    await vi.waitFor(() => expect(lines.join('\n')).toMatch(/not written yet/), WAIT);
    store.db.exec('CREATE TABLE anything (a)');
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(held()).toEqual(['1001']);
    expect(readQuarantines(store)).toEqual([]);
  });

  it('ends when somebody releases the extension, and one by hand begins', async () => {
    const { store, held, impose } = startDesk();
    impose('1001');
    await vi.waitFor(() => expect(readQuarantines(store)).toHaveLength(1), WAIT);
    releaseExtensions(contextOf(store), ['1001']);
    await vi.waitFor(() => expect(held()).toEqual([]), WAIT);
    addQuarantines(contextOf(store), ['1002'], { untilMs: null, reason: 'stolen' });
    await vi.waitFor(() => expect(held()).toEqual(['1002']), WAIT);
    impose('1002');
    expect(held()).toEqual(['1002']);
    await vi.waitFor(() => expect(readQuarantines(store)).toMatchObject([{ reason: 'stolen' }]), WAIT);
  });

  it('is over at its end, and its row goes with a notice', async () => {
    const { store, clock, held, impose } = startDesk();
    impose('1001');
    impose('1002', null);
    await vi.waitFor(() => expect(readQuarantines(store)).toHaveLength(2), WAIT);
    clock.nowMs = AT + HOUR;
    expect(held()).toEqual(['1002']);
    await vi.waitFor(() => expect(readQuarantines(store)).toHaveLength(1), WAIT);
    expect(readNotices(store, { kind: 'released', limit: 5 })).toMatchObject([{ extension: '1001' }]);
  });
});
