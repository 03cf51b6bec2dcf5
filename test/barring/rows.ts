// Rows of a policy with what they hold by default, and the outcome of one call by them.
import type {
  ExceptionRow,
  GroupRow,
  LimitRow,
  PinRow,
  PolicyData,
  RuleRow,
  ScheduleRow,
} from '../../src/barring/policy.ts';
import { screenCall } from '../../src/barring/screen-call.ts';
import { compileSnapshot } from '../../src/barring/snapshot.ts';
import type { Usage } from '../../src/barring/usage.ts';
import type { OutboundCall, Verdict } from '../../src/barring/verdict.ts';
import { extensionRow, noFurtherRows, planFor, settingsFor } from './policy.ts';

const always = { fromMs: null, untilMs: null } as const;

export const rule = (id: number, pattern: string, fields: Partial<RuleRow> = {}): RuleRow => ({
  id,
  group: null,
  action: 'allow',
  pattern,
  exact: false,
  premium: false,
  observe: false,
  reason: '',
  ...always,
  ...fields,
});

export const exception = (id: number, fields: Partial<ExceptionRow> = {}): ExceptionRow => ({
  id,
  extension: '1001',
  action: 'allow',
  region: null,
  pattern: null,
  exact: false,
  premium: false,
  reason: '',
  owner: '',
  ...always,
  ...fields,
});

export const group = (name: string, fields: Partial<GroupRow> = {}): GroupRow => ({
  name,
  right: 'inherit',
  level: null,
  schedule: null,
  pin: null,
  pinEntry: null,
  premium: null,
  members: ['1001'],
  countries: [],
  ...fields,
});

export const limit = (id: number, fields: Partial<LimitRow> = {}): LimitRow => ({
  id,
  layer: 'organisation',
  name: '',
  counted: 'each',
  measure: 'calls',
  class: 'chargeable',
  max: 10,
  windowMs: 3_600_000,
  warnPercent: 80,
  action: 'deny',
  quarantineMs: 14_400_000,
  observe: false,
  ...fields,
});

export const pin = (id: string, fields: Partial<PinRow> = {}): PinRow => ({
  id,
  name: 'Ana López',
  enabled: true,
  maxUses: null,
  extensions: ['1001'],
  groups: [],
  entryId: null,
  ...always,
  ...fields,
});

/** Open from 8 to 18 on workdays, by UTC. */
export const schedule = (name: string, fields: Partial<ScheduleRow> = {}): ScheduleRow => ({
  name,
  timeZone: 'UTC',
  weekly: [{ days: [1, 2, 3, 4, 5], fromMinute: 8 * 60, toMinute: 18 * 60 }],
  holidays: [],
  ...fields,
});

export interface Rows extends Partial<Omit<PolicyData, 'settings'>> {
  readonly settings?: Partial<PolicyData['settings']>;
}

/** Home Mexico, 00; 1001 may call abroad, 1002 may not, DE is opened by the level low, FR by medium, CU by high. */
export function policyWith(rows: Rows): PolicyData {
  return {
    version: 1,
    plan: planFor({ homeRegion: 'MX', internationalPrefixes: ['00'], internalPatterns: ['1XXX'] }),
    extensions: [extensionRow('1001', { right: 'on' }), extensionRow('1002')],
    ...noFurtherRows,
    levels: [
      { region: 'DE', level: 'low', reason: '' },
      { region: 'FR', level: 'medium', reason: '' },
      { region: 'CU', level: 'high', reason: '' },
    ],
    ...rows,
    settings: settingsFor({ settings: rows.settings ?? {} }),
  };
}

/** Saturday, 21 November 2026, noon UTC. */
export const noonMs = Date.UTC(2026, 10, 21, 12);

export function verdictBy(
  rows: Rows,
  dialled: string,
  call: Partial<OutboundCall> = {},
  usage?: Usage,
): Verdict {
  const asked: OutboundCall = { dialled, payer: '1001', via: 'direct', atMs: noonMs, ...call };
  return screenCall(compileSnapshot(policyWith(rows)), asked, usage).verdict;
}

/** `deny country-not-allowed level:low`. */
export function outcome(
  rows: Rows,
  dialled: string,
  call: Partial<OutboundCall> = {},
  usage?: Usage,
): string {
  const { kind, reason, rule: decided } = verdictBy(rows, dialled, call, usage);
  return `${kind} ${reason} ${decided.id}`;
}
