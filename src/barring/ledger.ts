// The ledger of chargeable calls: what limits count, and who is in quarantine. Bounded, and without a clock.
import { createCallsUp, type EndedCall, type LetOutCall } from './ledger-calls.ts';
import { createScopeCounts, scopesOf } from './ledger-scopes.ts';
import type { LimitClass } from './policy.ts';
import type { Quarantine, Usage, UsageScope } from './usage.ts';

/** Who asks, so that a call is not counted against itself. */
export interface Asking {
  readonly atMs: number;
  readonly channelId: string;
  readonly number: string;
}

export interface Started {
  /** The same call of the same channel once more, such as over another trunk: it counts once. */
  readonly repeated: boolean;
  /** Earlier calls of the channel that are over by this. */
  readonly ended: readonly EndedCall[];
}

export interface Ledger {
  /** A call is let out. To be told with the verdict, so that two calls at once cannot both slip under a limit. */
  started(call: LetOutCall): Started;
  /** The caller was gone before the verdict was said: it was no call. */
  takenBack(callId: string): void;
  dialled(callerId: string, peerId: string): void;
  answered(peerId: string, atMs: number): void;
  ended(channelId: string, atMs: number): readonly EndedCall[];
  /** After a gap in the events: `alive` are the channels listed, `listedAtMs` when the listing was asked for. */
  reconcile(alive: ReadonlySet<string>, listedAtMs: number, atMs: number): readonly EndedCall[];
  /** A call of before the start, or of another daemon. */
  restored(call: LetOutCall, isUp: boolean): void;
  /** Those that stand now, in the place of all earlier ones. */
  setQuarantines(quarantines: readonly Quarantine[]): void;
  /** All that have not ended by then. */
  quarantines(atMs: number): readonly Quarantine[];
  usage(asking: Asking): Omit<Usage, 'pinLockedUntilMs'>;
}

export function createLedger(): Ledger {
  const counts = createScopeCounts();
  const up = createCallsUp();
  let quarantines: ReadonlyMap<string, Quarantine> = new Map();

  const begin = (call: LetOutCall) => {
    up.add(call);
    counts.changeUp(call, 1);
  };
  const finish = (ended: readonly EndedCall[]) => {
    for (const { call } of ended) counts.changeUp(call, -1);
    return ended;
  };

  return {
    started(call) {
      if (isRepeated(up.askedBy(call.channelId), call)) return { repeated: true, ended: [] };
      const ended = finish(up.leave(call.channelId, call.atMs));
      counts.add(call);
      begin(call);
      return { repeated: false, ended };
    },
    takenBack(callId) {
      const call = up.remove(callId);
      if (!call) return;
      counts.changeUp(call, -1);
      counts.remove(call);
    },
    dialled: (callerId, peerId) => up.dialled(callerId, peerId),
    answered: (peerId, atMs) => up.answered(peerId, atMs),
    ended: (channelId, atMs) => finish(up.gone(channelId, atMs)),
    reconcile(alive, listedAtMs, atMs) {
      const ended = up.reconcile(alive, listedAtMs, atMs);
      // Counted anew, as some could not be followed.
      counts.clearUp();
      for (const call of up.all()) counts.changeUp(call, 1);
      return ended;
    },
    restored(call, isUp) {
      counts.add(call);
      if (isUp) begin(call);
    },
    setQuarantines(rows) {
      quarantines = new Map(rows.map((row) => [row.extension, row]));
    },
    quarantines: (atMs) => [...quarantines.values()].filter((row) => holds(row, atMs)),
    usage({ atMs, channelId, number }) {
      const own = up.askedBy(channelId);
      const again = isRepeated(own, { number }) ? own : null;
      return {
        calls: (scope, of, sinceMs) =>
          counts.calls(scope, of, sinceMs) -
          (again && again.call.atMs >= sinceMs && countsIn(again.call, scope, of) ? 1 : 0),
        concurrent: (scope, of) => counts.up(scope, of) - (own && countsIn(own.call, scope, of) ? 1 : 0),
        regions: (scope, of, sinceMs) => counts.regions(scope, of, sinceMs),
        quarantine: (extension) => {
          const row = quarantines.get(extension);
          return row && holds(row, atMs) ? row : null;
        },
      };
    },
  };
}

const holds = ({ untilMs }: Quarantine, atMs: number) => untilMs === null || atMs < untilMs;

type Asked = ReturnType<ReturnType<typeof createCallsUp>['askedBy']>;

/** Once it was answered, the next call of the channel is another one, whatever its number. */
const isRepeated = (own: Asked, call: Pick<LetOutCall, 'number'>): boolean =>
  own !== null && !own.answered && own.call.number === call.number;

function countsIn(call: LetOutCall, scope: UsageScope, of: LimitClass): boolean {
  return (
    call.classes.includes(of) &&
    scopesOf(call).some(({ kind, name }) => kind === scope.kind && name === scope.name)
  );
}
