// Reads that may take seconds, by name: each runs in a thread of its own, on a connection that only reads.
import type { Store } from '../store/open.ts';
import { verifyAudit, type AuditHead } from '../store/audit.ts';
import type { OutboundCall } from '../barring/verdict.ts';
import { backupForDownload } from './backup.ts';
import { denialFigures, type DenialFiguresQuery } from './denial-figures.ts';
import { listExtensions } from './extension-list.ts';
import { formatExtensions } from './extension-table.ts';
import { listUsedLimits } from './limit-list.ts';
import { planPolicy, policyText } from './policy-file/apply.ts';
import { replayRecords, type RecordedReplayQuery } from './policy-file/recorded-replay.ts';
import { pickupStatistics, type StatisticsQuery } from './pickup-statistics.ts';
import { judgedCall, whoMayCall, type Moments } from './policy-questions.ts';
import { PolicySnapshots } from './policy-snapshots.ts';

/** Of the thread; it ends soon after the last question. */
const snapshots = new PolicySnapshots();

/** Query and answer go from thread to thread: plain data. */
export const heavyReads = {
  'extension-table': (store: Store, _query: null) => formatExtensions(listExtensions(store)),
  'policy-text': (store: Store, { version }: { readonly version: number | null }) =>
    policyText(store, version),
  'policy-plan': (store: Store, { text, file }: { readonly text: string; readonly file: string }) =>
    planPolicy(store, text, file),
  'policy-replay': (store: Store, query: RecordedReplayQuery) => replayRecords(store, snapshots, query),
  backup: (store: Store, query: { readonly bytesMax: number }) => backupForDownload(store, query),
  'audit-verify': (store: Store, noted: readonly AuditHead[]) => verifyAudit(store, noted),
  'limit-uses': (store: Store, { nowMs }: { readonly nowMs: number }) => listUsedLimits(store, nowMs),
  'judged-call': (store: Store, { call, nowMs }: { readonly call: OutboundCall; readonly nowMs: number }) =>
    judgedCall(store, snapshots, call, nowMs),
  'who-may': (store: Store, { dialled, moments }: { readonly dialled: string; readonly moments: Moments }) =>
    whoMayCall(store, snapshots, dialled, moments),
  'pickup-statistics': (store: Store, query: StatisticsQuery) => pickupStatistics(store, query),
  'denial-figures': (store: Store, query: DenialFiguresQuery) => denialFigures(store, query),
} as const satisfies Readonly<Record<string, (store: Store, query: never) => unknown>>;

export type HeavyRead = keyof typeof heavyReads;
export type HeavyQuery<Name extends HeavyRead> = Parameters<(typeof heavyReads)[Name]>[1];
export type HeavyAnswer<Name extends HeavyRead> = Awaited<ReturnType<(typeof heavyReads)[Name]>>;
