// A lab with the pickup codes and the pickup side of the daemon, for tests with real calls.
import { connectAri, type AriTransport } from '../../../src/asterisk/ari/connect.ts';
import type { AriEvent, AriLink } from '../../../src/asterisk/ari/link.ts';
import { pickupSection } from '../../../src/asterisk/dialplan/pickup.ts';
import type { PickupRecord } from '../../../src/asterisk/pickup-record.ts';
import { createPickup, type Pickup } from '../../../src/asterisk/pickup-session.ts';
import type { PickupPolicyData, RingingCall } from '../../../src/pickup/call.ts';
import { compileRights, type PickupRights } from '../../../src/pickup/rights.ts';
import { startLab, type Lab } from '../../lab/lab.ts';
import type { AsteriskLine } from '../../lab/install.ts';
import { pickupGroup, pickupPolicy } from '../../pickup/policy.ts';

export const ANNOUNCED = {
  'no-right': 'feature-not-avail-line',
  'nothing-ringing': 'pbx-invalid',
  'already-taken': 'beeperr',
  'own-call': 'beep',
} as const;

export const UNAVAILABLE = 'ss-noservice';
export const UNREADABLE = 'cannot-complete-as-dialed';
/** Without this chan_pjsip takes `*8` for its own pickup, which asks no right of ours, and the dialplan never sees it. */
export const FEATURES_CONF = '[general]\npickupexten=\n';

export const DEADLINE_MS = 1_500;

/**
 * `sales`: 1002 to 1005, who take from each other. `desk`: 1005 may take from 1006, not the other way. 1001 calls and is in no
 * group; 1006 may take nothing.
 */
export const POLICY: PickupPolicyData = pickupPolicy({
  groups: [
    pickupGroup('sales', { '1002': 'both', '1003': 'both', '1004': 'both', '1005': 'both' }),
    pickupGroup('desk', { '1005': 'interceptor', '1006': 'target' }),
  ],
  announcements: ANNOUNCED,
});

export const CODES = pickupSection({
  door: 'stasis',
  peers: [],
  application: 'callwarden',
  groupCode: '*8',
  anyCode: '*8*',
  directedCode: '**',
  deadlineMs: DEADLINE_MS,
  unreadableAnnouncement: UNREADABLE,
  unavailableAnnouncement: UNAVAILABLE,
});

/** 600 rings 1002, 1003 and 1006 at once, 601 the queue of all, 602 the first two through Local channels, 603 through two chained ones. */
export function dialplan(codes: string = CODES): string {
  return `[phones]
include => callwarden-pickup
exten => _10XX,1,Dial(PJSIP/\${EXTEN},30)
exten => 600,1,Dial(PJSIP/1002&PJSIP/1003&PJSIP/1006,30)
exten => 601,1,Answer()
 same => n,Queue(support,,,,30)
exten => 602,1,Dial(Local/1002@phones&Local/1003@phones/n,30)
exten => 603,1,Dial(Local/604@phones/n,30)
exten => 604,1,Dial(Local/1002@phones,30)
exten => _9.,1,Dial(PJSIP/\${EXTEN:1}@trunk,30)

[from-trunk]
exten => _10XX,1,Goto(phones,\${EXTEN},1)

${codes}`;
}

export interface PickupLab extends AsyncDisposable {
  readonly lab: Lab;
  readonly pickup: Pickup;
  readonly records: PickupRecord[];
  readonly problems: string[];
  /** From now on questions are heard and not answered. */
  fallSilent(): void;
  /** From now on a choice is said, but pickers stay in the application until the returned function is called. */
  hold(): () => void;
  useRights(data: PickupPolicyData | null): void;
  /** Ends the link without a word, as the end of the process would. */
  cut(): Promise<void>;
  connect(): Promise<AriLink>;
  /** The last record of the picker's attempt, once its outcome is known. */
  outcomeOf(picker: string): Promise<PickupRecord>;
  /** The ringing calls, once exactly these extensions ring for each of them, longest ringing first. */
  ringing(...calls: readonly (readonly string[])[]): Promise<readonly RingingCall[]>;
  /** A minute later: what was recorded is forgotten, and everything is as it was at the start. */
  reset(): void;
}

export interface PickupLabOptions {
  readonly asterisk?: AsteriskLine;
  readonly transport?: AriTransport;
  readonly dialplan?: string;
}

/** Starts both and connects them; rejects as `startLab` and the link do. */
export async function startPickupLab(options: PickupLabOptions = {}): Promise<PickupLab> {
  await using resources = new AsyncDisposableStack();
  const lab = resources.use(
    await startLab({
      dialplan: options.dialplan ?? dialplan(),
      files: { 'features.conf': FEATURES_CONF },
      announcements: [...Object.values(ANNOUNCED), UNAVAILABLE, UNREADABLE],
      ...(options.asterisk === undefined ? {} : { asterisk: options.asterisk }),
    }),
  );
  const records: PickupRecord[] = [];
  const problems: string[] = [];
  let rights: PickupRights | null = compileRights(POLICY);
  let aheadMs = 0;
  const nowMs = () => Date.now() + aheadMs;
  let silent = false;
  let held: Promise<void> | null = null;
  let link: AriLink | null = null;
  const pickup = createPickup({
    rights: () => rights,
    isExtension: (endpoint) => /^10\d\d$/.test(endpoint),
    nowMs,
    monotonicUs: () => Math.round(performance.now() * 1000),
    record: (record) => records.push(record),
    onProblem: (problem) => problems.push(problem),
  });

  const onEvent = (event: AriEvent): void => {
    pickup.onEvent(event);
    if (event.type !== 'StasisStart' || !link || silent) return;
    pickup.onStasisStart(held ? holding(link, held) : link, event.channel, event.args);
  };
  const cut = async (): Promise<void> => {
    const old = link;
    link = null;
    pickup.onDown();
    await old?.[Symbol.asyncDispose]();
  };
  const connect = async (): Promise<AriLink> => {
    link = await connectAri(
      {
        ...lab.ari,
        application: 'callwarden',
        transport: options.transport ?? 'auto',
        commandDeadlineMs: 2_000,
        connectDeadlineMs: 5_000,
        onEvent,
        onProblem: (problem) => problems.push(problem),
      },
      AbortSignal.timeout(10_000),
    );
    await pickup.onUp(link);
    return link;
  };
  resources.defer(cut);
  await connect();
  const owned = resources.move();
  return {
    lab,
    pickup,
    records,
    problems,
    fallSilent: () => void (silent = true),
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return () => {
        held = null;
        resolve();
      };
    },
    useRights: (data) => void (rights = data && compileRights(data)),
    cut,
    connect,
    outcomeOf: (picker) =>
      until(`the outcome of ${picker}'s pickup`, () =>
        records.findLast((record) => record.picker === picker && record.outcome !== null),
      ),
    ringing: (...wanted) =>
      until(`${JSON.stringify(wanted)} to ring`, () => {
        const calls = pickup.ringing();
        const shown = calls.map(({ legs }) => legs.map(({ extension }) => extension).toSorted());
        return JSON.stringify(shown) === JSON.stringify(wanted) ? calls : undefined;
      }),
    reset: () => {
      aheadMs += 60_000;
      rights = compileRights(POLICY);
      silent = false;
      held = null;
      records.length = 0;
      problems.length = 0;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** The same link, whose channels go on into the dialplan only when they may. */
function holding(link: AriLink, released: Promise<void>): AriLink {
  const held: AriLink = Object.create(link);
  const goOn: AriLink['continueInDialplan'] = async (...words) => {
    await released;
    return link.continueInDialplan(...words);
  };
  return Object.defineProperty(held, 'continueInDialplan', { value: goOn });
}

/** Looks again and again until something is there; rejects after five seconds. */
export async function until<T>(what: string, look: () => T | undefined): Promise<T> {
  const endMs = performance.now() + 5_000;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (performance.now() > endMs) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
