// Whether a policy that came from a file can be: what it names is there, and nothing in it contradicts itself.
import { compileSnapshot } from '../../barring/snapshot.ts';
import { AppError } from '../../errors.ts';
import { compilePlan, type CompiledPlan } from '../../numbering/compile-plan.ts';
import { emergencyNumbersOf } from '../../numbering/emergency.ts';
import { knownRegions } from '../../numbering/region-data.ts';
import { planOf } from '../../store/policy.ts';
import { readListedNumber } from '../authorised-number.ts';
import { pickupGroupProblems } from '../pickup-graph.ts';
import { partyWord } from '../pickup-words.ts';
import { isSame } from '../same.ts';
import { settingConflicts } from '../setting-conflicts.ts';
import { someLines } from '../some-of.ts';
import { policyDataOf } from './policy-data.ts';
import type { PolicyRows } from './rows.ts';

/** Problems that one error names. */
const PROBLEMS_MAX = 20;

/** Throws one `AppError('invalid')` that names what is wrong; `file` stands in the sentence. */
export function refuseUnsound(rows: PolicyRows, file: string): void {
  const problems = problemsOf(rows);
  if (problems.length > 0) {
    throw new AppError('invalid', `The policy of ${file} cannot be. Nothing was changed.`, {
      details: someLines(problems, PROBLEMS_MAX),
    });
  }
  // The last word has what decides: a policy that cannot be compiled would leave the old one in force.
  compileSnapshot(policyDataOf(rows));
}

function problemsOf(rows: PolicyRows): readonly string[] {
  if (rows.settings['home-region'] === '') return ['settings: home-region is missing, such as "MX".'];
  const numbering = planOf(rows.settings);
  const conflicts = settingConflicts(rows.settings, numbering);
  if (conflicts.length > 0) return conflicts;
  const plan = compilePlan(numbering);
  return [
    ...unknownRegions(rows),
    ...unknownNames(rows),
    ...unsoundPickup(rows),
    ...shadowedEmergency(rows, plan),
    ...unusablePeople(rows, plan),
    ...uselessLimits(rows),
    ...endsBeforeBeginning(rows),
  ];
}

function unknownRegions(rows: PolicyRows): readonly string[] {
  const known = new Set(knownRegions());
  const named = [
    ...rows.countries.map(({ region }) => ['countries', region] as const),
    ...rows.levels.map(({ region }) => ['levels', region] as const),
    ...rows.groups.flatMap(({ name, countries }) =>
      countries.map(({ region }) => [`groups.${name}`, region] as const),
    ),
    ...rows.exceptions.flatMap(({ extension, region }) =>
      region === null ? [] : [[`exception of ${extension}`, region] as const],
    ),
    ...rows.lists.flatMap(({ name, countries }) =>
      countries.map((region) => [`lists.${name}`, region] as const),
    ),
  ];
  return named
    .filter(([, region]) => !known.has(region))
    .map(([place, region]) => `${place}: ${region} is no country or region that a call can lead to.`);
}

function unknownNames(rows: PolicyRows): readonly string[] {
  const groups = new Set(rows.groups.map(({ name }) => name));
  const schedules = new Set(['', ...rows.schedules.map(({ name }) => name)]);
  const wantedGroups = [
    ...rows.rules.flatMap(({ group, pattern }) =>
      group === null ? [] : [[`rule ${pattern}`, group] as const],
    ),
    ...rows.lists.flatMap((list) => list.groups.map((group) => [`lists.${list.name}`, group] as const)),
    ...rows.limits.flatMap(({ layer, name }) => (layer === 'group' ? [['limits', name] as const] : [])),
  ];
  const wantedSchedules = [
    ['settings', rows.settings.schedule] as const,
    ['settings', rows.settings['pickup-quiet-hours']] as const,
    ...rows.pickupRights.map(({ schedule }) => ['pickup-rights', schedule] as const),
    ...rows.groups.map(({ name, schedule }) => [`groups.${name}`, schedule ?? ''] as const),
    ...rows.extensions.map(({ extension, schedule }) => [`extensions.${extension}`, schedule ?? ''] as const),
  ];
  return [
    ...wantedGroups
      .filter(([, group]) => !groups.has(group))
      .map(([place, group]) => `${place}: there is no group ${group} in the file.`),
    ...wantedSchedules
      .filter(([, schedule]) => !schedules.has(schedule))
      .map(([place, schedule]) => `${place}: there is no schedule ${schedule} in the file.`),
  ];
}

function unsoundPickup({ pickupGroups, pickupRights, pickupProtections }: PolicyRows): readonly string[] {
  const groups = new Set(pickupGroups.map(({ name }) => name));
  const parties = [
    ...pickupRights.flatMap(({ picker, target }) =>
      [picker, target].map((party) => ['pickup-rights', party] as const),
    ),
    ...pickupProtections.flatMap(({ allowed }) =>
      allowed.map((party) => ['pickup-protections', party] as const),
    ),
  ];
  const unknown = parties.flatMap(([place, party]) =>
    party.kind === 'group' && !groups.has(party.name)
      ? [`${place}: there is no pickup group ${party.name} in the file.`]
      : [],
  );
  const own = pickupRights
    .filter(({ picker, target }) => picker.kind === 'extension' && isSame(picker, target))
    .map(({ picker }) => `pickup-rights: ${partyWord(picker)} may take its own calls without any right.`);
  return [
    ...pickupGroupProblems(pickupGroups).map((problem) => `pickup-groups: ${problem}`),
    ...unknown,
    ...own,
  ];
}

/** I1 holds whatever a rule says, but a rule that names an emergency number is a mistake to be told. */
function shadowedEmergency(rows: PolicyRows, plan: CompiledPlan): readonly string[] {
  const emergency = new Set(emergencyNumbersOf(plan));
  return [...rows.rules, ...rows.exceptions]
    .filter(({ pattern }) => pattern !== null && emergency.has(pattern))
    .map(({ pattern }) => `${pattern ?? ''} is an emergency number, which no rule may name.`);
}

function unusablePeople(rows: PolicyRows, plan: CompiledPlan): readonly string[] {
  return rows.lists.flatMap(({ name, entries }) =>
    entries.flatMap(({ number }) => {
      const reading = readListedNumber(number, plan);
      if (!reading.ok) return [`lists.${name}: ${reading.problem}.`];
      return reading.e164 === number ? [] : [`lists.${name}: write ${number} as ${reading.e164}.`];
    }),
  );
}

function uselessLimits({ limits }: PolicyRows): readonly string[] {
  return limits.flatMap(({ measure, windowMs, counted, layer }) => {
    const counts = measure === 'calls' || measure === 'countries';
    if (counts && windowMs === null)
      return [`limits: ${measure} needs window-seconds, the time that is looked back.`];
    if (!counts && windowMs !== null) return [`limits: ${measure} has no window-seconds.`];
    if (counted === 'together' && (measure === 'duration' || layer === 'extension')) {
      return [`limits: ${measure} of ${layer} cannot be counted together.`];
    }
    return [];
  });
}

function endsBeforeBeginning(rows: PolicyRows): readonly string[] {
  const people = rows.lists.flatMap(({ entries }) =>
    entries.map((entry) => ({ pattern: entry.number, ...entry })),
  );
  const rights = rows.pickupRights.map((right) => {
    const pattern = `The pickup right of ${partyWord(right.picker)}`;
    return Object.assign({ pattern }, right);
  });
  return [...rows.rules, ...rows.exceptions, ...people, ...rights]
    .filter(({ fromMs, untilMs }) => fromMs !== null && untilMs !== null && untilMs <= fromMs)
    .map(({ pattern }) => `${pattern ?? 'An entry'} ends before it begins.`);
}
