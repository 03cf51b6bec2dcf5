// What a decision costs by itself: reading a number and judging it, in microseconds; a small policy beside a large one.
import { performance } from 'node:perf_hooks';
import {
  premiumClasses,
  type ExceptionRow,
  type PolicyData,
  type RuleRow,
} from '../../src/barring/policy.ts';
import { screenCall } from '../../src/barring/screen-call.ts';
import { compileSnapshot, type PolicySnapshot } from '../../src/barring/snapshot.ts';

const ROUNDS = 20_000;
const WARM_UP = 5000;

interface PolicySize {
  readonly rules: number;
  readonly extensions: number;
}

interface DecisionFigures {
  readonly medianUs: number;
  readonly compileMs: number;
}

/** Each number is a new one: a policy remembers what it has read. */
const heads = ['005411', '001212', '+4420', '55', '0062', '00491', '001876'];
const numberOf = (index: number) =>
  `${heads[index % heads.length] ?? ''}${String(10_000_000 + index * 13).slice(0, 8)}`;

/** The same series each time, so that every run measures the same. */
function* series(): Generator<number, never, void> {
  for (let state = 12_345; ; state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) yield state;
}

const GROUPS_MAX = 100;
const codes = ['54', '1', '44', '62', '49', '53', '33', '7', '86', '216', '371', '881'];
const actions = ['block', 'block', 'deny', 'allow', 'deny'] as const;

const validity = { fromMs: null, untilMs: null } as const;

function ruleRows(count: number, groups: number): RuleRow[] {
  const numbers = series();
  return Array.from({ length: count }, (_, index): RuleRow => {
    const action = actions[index % actions.length] ?? 'block';
    const exact = index % 2 === 0;
    const digits = String(numbers.next().value).padStart(10, '0');
    const length = exact ? 10 : 3 + (index % 6);
    return {
      id: index + 1,
      group: index % 5 === 4 ? `group-${index % groups}` : null,
      action,
      pattern: `+${codes[index % codes.length] ?? ''}${digits.slice(0, length)}`,
      exact,
      premium: false,
      observe: false,
      reason: '',
      ...validity,
    };
  });
}

function exceptionRows(extensions: number): ExceptionRow[] {
  return Array.from({ length: Math.ceil(extensions / 10) }, (_, index) => ({
    id: index + 1,
    extension: String(1000 + index * 10),
    action: 'allow' as const,
    region: index % 2 === 0 ? 'FR' : null,
    pattern: index % 2 === 0 ? null : '+4420',
    exact: false,
    premium: false,
    reason: 'customers',
    owner: 'Ana',
    ...validity,
  }));
}

const inherited = { level: null, schedule: null, pin: null, pinEntry: null } as const;

/** A policy of that size: extensions in groups, with limits and a level, a tenth of them with an exception. */
function policyOf({ rules, extensions }: PolicySize): PolicyData {
  const groups = Math.min(GROUPS_MAX, Math.ceil(extensions / 10));
  const names = Array.from({ length: extensions }, (_, index) => String(1000 + index));
  return {
    version: 1,
    plan: {
      homeRegion: 'MX',
      internationalPrefixes: ['00'],
      outsidePrefixes: [],
      nationalPrefix: null,
      carrierCodes: [],
      internalPatterns: ['1XXX'],
      emergencyNumbers: [],
      serviceNumbers: [],
      sharedCodes: 'region',
    },
    settings: {
      protection: true,
      mode: 'enforce',
      level: 'low',
      premium: premiumClasses,
      unmatched: 'continue',
      schedule: '',
      pin: 'never',
      pinEntry: 'auto',
      fraudSigns: 'warn',
      guard: 'watch',
      trunks: [],
      announcements: {},
    },
    countries: [{ region: 'AR', state: 'allow' }],
    levels: [
      { region: 'DE', level: 'low', reason: '' },
      { region: 'US', level: 'medium', reason: '' },
    ],
    neighbours: [{ home: 'MX', region: 'US' }],
    groups: Array.from({ length: groups }, (_, index) => ({
      ...inherited,
      name: `group-${index}`,
      right: 'on' as const,
      premium: null,
      members: names.filter((_name, member) => member % groups === index),
      countries: [{ region: 'GB', state: 'allow' as const }],
    })),
    rules: ruleRows(rules, groups),
    exceptions: exceptionRows(extensions),
    lists: [],
    schedules: [],
    limits: [
      {
        id: 1,
        layer: 'organisation',
        name: '',
        counted: 'each',
        measure: 'calls',
        class: 'hot',
        max: 20,
        windowMs: 3_600_000,
        warnPercent: 80,
        action: 'deny',
        quarantineMs: 0,
        observe: false,
      },
    ],
    pins: [],
    announcements: [],
    extensions: names.map((extension) =>
      Object.assign({ extension, name: '', right: 'inherit' as const }, inherited),
    ),
  };
}

interface Contender {
  readonly size: PolicySize;
  readonly snapshot: PolicySnapshot;
  readonly compileMs: number;
  readonly times: Float64Array;
}

function prepare(size: PolicySize): Contender {
  const data = policyOf(size);
  const startMs = performance.now();
  const snapshot = compileSnapshot(data);
  return { size, snapshot, compileMs: performance.now() - startMs, times: new Float64Array(ROUNDS) };
}

/** The policies are measured in turn, call by call, so that what else the machine does meets all of them alike. */
export function measureDecisions(sizes: readonly PolicySize[]): readonly DecisionFigures[] {
  const contenders = sizes.map(prepare);
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const dialled = numberOf(round + WARM_UP);
    const turn = round % 2 === 0 ? contenders : contenders.toReversed();
    for (const { size, snapshot, times } of turn) {
      const payer = String(1000 + ((round + WARM_UP) % size.extensions));
      const call = { dialled, payer, via: 'direct' as const, atMs: 0 };
      const startMs = performance.now();
      screenCall(snapshot, call);
      if (round >= 0) times[round] = (performance.now() - startMs) * 1000;
    }
  }
  return contenders.map(({ times, compileMs }) => ({
    medianUs: times.toSorted()[ROUNDS / 2] ?? 0,
    compileMs,
  }));
}
