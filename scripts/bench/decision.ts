// What a decision costs by itself: reading a number and judging it, in microseconds.
import { performance } from 'node:perf_hooks';
import { compileSnapshot } from '../../src/barring/snapshot.ts';
import { screenCall } from '../../src/barring/screen-call.ts';
import type { PolicyData } from '../../src/barring/policy.ts';

const ROUNDS = 20_000;
const WARM_UP = 2000;

/** Each number is a new one: a policy remembers what it has read. */
const heads = ['005411', '001212', '+4420', '55', '0062', '00491', '001876'];
const numberOf = (index: number) =>
  `${heads[index % heads.length] ?? ''}${String(10_000_000 + index * 13).slice(0, 8)}`;

const policy = (extensions: number): PolicyData => ({
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
    level: 'closed',
    premium: [],
    unmatched: 'continue',
    schedule: '',
    pin: 'never',
    pinEntry: 'auto',
    fraudSigns: 'off',
    announcements: {},
  },
  levels: [],
  neighbours: [],
  groups: [],
  rules: [],
  exceptions: [],
  lists: [],
  schedules: [],
  limits: [],
  pins: [],
  announcements: [],
  extensions: Array.from({ length: extensions }, (_, index) => ({
    extension: String(1000 + index),
    name: '',
    right: index % 2 === 1 ? ('on' as const) : ('inherit' as const),
    level: null,
    schedule: null,
    pin: null,
    pinEntry: null,
  })),
  countries: [{ region: 'AR', state: 'allow' }],
});

/** Median microseconds of one call, for a policy of that many extensions. */
export function measureDecision(extensions: number): number {
  const snapshot = compileSnapshot(policy(extensions));
  const times = new Float64Array(ROUNDS);
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const call = {
      dialled: numberOf(round + WARM_UP),
      payer: '1001',
      via: 'direct' as const,
      atMs: 0,
    };
    const startMs = performance.now();
    screenCall(snapshot, call);
    if (round >= 0) times[round] = (performance.now() - startMs) * 1000;
  }
  return times.toSorted()[ROUNDS / 2] ?? 0;
}
