// The call recorder: records reach the disk without the daemon waiting, and trouble there never reaches the
// daemon (I9).
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { readCalls, toCallRow, writeCalls, type CallRecord } from '../../src/store/calls.ts';
import { CallRecorder } from '../../src/store/recorder.ts';
import type { RetentionLimits } from '../../src/store/retention.ts';
import { callRecord } from './call-record.ts';
import { openHere, tempDirectory, tempStore } from './temp-store.ts';

const WAIT = { timeout: 10_000, interval: 20 };
const keepAll: RetentionLimits = { keepDays: 0, keepMax: 0 };

function startRecorder(path: string, limits = keepAll) {
  const problems: string[] = [];
  const recovered: string[] = [];
  const recorder = CallRecorder.start({
    path,
    limits,
    onProblem: (message) => problems.push(message),
    onRecovered: (message) => recovered.push(message),
  });
  onTestFinished(async () => {
    await recorder.drain(1_000);
  });
  return { recorder, problems, recovered };
}

const idsIn = (store: Parameters<typeof readCalls>[0]) =>
  readCalls(store, { limit: 10_000 }).map(({ id }) => id);

describe('the call recorder', () => {
  it('writes every record, in the order in which they came', async () => {
    const store = tempStore();
    const { recorder, problems } = startRecorder(store.path);
    const ids = Array.from({ length: 2_345 }, (_, n) => `n-${n}`);
    for (const id of ids) recorder.record(callRecord(id));
    expect(await recorder.drain(10_000)).toBe(0);
    expect(idsIn(store).toReversed()).toEqual(ids);
    expect(recorder.stats()).toEqual({ queued: 0, written: 2_345, lost: 0, problem: '' });
    expect(problems).toEqual([]);
  });

  it('writes a lonely record without being asked', async () => {
    const store = tempStore();
    const { recorder } = startRecorder(store.path);
    recorder.record(callRecord('lonely'));
    await vi.waitFor(() => expect(idsIn(store)).toEqual(['lonely']), WAIT);
  });

  it('keeps records while the database is locked, tells it once, and writes them afterwards', async () => {
    const store = tempStore();
    const { recorder, problems, recovered } = startRecorder(store.path);
    store.db.exec('BEGIN IMMEDIATE');
    for (let n = 0; n < 250; n += 1) recorder.record(callRecord(`n-${n}`));
    await vi.waitFor(() => expect(recorder.stats().problem).toMatch(/locked/), WAIT);
    expect(recorder.stats()).toMatchObject({ queued: 250, written: 0, lost: 0 });
    store.db.exec('ROLLBACK');
    await vi.waitFor(() => expect(recorder.stats().written).toBe(250), WAIT);
    expect(recorder.stats().problem).toBe('');
    expect(idsIn(store)).toHaveLength(250);
    expect([problems.length, recovered.length]).toEqual([1, 1]);
  });

  it('loses what does not fit into its queue, counts it, and tells it once', async () => {
    const store = tempStore();
    const { recorder, problems } = startRecorder(store.path);
    store.db.exec('BEGIN IMMEDIATE');
    for (let n = 0; n < 10_500; n += 1) recorder.record(callRecord(`n-${n}`));
    expect(recorder.stats()).toMatchObject({ queued: 10_000, lost: 500 });
    expect(problems.filter((message) => message.includes('lost'))).toHaveLength(1);
    store.db.exec('ROLLBACK');
    expect(await recorder.drain(15_000)).toBe(0);
    expect(recorder.stats()).toMatchObject({ queued: 0, written: 10_000, lost: 500 });
  });

  it('does not let a record that the schema refuses hold back its neighbours', async () => {
    const store = tempStore();
    const { recorder, problems } = startRecorder(store.path);
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    const kind = 'neither' as CallRecord['kind'];
    recorder.record(callRecord('good-1'));
    recorder.record(callRecord('bad', { kind }));
    recorder.record(callRecord('good-2'));
    recorder.record(callRecord('cyclic', { detail: cycle }));
    expect(await recorder.drain(5_000)).toBe(0);
    expect(idsIn(store)).toEqual(['cyclic', 'good-2', 'good-1']);
    expect(recorder.stats()).toMatchObject({ written: 3, lost: 1 });
    expect(problems).toHaveLength(1);
  });

  it('waits for a database that is gone, and goes on with the one that is put in its place', async () => {
    const directory = tempDirectory();
    const path = join(directory, 'a.db');
    openHere(path, { create: true })[Symbol.dispose]();
    const { recorder } = startRecorder(path);
    recorder.record(callRecord('before'));
    await vi.waitFor(() => expect(recorder.stats().written).toBe(1), WAIT);
    renameSync(path, join(directory, 'away.db'));
    recorder.record(callRecord('meanwhile'));
    await vi.waitFor(() => expect(recorder.stats().problem).toMatch(/no database/), WAIT);
    const fresh = openHere(path, { create: true });
    await vi.waitFor(() => expect(recorder.stats().written).toBe(2), WAIT);
    expect(idsIn(fresh)).toEqual(['meanwhile']);
  });

  it('gives up at the deadline when it has to stop, and says how many were lost', async () => {
    const store = tempStore();
    const { recorder } = startRecorder(store.path);
    store.db.exec('BEGIN IMMEDIATE');
    for (let n = 0; n < 120; n += 1) recorder.record(callRecord(`n-${n}`));
    expect(await recorder.drain(300)).toBe(120);
    expect(recorder.stats()).toMatchObject({ queued: 0, lost: 120 });
    recorder.record(callRecord('too-late'));
    expect(recorder.stats().lost).toBe(121);
    store.db.exec('ROLLBACK');
  });

  it('takes expired records away when it starts', async () => {
    const store = tempStore();
    writeCalls(
      store,
      [callRecord('old', { atMs: 0 }), callRecord('new', { atMs: Date.now() })].map(toCallRow),
    );
    startRecorder(store.path, { keepDays: 90, keepMax: 0 });
    await vi.waitFor(() => expect(idsIn(store)).toEqual(['new']), WAIT);
  });
});
