// What one extension may dial at a time, and which layer says so: asked of `decide()` itself, so that it is the truth.
import { rightAbroad } from '../barring/caller.ts';
import { decide } from '../barring/decide.ts';
import { startJudging, type Judging } from '../barring/judging.ts';
import { limitsOf } from '../barring/limits.ts';
import { pinCandidates, pinEntryOf, pinUseOf } from '../barring/pins.ts';
import type { LimitRow, PinEntry, PinUse, PremiumClass, ScheduleRow } from '../barring/policy.ts';
import { compileSchedule } from '../barring/schedule.ts';
import { schedulesOf } from '../barring/rule-schedule.ts';
import type { PolicySnapshot } from '../barring/snapshot.ts';
import type { Quarantine, Usage } from '../barring/usage.ts';
import type { DenyReason, Observation, OutboundCall, Rule, Verdict } from '../barring/verdict.ts';
import type { Destination, Region } from '../numbering/destination.ts';
import { homeProbes, ordinaryProbe, premiumProbes, regionProbe } from './effective-probes.ts';
import { allRegions, regionName } from './regions.ts';
import { stateOf, type ScheduleState } from './schedule-state.ts';
import { readWindows } from './schedule-words.ts';

/** A verdict without its trace. */
export interface Told {
  readonly verdict: Verdict['kind'];
  readonly reason: Verdict['reason'];
  readonly rule: Rule;
  /** Why it would be refused without a PIN; null where there is no question of one. */
  readonly instead: DenyReason | null;
  readonly observed: readonly Observation[];
}

export interface ToldKind extends Told {
  readonly what: string;
}

export interface ToldRegion extends Told {
  readonly region: Region;
  readonly name: string;
}

export interface ToldSchedule extends ScheduleState {
  readonly origin: Rule['origin'];
}

export interface EffectivePolicy {
  readonly right: { readonly on: boolean; readonly rule: Rule };
  /** Whose groups count. */
  readonly groups: readonly string[];
  readonly home: readonly ToldKind[];
  readonly premium: readonly (ToldKind & { readonly class: PremiumClass })[];
  /** Ordinary numbers of every country and region but home. */
  readonly countries: readonly ToldRegion[];
  /** The same while every schedule is open; null where the schedules are open anyway. */
  readonly countriesWhenOpen: readonly ToldRegion[] | null;
  /** Premium numbers of the countries that are not refused. */
  readonly premiumAbroad: readonly ToldRegion[];
  /** All of them must be open; none: at any time. */
  readonly schedules: readonly ToldSchedule[];
  readonly pin: { readonly use: PinUse; readonly entry: PinEntry; readonly pins: readonly string[] };
  readonly limits: readonly LimitRow[];
  readonly quarantine: Quarantine | null;
}

export interface Asked {
  readonly snapshot: PolicySnapshot;
  readonly schedules: readonly ScheduleRow[];
  readonly usage: Usage;
  readonly extension: string;
  readonly atMs: number;
}

/** Everything that holds for the extension at that time; one that nobody knows has no rights. */
export function effectivePolicy(asked: Asked): EffectivePolicy {
  const { snapshot, usage, extension, atMs } = asked;
  const home = snapshot.plan.home.region;
  const ask = (destination: Destination, by: PolicySnapshot = snapshot) =>
    told(decide(by, callOf(asked), destination, usage));
  const judging = startJudging(snapshot, callOf(asked), regionProbe(home, 'fixed-or-mobile'), usage);
  const schedules = schedulesFor(asked, judging);
  const regions = allRegions().filter((region) => region !== home);
  const countriesBy = (by: PolicySnapshot) =>
    regions.map((region) => toldRegion(region, ordinaryProbe(region), by));
  function toldRegion(region: Region, destination: Destination, by: PolicySnapshot): ToldRegion {
    return { region, name: regionName(region), ...ask(destination, by) };
  }
  const isClosed = schedules.some(({ isOpen }) => !isOpen);
  const opened = isClosed ? withOpenSchedules(snapshot) : snapshot;
  const whenOpen = countriesBy(opened);
  return {
    right: rightAbroad(judging.caller),
    groups: judging.caller.groups.map(({ name }) => name),
    home: homeProbes(snapshot.plan).map(({ what, destination }) => Object.assign({ what }, ask(destination))),
    premium: premiumProbes(snapshot.plan).map(({ destination, ...kind }) =>
      Object.assign(kind, ask(destination)),
    ),
    countries: isClosed ? countriesBy(snapshot) : whenOpen,
    countriesWhenOpen: isClosed ? whenOpen : null,
    premiumAbroad: whenOpen
      .filter(({ verdict }) => verdict !== 'deny')
      .map(({ region }) => toldRegion(region, regionProbe(region, 'premium'), opened)),
    schedules,
    pin: {
      use: pinUseOf(judging),
      entry: pinEntryOf(judging),
      pins: pinCandidates(judging).map(({ id }) => id),
    },
    limits: limitsOf(judging),
    quarantine: quarantineOf(usage, extension, atMs),
  };
}

function callOf({ extension, atMs }: Asked): OutboundCall {
  return { dialled: '', payer: extension, via: 'direct', atMs };
}

export function told(verdict: Verdict): Told {
  const { kind, reason, rule, observed } = verdict;
  return {
    verdict: kind,
    reason,
    rule,
    instead: verdict.kind === 'challenge' ? verdict.instead : null,
    observed,
  };
}

function schedulesFor({ schedules, atMs }: Asked, judging: Judging): readonly ToldSchedule[] {
  return schedulesOf(judging)
    .filter(({ name }) => name !== '')
    .map(({ name, origin }) => {
      const row = schedules.find((each) => each.name === name);
      return Object.assign({ origin }, stateOf(row ?? neverOpen(name), atMs));
    });
}

/** What a name comes to that no schedule has: the decision takes it as closed. */
const neverOpen = (name: string): ScheduleRow => ({ name, timeZone: 'UTC', weekly: [], holidays: [] });

/** The same policy on a clock that is always inside every window. */
export function withOpenSchedules(snapshot: PolicySnapshot): PolicySnapshot {
  const weekly = readWindows(['daily 00:00-24:00']);
  const names = [...snapshot.schedules.keys()];
  const open = names.map((name) => compileSchedule({ name, timeZone: 'UTC', weekly, holidays: [] }));
  return { ...snapshot, schedules: new Map(open.map((each) => [each.name, each])) };
}

function quarantineOf(usage: Usage, extension: string, atMs: number): Quarantine | null {
  const found = usage.quarantine(extension);
  return found !== null && (found.untilMs === null || atMs < found.untilMs) ? found : null;
}
