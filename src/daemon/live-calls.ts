// What rings, as live events: the board is looked at a moment after it changed, and what differs is told.
import type { PickupRecord } from '../asterisk/pickup-record.ts';
import { forgetOldest } from '../forget-oldest.ts';
import type { LiveCall, LiveConcern, LiveEvent, LivePickup } from '../http/live-ports.ts';
import type { RingingCall } from '../pickup/call.ts';
import type { RingRecord } from '../pickup/ring-record.ts';
import type { PickupRights } from '../pickup/rights.ts';
import type { LiveHub } from './live-hub.ts';

/** The board is looked at so often at most; where looking takes long, less often, for a tenth of the time. */
const LOOK_MS = 100;
const LOOK_SHARE = 10;
/** Calls whose takers are looked up in one look take no longer than that together; the others follow with the next look. */
const LOOK_BUDGET_MS = 10;
/** Takers that an event names; whoever listens as one of the others sees it, too. */
const TAKERS_SHOWN_MAX = 50;
/** Calls whose takers are remembered beyond their end, for what is told of them afterwards. */
const REMEMBERED_MAX = 5_000;

export interface LiveCallsPorts {
  readonly hub: Pick<LiveHub, 'emit' | 'isWanted'>;
  readonly ringing: () => readonly RingingCall[];
  /** Null while no policy is loaded. */
  readonly rights: () => PickupRights | null;
  /** Who may take the call now. */
  readonly mayTake: (call: RingingCall, rights: PickupRights) => readonly string[];
  /** Whether somebody else must know what rings though nobody listens, and what he is told then. */
  readonly alerts: { isWanted(): boolean; onRinging(ringing: readonly RingingCall[]): void } | null;
  /** Milliseconds. */
  readonly monotonicMs: () => number;
}

export interface LiveCalls extends Disposable {
  /** Called after every event of the link, so it only sets a timer. */
  onBoardChange(): void;
  onRung(record: RingRecord): void;
  /** Attempts that are still open are not told. */
  onPickup(record: PickupRecord): void;
  /** What rings now, as `ringing` events for somebody who begins to listen. */
  board(): readonly LiveEvent[];
}

/** What was told of a call that rings, and of what it was made: the takers are looked up only when that differs. */
interface Told {
  readonly call: LiveCall;
  readonly concern: LiveConcern;
  readonly madeOf: string;
  readonly rights: PickupRights | null;
}

interface Looking {
  readonly ports: LiveCallsPorts;
  readonly told: Map<string, Told>;
  readonly concerns: Map<string, LiveConcern>;
  timer: NodeJS.Timeout | null;
  waitMs: number;
}

export function createLiveCalls(ports: LiveCallsPorts): LiveCalls {
  const looking: Looking = { ports, told: new Map(), concerns: new Map(), timer: null, waitMs: LOOK_MS };
  return {
    onBoardChange: () => lookSoon(looking),
    onRung: (record) => {
      // Before the end of a call comes what was last to be told of it.
      if (looking.timer !== null && looking.told.size < REMEMBERED_MAX) look(looking);
      looking.told.delete(record.callId);
      const extensions = record.extensions.map(({ extension }) => extension);
      const takers = looking.concerns.get(record.callId)?.takers ?? [];
      ports.hub.emit({ type: 'rung', data: record }, { callId: record.callId, extensions, takers });
    },
    onPickup: (record) => {
      const data = pickupNews(record);
      if (data !== null) ports.hub.emit({ type: 'pickup', data }, concernOfPickup(looking, record));
    },
    board: () => {
      look(looking);
      return [...looking.told.values()]
        .map(({ call, concern }) => ({
          id: '',
          type: 'ringing' as const,
          atMs: call.ringingSinceMs,
          data: call,
          concern,
        }))
        .toSorted((a, b) => a.atMs - b.atMs);
    },
    [Symbol.dispose]: () => {
      if (looking.timer !== null) clearTimeout(looking.timer);
      looking.timer = null;
    },
  };
}

const isWanted = ({ ports }: Looking) => ports.hub.isWanted() || ports.alerts?.isWanted() === true;

function lookSoon(looking: Looking): void {
  if (looking.timer !== null || !isWanted(looking)) return;
  looking.timer = setTimeout(() => {
    looking.timer = null;
    look(looking);
  }, looking.waitMs).unref();
}

function look(looking: Looking): void {
  const { ports, told } = looking;
  const startMs = ports.monotonicMs();
  const ringing = ports.ringing();
  const ids = new Set(ringing.map(({ callId }) => callId));
  for (const { call, concern } of told.values()) {
    if (ids.has(call.callId)) continue;
    told.delete(call.callId);
    ports.hub.emit({ type: 'ringing', data: { ...call, legs: [], mayTake: [] } }, concern);
  }
  const rights = ports.rights();
  let isBehind = false;
  for (const call of ringing) {
    const madeOf = JSON.stringify(call);
    const before = told.get(call.callId);
    if (before?.madeOf === madeOf && before.rights === rights) continue;
    isBehind = ports.monotonicMs() - startMs >= LOOK_BUDGET_MS;
    if (isBehind) break;
    tell(looking, call, madeOf, rights);
  }
  ports.alerts?.onRinging(ringing);
  looking.waitMs = Math.max(LOOK_MS, (ports.monotonicMs() - startMs) * LOOK_SHARE);
  if (isBehind) lookSoon(looking);
}

function tell(
  { ports, told, concerns }: Looking,
  call: RingingCall,
  madeOf: string,
  rights: PickupRights | null,
): void {
  const { callId } = call;
  const takers = rights === null ? [] : ports.mayTake(call, rights);
  const live: LiveCall = { ...call, mayTake: takers.slice(0, TAKERS_SHOWN_MAX) };
  const concern = { callId, extensions: call.legs.map(({ extension }) => extension), takers };
  const before = told.get(callId);
  told.set(callId, { call: live, concern, madeOf, rights });
  concerns.delete(callId);
  concerns.set(callId, concern);
  forgetOldest(concerns, REMEMBERED_MAX);
  // Another policy need not have changed anything for this call.
  if (before?.madeOf === madeOf && before.concern.takers.join(' ') === takers.join(' ')) return;
  ports.hub.emit({ type: 'ringing', data: live }, concern);
}

function concernOfPickup({ concerns }: Looking, { picker, call }: PickupRecord): LiveConcern {
  const known = concerns.get(call?.callId ?? '');
  const pickers = picker === null ? [] : [picker];
  return {
    callId: call?.callId ?? '',
    extensions: [...(known?.extensions ?? []), ...(call ? [call.from] : [])],
    takers: [...(known?.takers ?? []), ...pickers],
  };
}

/** Null while its outcome is open. */
function pickupNews(record: PickupRecord): LivePickup | null {
  const { id, picker, kind, target, choice, rule, outcome, told, takenBy, call } = record;
  if (outcome === null) return null;
  return {
    id,
    picker,
    kind,
    target,
    choice,
    rule,
    outcome,
    told,
    takenBy,
    callId: call?.callId ?? null,
    callerNumber: call?.callerNumber ?? null,
    callerName: call?.callerName ?? null,
    from: call?.from ?? null,
    rangMs: call?.rangMs ?? null,
  };
}
