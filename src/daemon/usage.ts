// What the daemon knows of calls already made: the ledger, fed by verdicts and events, and what follows.
import type { AriEvent, AriLink } from '../asterisk/ari/link.ts';
import type { DecisionRecord } from '../asterisk/screening-session.ts';
import type { EndedCall } from '../barring/ledger-calls.ts';
import { KEPT_MS } from '../barring/ledger-log.ts';
import { createSigns, LEARNING_CALLS, type Sign } from '../barring/ledger-signs.ts';
import { createLedger, type Ledger } from '../barring/ledger.ts';
import { screenCall, type ScreenedCall } from '../barring/screen-call.ts';
import type { PolicySnapshot } from '../barring/snapshot.ts';
import type { Quarantine, Usage } from '../barring/usage.ts';
import type { OutboundCall } from '../barring/verdict.ts';
import type { Config } from '../config/config.ts';
import type { Logger } from '../config/logger.ts';
import { localTimeMs } from './house-clock.ts';
import { giveLimitNotices } from './limit-notices.ts';
import { createNotices, type Notices } from './notices.ts';
import { openQuarantineDesk, type QuarantineDesk } from './quarantines.ts';
import { decisionRow } from './records.ts';
import { shareCalls, type SharedCalls } from './shared-calls.ts';
import { forgetOldest } from '../forget-oldest.ts';
import { readNotices } from '../store/notices.ts';
import type { Store } from '../store/open.ts';
import type { CallRecorder } from '../store/recorder.ts';
import { readSeenRegions } from '../store/seen-regions.ts';
import { countChargeableCalls, readChargeableCalls } from '../store/usage.ts';

/** Judged calls whose record is still to come, at most; the oldest go first. */
const UNRECORDED_MAX = 5_000;
/** A call of before the start that began longer ago is not taken for one that is up. */
const UP_SINCE_MAX_MS = 24 * 3_600_000;
const SIGN_QUARANTINE_MS = 4 * 3_600_000;
const NOTICES_READ_MAX = 10_000;

type UsageLink = Pick<AriLink, 'listChannels' | 'getChannel'>;

/** Which question a judgement answers. */
export interface Question {
  readonly channelId: string;
  readonly nonce: string;
}

export interface DaemonUsage extends Disposable {
  /** Judges a call by the policy and by what was called before, and counts it at once if it is let out. */
  judge(snapshot: PolicySnapshot, call: OutboundCall, question: Question): ScreenedCall;
  /** What became of a verdict. */
  said(decision: DecisionRecord): void;
  /** Writes the record of a decision, and gives notice of what it is a sign of. */
  record(decision: DecisionRecord): void;
  onEvent(event: AriEvent): void;
  /** After each connect: calls whose channels are gone are over. Never rejects. */
  onUp(link: UsageLink): Promise<void>;
  quarantines(): readonly Quarantine[];
  /** Notices of the last 24 hours. */
  noticesOfLastDay(): number;
  readonly notices: Notices;
}

export interface DaemonUsageOptions {
  readonly config: Config;
  readonly logger: Logger;
  /** Read from at the start. */
  readonly store: Store;
  readonly recorder: CallRecorder;
  readonly snapshot: () => PolicySnapshot | null;
  /** Until when PINs are refused for somebody; null where they are not. */
  readonly pinLockedUntilMs: Usage['pinLockedUntilMs'];
  readonly nowMs: () => number;
  readonly onNotice?: Parameters<typeof createNotices>[2];
}

/** A judged call until its record is written. */
interface Unrecorded {
  readonly repeated: boolean;
  endedMs: number | null;
}

interface Parts extends DaemonUsageOptions {
  readonly ledger: Ledger;
  readonly signs: ReturnType<typeof createSigns>;
  readonly notices: Notices;
  readonly quarantines: QuarantineDesk;
  readonly unrecorded: Map<string, Unrecorded>;
  readonly shared: SharedCalls;
}

/** Starts with what the records of the last 31 days say; what cannot be read of them is reported and not counted. */
export function createDaemonUsage(options: DaemonUsageOptions): DaemonUsage {
  const { config, logger, recorder, nowMs } = options;
  const ledger = createLedger();
  const notices = createNotices(recorder, logger, options.onNotice);
  const quarantines = openQuarantineDesk({
    path: config.database.path,
    pbx: config.pbx.name,
    ledger,
    recorder,
    notices,
    logger,
    nowMs,
  });
  let asterisk: UsageLink | null = null;
  const shared = shareCalls({
    config,
    logger,
    ledger,
    onUp: ({ channelId }) => {
      const ask = async () =>
        (await asterisk?.getChannel(channelId)) === null && over(parts, ledger.ended(channelId, nowMs()));
      // The next listing ends it.
      ask().catch(() => undefined);
    },
  });
  const parts: Parts = {
    ...options,
    ledger,
    notices,
    quarantines,
    signs: createSigns(),
    shared,
    unrecorded: new Map(),
  };
  restore(parts);
  return {
    judge(snapshot, call, question) {
      const { atMs, dialled: number } = call;
      const { pinLockedUntilMs } = options;
      const past = ledger.usage({ atMs, channelId: question.channelId, number });
      const screened = screenCall(snapshot, call, { ...past, pinLockedUntilMs });
      try {
        count(parts, snapshot, call, question, screened);
      } catch (error) {
        // I9: whatever goes wrong in here, the verdict stands.
        logger.error('records', { problem: `a call could not be counted: ${String(error)}` });
      }
      return screened;
    },
    said({ outcome, request }) {
      const callId = callIdOf(request);
      // Another daemon may have said it: then the call is that one's, and counted already.
      if (outcome === 'abandoned' && parts.unrecorded.get(callId)?.repeated !== true)
        ledger.takenBack(callId);
    },
    record: (decision) => record(parts, decision),
    onEvent: (event) => onEvent(parts, event),
    onUp: (link) => {
      asterisk = link;
      return reconcile(parts, link);
    },
    quarantines: () => ledger.quarantines(nowMs()),
    noticesOfLastDay: () => notices.lastDay(nowMs()),
    notices,
    [Symbol.dispose]: () => {
      shared[Symbol.dispose]();
      quarantines[Symbol.dispose]();
    },
  };
}

/** The id of the decision's record. */
const callIdOf = ({ nonce }: Pick<Question, 'nonce'>) => `decision:${nonce}`;

function restore({ ledger, signs, shared, notices, store, logger, nowMs }: Parts): void {
  try {
    for (const call of readChargeableCalls(store, nowMs() - KEPT_MS)) {
      const isUp = call.endedMs === null && call.atMs > nowMs() - UP_SINCE_MAX_MS;
      ledger.restored({ ...call, callId: call.id, number: call.dialled }, isUp);
      shared.own(call.id);
    }
    signs.restore(countChargeableCalls(store, LEARNING_CALLS), readSeenRegions(store));
    notices.restore(readNotices(store, { sinceMs: nowMs() - KEPT_MS, limit: NOTICES_READ_MAX }));
  } catch (error) {
    logger.error('records', { problem: `limits start from nothing: ${String(error)}` });
  }
}

function count(
  parts: Parts,
  snapshot: PolicySnapshot,
  call: OutboundCall,
  question: Question,
  { destination, verdict }: ScreenedCall,
): void {
  if (verdict.notices.length > 0) giveLimitNotices(parts, snapshot, call, verdict.notices);
  if (verdict.kind !== 'continue' || verdict.classes.length === 0) return;
  const callId = callIdOf(question);
  const { repeated, ended } = parts.ledger.started({
    callId,
    channelId: question.channelId,
    atMs: call.atMs,
    extension: call.payer,
    groups: groupsOf(snapshot, call.payer),
    classes: verdict.classes,
    regions: 'regions' in destination ? destination.regions : [],
    number: call.dialled,
  });
  parts.shared.own(callId);
  parts.unrecorded.delete(callId);
  parts.unrecorded.set(callId, { repeated, endedMs: null });
  forgetOldest(parts.unrecorded, UNRECORDED_MAX);
  over(parts, ended);
}

function groupsOf(snapshot: PolicySnapshot, payer: string | null): readonly string[] {
  const known = payer === null ? undefined : snapshot.extensions.get(payer);
  return known ? known.groups.map(({ name }) => name) : [];
}

function record(parts: Parts, decision: DecisionRecord): void {
  const { recorder, config, unrecorded } = parts;
  const row = decisionRow(config.pbx.name, decision);
  const judgement = unrecorded.get(row.id);
  unrecorded.delete(row.id);
  // A call that is judged again on its way, such as for another trunk, is one chargeable call.
  recorder.record(judgement?.repeated === true ? { ...row, classes: [] } : row);
  const endedMs = judgement?.endedMs ?? null;
  if (endedMs !== null) recorder.end({ kind: 'end', id: row.id, endedMs });
  if (judgement?.repeated !== true) giveSigns(parts, signsOf(parts, decision), decision.atMs);
}

function signsOf({ signs }: Parts, { request, verdict, destination, outcome, atMs }: DecisionRecord) {
  const { payer } = request.identity;
  if (payer === null || outcome === 'abandoned') return [];
  const isAbroad = destination.kind === 'international';
  if (verdict.kind === 'deny') {
    return isAbroad && verdict.reason !== 'quarantined' ? signs.refused(payer, atMs) : [];
  }
  if (verdict.kind !== 'continue' || verdict.classes.length === 0) return [];
  const { e164, regions } = 'regions' in destination ? destination : { e164: null, regions: [] };
  return signs.started({ extension: payer, atMs, e164, regions }, isAbroad);
}

function giveSigns(parts: Parts, found: readonly Sign[], atMs: number): void {
  const snapshot = parts.snapshot();
  const todo = snapshot?.settings.fraudSigns ?? 'off';
  if (todo === 'off') return;
  for (const { kind, extension, text, grave } of found) {
    parts.notices.give({
      atMs,
      pbx: parts.config.pbx.name,
      kind: `sign-${kind}`,
      extension,
      text,
      detail: {},
    });
    if (todo !== 'quarantine' || !grave || snapshot?.settings.mode !== 'enforce') continue;
    const untilMs = atMs + SIGN_QUARANTINE_MS;
    parts.quarantines.impose({ extension, sinceMs: atMs, untilMs, reason: text, by: `sign:${kind}` });
  }
}

function onEvent(parts: Parts, event: AriEvent): void {
  const { ledger, nowMs } = parts;
  if (event.type === 'Dial') {
    if (event.caller) ledger.dialled(event.caller.id, event.peer.id);
    if (event.dialstatus === 'ANSWER') ledger.answered(event.peer.id, nowMs());
  } else if (event.type === 'ChannelDestroyed') {
    over(parts, ledger.ended(event.channel.id, nowMs()));
  }
}

async function reconcile(parts: Parts, link: UsageLink): Promise<void> {
  const { ledger, logger, nowMs } = parts;
  const askedMs = nowMs();
  try {
    const alive = new Set((await link.listChannels()).map(({ id }) => id));
    over(parts, ledger.reconcile(alive, askedMs, nowMs()));
  } catch (error) {
    logger.warn('ari-problem', { problem: `calls that are up could not be listed: ${String(error)}` });
  }
}

/** Calls that are over: their ends go to their records, and short ones at night are a sign. */
function over(parts: Parts, ended: readonly EndedCall[]): void {
  for (const { call, endedMs, answeredMs } of ended) {
    const unrecorded = parts.unrecorded.get(call.callId);
    if (unrecorded) unrecorded.endedMs = endedMs;
    else parts.recorder.end({ kind: 'end', id: call.callId, endedMs });
    // Whoever let the call out sees the signs in it.
    if (parts.shared.isForeign(call.callId)) continue;
    if (answeredMs === null || call.extension === null || !call.classes.includes('international')) continue;
    const hour = new Date(localTimeMs(parts.snapshot(), endedMs)).getUTCHours();
    const found = parts.signs.ended({ extension: call.extension, answeredMs, endedMs, hour });
    giveSigns(parts, found, endedMs);
  }
}
