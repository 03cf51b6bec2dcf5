// The writer's thread does tasks between batches: on disk before the answer, in order, and never longer than asked.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Quarantine } from '../../src/barring/usage.ts';
import { readAudit, verifyAudit } from '../../src/store/audit.ts';
import { readCalls } from '../../src/store/calls.ts';
import { readNotices, type Notice } from '../../src/store/notices.ts';
import { readQuarantines } from '../../src/store/quarantines.ts';
import { CallRecorder } from '../../src/store/recorder.ts';
import { runTask, type WriterTask } from '../../src/store/writer-tasks.ts';
import { callRecord } from './call-record.ts';
import { tempStore } from './temp-store.ts';

const AT = Date.UTC(2026, 10, 21, 12);
const DEADLINE_MS = 10_000;

function startRecorder(path: string) {
  const recorder = CallRecorder.start({
    path,
    limits: { keepDays: 0, keepMax: 0 },
    onProblem: () => undefined,
    onRecovered: () => undefined,
  });
  onTestFinished(async () => {
    await recorder.drain(1_000);
  });
  return recorder;
}

const notice = (changes: Partial<Notice> = {}): Notice => ({
  atMs: AT,
  pbx: 'head-office',
  kind: 'limit-reached',
  extension: '1001',
  text: 'The limit is reached.',
  detail: { limit: 'limit:7' },
  ...changes,
});

const noticeTask = (text: string): WriterTask => ({ type: 'write-notice', notice: notice({ text }) });

const quarantineTask = (changes: Partial<Quarantine> = {}) => ({
  type: 'quarantine' as const,
  quarantine: {
    extension: '1001',
    sinceMs: AT,
    untilMs: AT + 3_600_000,
    reason: 'The limit is reached.',
    by: 'limit:7',
    ...changes,
  },
  notice: notice({ kind: 'quarantined' }),
});

describe('a task of the writer', () => {
  it('is on disk when its answer comes, behind the records that were given before it', async () => {
    const store = tempStore();
    const recorder = startRecorder(store.path);
    for (let n = 0; n < 250; n += 1) recorder.record(callRecord(`n-${n}`));
    expect(await recorder.run(noticeTask('first'), DEADLINE_MS)).toBeNull();
    expect(readNotices(store, { limit: 10 })).toEqual([{ ...notice({ text: 'first' }), seq: 1 }]);
    expect(readCalls(store, { limit: 1000 })).toHaveLength(250);
  });

  it('keeps its order among others, and leaves the records after it their own', async () => {
    const store = tempStore();
    const recorder = startRecorder(store.path);
    const texts = Array.from({ length: 40 }, (_, n) => `notice ${n}`);
    const answers = texts.map((text, n) => {
      recorder.record(callRecord(`n-${n}`));
      return recorder.run(noticeTask(text), DEADLINE_MS);
    });
    await Promise.all(answers);
    expect(readNotices(store, { limit: 100 }).map(({ text }) => text)).toEqual(texts.toReversed());
    expect(await recorder.drain(DEADLINE_MS)).toBe(0);
    expect(readCalls(store, { limit: 100 })).toHaveLength(40);
  });

  it('is given up at its deadline while the database is locked, and leaves nothing behind', async () => {
    const store = tempStore();
    const recorder = startRecorder(store.path);
    await recorder.run(noticeTask('before'), DEADLINE_MS);
    store.db.exec('BEGIN IMMEDIATE');
    const refused = recorder.run(noticeTask('too late'), 200);
    await expect(refused).rejects.toMatchObject({ code: 'unavailable' });
    store.db.exec('ROLLBACK');
    recorder.record(callRecord('after'));
    await recorder.run(noticeTask('after'), DEADLINE_MS);
    expect(readCalls(store, { limit: 10 })).toHaveLength(1);
    const texts = readNotices(store, { limit: 10 }).map(({ text }) => text);
    expect(texts[0]).toBe('after');
    expect(texts.at(-1)).toBe('before');
  });

  it('waits out a lock that is shorter than its deadline', async () => {
    const store = tempStore();
    const recorder = startRecorder(store.path);
    store.db.exec('BEGIN IMMEDIATE');
    const answer = recorder.run(noticeTask('patient'), DEADLINE_MS);
    await new Promise((resolve) => setTimeout(resolve, 300));
    store.db.exec('ROLLBACK');
    await answer;
    expect(readNotices(store, { limit: 10 })).toHaveLength(1);
  });

  it('that the schema refuses says so, and the next ones are done', async () => {
    const store = tempStore();
    const recorder = startRecorder(store.path);
    const bad = recorder.run(noticeTask(null as unknown as string), DEADLINE_MS);
    const good = recorder.run(noticeTask('good'), DEADLINE_MS);
    await expect(bad).rejects.toMatchObject({ code: 'conflict' });
    expect(await good).toBeNull();
  });

  it('is refused once the recorder has stopped, and one that waits then is rejected', async () => {
    const store = tempStore();
    const recorder = startRecorder(store.path);
    store.db.exec('BEGIN IMMEDIATE');
    const [waiting] = await Promise.allSettled([
      recorder.run(noticeTask('waits'), DEADLINE_MS),
      recorder.drain(200),
    ]);
    expect(waiting).toMatchObject({ status: 'rejected', reason: { code: 'unavailable' } });
    store.db.exec('ROLLBACK');
    await expect(recorder.run(noticeTask('late'), DEADLINE_MS)).rejects.toMatchObject({
      code: 'unavailable',
    });
  });

  it('puts an extension into quarantine with its notice and its audit row', () => {
    const store = tempStore();
    expect(runTask(store, quarantineTask())).toEqual({ quarantine: quarantineTask().quarantine });
    expect(readQuarantines(store)).toEqual([quarantineTask().quarantine]);
    expect(readNotices(store, { limit: 10 })).toMatchObject([{ kind: 'quarantined', extension: '1001' }]);
    expect(readAudit(store, { limit: 10 })).toMatchObject([
      { actor: 'daemon', action: 'extension-quarantined', subject: 'quarantine 1001', before: null },
    ]);
    expect(verifyAudit(store)).toMatchObject({ whole: true });
  });

  it('never shortens a quarantine', () => {
    const store = tempStore();
    const byHand = { untilMs: null, by: 'cli:maria' };
    runTask(store, quarantineTask(byHand));
    runTask(store, quarantineTask());
    expect(readQuarantines(store)).toMatchObject([byHand]);
    expect(readAudit(store, { limit: 10 })).toHaveLength(1);
  });

  it('ends a quarantine at its time, not before, and leaves one without an end', () => {
    const store = tempStore();
    runTask(store, quarantineTask());
    runTask(store, quarantineTask({ extension: '1002', untilMs: null }));
    const end = (atMs: number) => runTask(store, { type: 'end-quarantines', atMs, pbx: 'head-office' });
    expect(end(AT + 3_599_999)).toEqual({ ended: [] });
    expect(end(AT + 3_600_000)).toMatchObject({ ended: [{ extension: '1001' }] });
    expect(readQuarantines(store)).toMatchObject([{ extension: '1002' }]);
    expect(readAudit(store, { limit: 1 })).toMatchObject([{ action: 'quarantine-ended', after: null }]);
    expect(readNotices(store, { kind: 'released', limit: 10 })).toMatchObject([{ extension: '1001' }]);
  });
});
