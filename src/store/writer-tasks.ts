// What the writer's thread does beside batches of records: small tasks, one transaction each, with an answer.
import type { Quarantine } from '../barring/usage.ts';
import { appendAudit } from './audit.ts';
import { isQuiet, writeNotice, type Notice } from './notices.ts';
import type { Store } from './open.ts';
import { runPinTask, type PinTasks } from './pin-tasks.ts';
import { policyVersion } from './policy.ts';
import { deleteQuarantine, readQuarantine, readQuarantines, writeQuarantine } from './quarantines.ts';
import { inWriteTransaction } from './transaction.ts';

/** Each task with its answer; a task is plain data, as it travels between threads. */
export interface WriterTasks extends PinTasks {
  'write-notice': { readonly task: { readonly notice: Notice }; readonly answer: null };
  /** A quarantine by the daemon, its audit row and its notice. The longer one of two stays. */
  quarantine: {
    readonly task: { readonly quarantine: Quarantine; readonly notice: Notice };
    readonly answer: { readonly quarantine: Quarantine };
  };
  /** Takes away what has ended by then, with audit rows; answers whose quarantine that was. */
  'end-quarantines': {
    readonly task: { readonly atMs: number; readonly pbx: string };
    readonly answer: { readonly ended: readonly Quarantine[] };
  };
}

export type WriterTaskType = keyof WriterTasks;
export type WriterTask = {
  [Type in WriterTaskType]: { readonly type: Type } & WriterTasks[Type]['task'];
}[WriterTaskType];
export type WriterAnswer<Task extends WriterTask> = WriterTasks[Task['type']]['answer'];

/** Stands in the audit where no person asked for it. */
const DAEMON = 'daemon';

/**
 * Does one task, whole or not at all.
 * @throws AppError of the store.
 */
export function runTask(store: Store, task: WriterTask): WriterTasks[WriterTaskType]['answer'] {
  return inWriteTransaction(store, () => {
    switch (task.type) {
      case 'write-notice':
        // Of several daemons each may see the same limit reached.
        if (!isQuiet(store, task.notice)) writeNotice(store, task.notice);
        return null;
      case 'quarantine':
        return quarantine(store, task.quarantine, task.notice);
      case 'end-quarantines':
        return { ended: endQuarantines(store, task.atMs, task.pbx) };
      case 'read-pin-state':
      case 'read-pins':
      case 'claim-pin':
      case 'note-pin-failure':
        return runPinTask(store, task);
    }
  });
}

function quarantine(store: Store, wanted: Quarantine, notice: Notice): { quarantine: Quarantine } {
  const before = readQuarantine(store, wanted.extension);
  if (before !== null && endsLater(before, wanted)) return { quarantine: before };
  writeQuarantine(store, wanted);
  writeNotice(store, notice);
  auditQuarantine(store, notice.atMs, notice.pbx, 'extension-quarantined', before, wanted);
  return { quarantine: wanted };
}

const endOf = ({ untilMs }: Quarantine) => untilMs ?? Number.POSITIVE_INFINITY;
const endsLater = (one: Quarantine, other: Quarantine) => endOf(one) >= endOf(other);

function endQuarantines(store: Store, atMs: number, pbx: string): readonly Quarantine[] {
  const ended = readQuarantines(store).filter((row) => endOf(row) <= atMs);
  for (const row of ended) {
    deleteQuarantine(store, row.extension);
    auditQuarantine(store, atMs, pbx, 'quarantine-ended', row, null);
    const text = `The quarantine of ${row.extension} has ended.`;
    writeNotice(store, {
      atMs,
      pbx,
      kind: 'released',
      extension: row.extension,
      text,
      detail: { by: row.by, ended: true },
    });
  }
  return ended;
}

function auditQuarantine(
  store: Store,
  atMs: number,
  pbx: string,
  action: string,
  before: Quarantine | null,
  after: Quarantine | null,
): void {
  const subject = `quarantine ${(after ?? before)?.extension ?? ''}`;
  appendAudit(store, [
    { atMs, pbx, actor: DAEMON, action, subject, before, after, policyVersion: policyVersion(store) },
  ]);
}
