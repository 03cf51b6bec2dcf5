// Builders for the tests of reading and judging: a policy with defaults, and the outcome of one call.
import { premiumClasses, type ExtensionRow, type PolicyData } from '../../src/barring/policy.ts';
import { screenCall } from '../../src/barring/screen-call.ts';
import type { ScreenedCall } from '../../src/barring/screen-call.ts';
import { compileSnapshot } from '../../src/barring/snapshot.ts';
import type { PolicySnapshot } from '../../src/barring/snapshot.ts';
import type { NumberingPlan } from '../../src/numbering/plan.ts';

/** An extension without any right. */
export function extensionRow(extension: string, row: Partial<ExtensionRow> = {}): ExtensionRow {
  return {
    extension,
    name: '',
    right: 'inherit',
    level: null,
    schedule: null,
    pin: null,
    pinEntry: null,
    ...row,
  };
}

/** Every part of a policy that is empty where nothing was set. */
export const noFurtherRows = {
  countries: [],
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
} satisfies Partial<PolicyData>;

export interface PolicyOptions {
  readonly allowed?: readonly string[];
  readonly denied?: readonly string[];
  readonly premium?: boolean;
  /** The right of extension 1001; 1002 never has it. */
  readonly international?: boolean;
  readonly settings?: Partial<PolicyData['settings']>;
}

export function planFor(plan: Partial<NumberingPlan>): NumberingPlan {
  return {
    homeRegion: 'MX',
    internationalPrefixes: [],
    outsidePrefixes: [],
    nationalPrefix: null,
    carrierCodes: [],
    internalPatterns: [],
    emergencyNumbers: [],
    serviceNumbers: [],
    sharedCodes: 'region',
    ...plan,
  };
}

/** As after a first `init`, with the level closed. */
export function settingsFor(options: Pick<PolicyOptions, 'premium' | 'settings'>): PolicyData['settings'] {
  return {
    protection: true,
    mode: 'enforce',
    level: 'closed',
    premium: options.premium === true ? premiumClasses : [],
    unmatched: 'continue',
    schedule: '',
    pin: 'never',
    pinEntry: 'auto',
    fraudSigns: 'off',
    guard: 'watch',
    trunks: [],
    announcements: {},
    ...options.settings,
  };
}

export function snapshotFor(plan: Partial<NumberingPlan>, options: PolicyOptions = {}): PolicySnapshot {
  return compileSnapshot({
    version: 7,
    plan: planFor(plan),
    settings: settingsFor(options),
    extensions: [
      extensionRow('1001', { name: 'Ana', right: (options.international ?? true) ? 'on' : 'inherit' }),
      extensionRow('1002', { name: 'Ben' }),
    ],
    ...noFurtherRows,
    countries: [
      ...(options.allowed ?? []).map((region) => ({ region, state: 'allow' as const })),
      ...(options.denied ?? []).map((region) => ({ region, state: 'deny' as const })),
    ],
  });
}

export function screen(
  snapshot: PolicySnapshot,
  dialled: string,
  payer: string | null = '1001',
): ScreenedCall {
  return screenCall(snapshot, { dialled, payer, via: 'direct', atMs: 0 });
}

/** As the shared cases put it: denied, continued as an international call, or continued as anything else. */
export function outcomeOf({ destination, verdict }: ScreenedCall): 'allow' | 'not-international' | 'deny' {
  if (verdict.kind === 'deny') return 'deny';
  return destination.kind === 'international' ? 'allow' : 'not-international';
}
