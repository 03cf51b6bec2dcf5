// A lab with the screening routine and the screening side of the daemon, whose verdicts and PINs a test chooses.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { adoptWaiting } from '../../../src/asterisk/adopt-waiting.ts';
import { connectAri, type AriTransport } from '../../../src/asterisk/ari/connect.ts';
import type { AriEvent, AriLink } from '../../../src/asterisk/ari/link.ts';
import { generateDialplan } from '../../../src/asterisk/dialplan/generate.ts';
import { JOBS } from '../../../src/asterisk/dialplan/variables.ts';
import type { PinCheck, PinQuestion } from '../../../src/asterisk/pin-ports.ts';
import { createPinSessions, type PinSessions } from '../../../src/asterisk/pin-session.ts';
import { pinTiming, type PinTiming } from '../../../src/asterisk/pin-timing.ts';
import { createScreeningDesk, type ScreeningDesk } from '../../../src/asterisk/screening-desk.ts';
import type { DecisionRecord } from '../../../src/asterisk/screening-session.ts';
import type { PinEntry } from '../../../src/barring/policy.ts';
import type { ChallengeVerdict, OutboundCall, Verdict } from '../../../src/barring/verdict.ts';
import type { AsteriskLine } from '../../lab/install.ts';
import { DIALPLAN_OPTIONS } from '../dialplan/options.ts';
import { startLab, type Lab } from '../../lab/lab.ts';
import { eventually } from '../../lab/processes.ts';

export const PIN = '407193';
export const ABROAD = '00541938384';
/** Told apart from one another, and from what a refusal says. */
export const PROMPT = 'agent-pass';
export const WRONG = 'auth-incorrect';
export const REFUSED = 'privacy-incorrect';
export const UNAVAILABLE = DIALPLAN_OPTIONS.unavailableAnnouncement;
export const LOCKED = 'beeperr';
/** What a call ends with where no PIN comes. */
export const DENIED = 'cannot-complete-as-dialed';
const WORDS = new Map([
  ['pin-wrong', REFUSED],
  ['pin-locked', LOCKED],
]);

/** Long enough for a machine that does other things, short enough for a test. */
export const TIMING: PinTiming = { ...pinTiming, firstDigitMs: 3_000, silenceMs: 1_500, checkMs: 1_000 };

const sample = readFileSync(join(import.meta.dirname, '../../../dialplan/extensions-sample.conf'), 'utf8');
const routine = generateDialplan(DIALPLAN_OPTIONS);

const rule = { id: 'rule:1', origin: 'organisation', text: 'A rule of the test.' } as const;
const judged = { rule, trace: [], policyVersion: 1, observed: [], notices: [] };

export const allow = (maxDurationMs: number | null = null): Verdict => ({
  kind: 'continue',
  reason: 'pin-accepted',
  classes: [],
  maxDurationMs,
  ...judged,
});

export const challenge = (entry: PinEntry = 'early', prompt: string = PROMPT): ChallengeVerdict => ({
  kind: 'challenge',
  reason: 'pin-required',
  instead: 'country-not-allowed',
  who: '1001',
  pins: ['p-1'],
  expiredPins: [],
  entry,
  prompt,
  wrong: WRONG,
  denial: { announcement: DENIED, cause: 21 },
  ...judged,
});

export type Judge = (call: OutboundCall) => Verdict;
export type Check = (question: PinQuestion) => Promise<PinCheck>;

/** Asks everybody, and lets everybody out who has entered the PIN. */
export const askAll: Judge = (call) => (call.pin ? allow() : { ...challenge(), who: call.payer ?? '' });
export const knowsPin: Check = ({ digits }) =>
  Promise.resolve(digits === PIN ? { kind: 'right', id: 'p-1' } : { kind: 'wrong', lockedUntilMs: null });

export interface PinLab extends AsyncDisposable {
  readonly lab: Lab;
  readonly pins: PinSessions;
  readonly desk: ScreeningDesk;
  readonly calls: OutboundCall[];
  readonly checks: PinQuestion[];
  readonly abandoned: string[];
  readonly records: DecisionRecord[];
  readonly problems: string[];
  readonly events: AriEvent[];
  judge: Judge;
  check: Check;
  link(): AriLink;
  /** Ends the link without a word, as the end of the process would. */
  cut(): Promise<void>;
  connect(): Promise<void>;
  /** The only record there is, once there is one. */
  record(): Promise<DecisionRecord>;
  reset(): void;
  /** Waits until no call and no dialogue is left, and resets. */
  settle(): Promise<void>;
}

export interface PinLabOptions {
  readonly asterisk?: AsteriskLine;
  readonly transport?: AriTransport;
  readonly timing?: PinTiming;
  /** What stands in the sample's place, and in the routine's. */
  readonly dialplan?: {
    readonly sample?: (text: string) => string;
    readonly routine?: (text: string) => string;
  };
}

/** Starts both and connects them; rejects as `startLab` and the link do. */
export async function startPinLab(options: PinLabOptions = {}): Promise<PinLab> {
  await using resources = new AsyncDisposableStack();
  const same = (text: string) => text;
  const lab = resources.use(
    await startLab({
      dialplan: (options.dialplan?.sample ?? same)(sample),
      files: { 'callwarden.conf': (options.dialplan?.routine ?? same)(routine) },
      announcements: ['vm-enter-num-to-call', PROMPT, WRONG, REFUSED, UNAVAILABLE, LOCKED],
      ...(options.asterisk === undefined ? {} : { asterisk: options.asterisk }),
    }),
  );
  let link: AriLink | null = null;
  const pins = createPinSessions({
    pins: {
      check(question) {
        made.checks.push(question);
        return made.check(question);
      },
      abandoned: (who) => void made.abandoned.push(who),
    },
    nowMs: Date.now,
    timing: options.timing ?? TIMING,
  });
  const desk = createScreeningDesk({
    judge: (call) => {
      made.calls.push(call);
      const number = call.dialled;
      const destination = { kind: 'internal', dialled: number, number, extension: null, steps: [] } as const;
      return { destination, verdict: made.judge(call) };
    },
    isExtension: (endpoint) => /^10\d\d$/.test(endpoint),
    pins,
    refusal: (reason) => ({ announcement: WORDS.get(reason) ?? UNAVAILABLE, cause: 21 }),
    nowMs: Date.now,
    monotonicUs: () => Math.round(performance.now() * 1000),
    record: (record) => void made.records.push(record),
    onProblem: (problem) => void made.problems.push(problem),
  });
  const onEvent = (event: AriEvent): void => {
    made.events.push(event);
    pins.onEvent(event);
    if (event.type === 'StasisStart' && link && event.args[0] === JOBS.screen) {
      desk.take(link, event.channel, event.args.slice(1));
    }
  };
  const cut = async (): Promise<void> => {
    const old = link;
    link = null;
    pins.onDown();
    await old?.[Symbol.asyncDispose]();
  };
  const connect = async (): Promise<void> => {
    const connected = await connectAri(
      {
        ...lab.ari,
        application: 'callwarden',
        transport: options.transport ?? 'auto',
        commandDeadlineMs: 2_000,
        connectDeadlineMs: 5_000,
        onEvent,
        onProblem: (problem) => void made.problems.push(problem),
      },
      AbortSignal.timeout(10_000),
    );
    link = connected;
    await adoptWaiting(connected, (channel, args) => desk.take(connected, channel, args.slice(1)));
  };
  resources.defer(cut);
  const made: PinLab = {
    lab,
    pins,
    desk,
    calls: [],
    checks: [],
    abandoned: [],
    records: [],
    problems: [],
    events: [],
    judge: askAll,
    check: knowsPin,
    link() {
      if (!link) throw new Error('the link is cut');
      return link;
    },
    cut,
    connect,
    async record() {
      await eventually(() => made.records.length > 0, 20_000);
      const [record, more] = made.records;
      if (!record || more) throw new Error(`${made.records.length} records were made`);
      return record;
    },
    reset() {
      for (const list of [
        made.calls,
        made.checks,
        made.abandoned,
        made.records,
        made.problems,
        made.events,
      ]) {
        list.length = 0;
      }
      made.judge = askAll;
      made.check = knowsPin;
    },
    async settle() {
      await desk.idle();
      await lab.waitIdle(20_000);
      if (pins.size > 0) throw new Error(`${pins.size} dialogues were left over`);
      made.reset();
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
  await connect();
  const owned = resources.move();
  return made;
}
