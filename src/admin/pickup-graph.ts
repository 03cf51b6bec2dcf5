// The pickup groups as one whole: what they may look like together, and the way from one state of them to another.
import { AppError } from '../errors.ts';
import type { PickupGroupRow } from '../pickup/call.ts';
import type { Store } from '../store/open.ts';
import {
  deletePickupMember,
  deletePickupMemberGroup,
  readPickupGroups,
  writePickupGroup,
  writePickupMember,
  writePickupMemberGroup,
  type PickupGroupTerms,
} from '../store/pickup-groups.ts';
import type { Change } from './change.ts';
import { refuseAlike } from './policy-name.ts';
import { isSame } from './same.ts';

const GROUPS_MAX = 1_000;
/** Extensions and groups that stand in one group by themselves. */
const MEMBERS_MAX = 1_000;

/** Groups by name, to be revised in place; every row in it is whole. */
export type DraftGroups = Map<string, PickupGroupRow>;

export const pickupGroupSubject = (name: string) => `pickup group ${name}`;

export const emptyPickupGroup = (name: string): PickupGroupRow => ({
  name,
  number: null,
  alertAfterS: null,
  members: [],
  memberGroups: [],
});

/** A way from one state of the groups to another. */
export interface PickupGroupPlan {
  readonly changes: readonly Change[];
  /** To be called inside a change. */
  readonly write: () => void;
}

/**
 * What `revise` makes of the groups; they are added and changed here, never deleted. Throws `AppError` where they cannot
 * be so.
 */
export function planPickupGroups(store: Store, revise: (groups: DraftGroups) => void): PickupGroupPlan {
  const before = new Map(readPickupGroups(store).map((group) => [group.name, group] as const));
  const after: DraftGroups = new Map(before);
  revise(after);
  const made = [...after.keys()].filter((name) => !before.has(name));
  refuseAlike(made, [...after.values()], 'pickup group');
  const [problem, ...more] = pickupGroupProblems([...after.values()]);
  if (problem !== undefined)
    throw new AppError('invalid', `${problem} Nothing was changed.`, { details: more });
  const changed = [...after.values()].filter((group) => before.get(group.name) !== group);
  return {
    changes: changed.flatMap((group) => changesOf(before.get(group.name) ?? null, group)),
    write: () => {
      // Without numbers first: two groups may take each other's.
      for (const group of changed) writePickupGroup(store, { ...group, number: null });
      for (const group of changed) writeGroup(store, before.get(group.name) ?? null, group);
    },
  };
}

/** Inside a change: makes it so at once. */
export function revisePickupGroups(store: Store, revise: (groups: DraftGroups) => void): readonly Change[] {
  const { changes, write } = planPickupGroups(store, revise);
  write();
  return changes;
}

/** What is different about one group, as the audit and a plan of an import tell it. */
function changesOf(before: PickupGroupRow | null, after: PickupGroupRow): readonly Change[] {
  const subject = pickupGroupSubject(after.name);
  const [told, tells] = [before && termWords(before), termWords(after)];
  const terms: readonly Change[] =
    before === null
      ? [{ action: 'pickup-group-created', subject, before: null, after: spokenTerms(after) }]
      : isSame(told, tells)
        ? []
        : [{ action: 'pickup-group-changed', subject, before: told, after: tells }];
  const { gone, made } = memberSteps(before, after);
  return [
    ...terms,
    ...gone.map((member) => ({ action: 'pickup-member-removed', subject, before: member, after: null })),
    ...made.map(([was, member]) => ({
      action: was === null ? 'pickup-member-added' : 'pickup-member-changed',
      subject,
      before: was,
      after: member,
    })),
  ];
}

type Member = PickupGroupRow['members'][number] | PickupGroupRow['memberGroups'][number];

const keyOf = (member: Member) =>
  'group' in member ? `group ${member.group}` : `extension ${member.extension}`;
const membersOf = (group: PickupGroupRow | null): ReadonlyMap<string, Member> =>
  new Map([...(group?.members ?? []), ...(group?.memberGroups ?? [])].map((one) => [keyOf(one), one]));

function memberSteps(before: PickupGroupRow | null, after: PickupGroupRow) {
  const [old, wanted] = [membersOf(before), membersOf(after)];
  return {
    gone: [...old].filter(([key]) => !wanted.has(key)).map(([, member]) => member),
    made: [...wanted]
      .map(([key, member]) => [old.get(key) ?? null, member] as const)
      .filter(([was, member]) => was === null || !isSame(was, member)),
  };
}

function writeGroup(store: Store, before: PickupGroupRow | null, after: PickupGroupRow): void {
  const { name } = after;
  writePickupGroup(store, after);
  const { gone, made } = memberSteps(before, after);
  for (const member of gone) {
    if ('group' in member) deletePickupMemberGroup(store, name, member.group);
    else deletePickupMember(store, name, member.extension);
  }
  for (const [, member] of made) {
    if ('group' in member) writePickupMemberGroup(store, name, member);
    else writePickupMember(store, name, member);
  }
}

const termWords = ({ number, alertAfterS }: PickupGroupTerms) => ({
  number: number ?? 'none',
  alertAfterS: alertAfterS ?? 'default',
});

/** What is left to the setting is left out. */
export const spokenTerms = ({ number, alertAfterS }: PickupGroupTerms) => ({
  ...(number === null ? {} : { number }),
  ...(alertAfterS === null ? {} : { alertAfterS }),
});

/** What cannot be about these groups as a whole, one sentence each. */
export function pickupGroupProblems(groups: readonly PickupGroupRow[]): readonly string[] {
  const names = new Set(groups.map(({ name }) => name));
  const numbered = Map.groupBy(groups, ({ number }) => number);
  const circle = circleIn(groups);
  return [
    ...(groups.length > GROUPS_MAX
      ? [`There would be ${groups.length} pickup groups, and ${GROUPS_MAX} is the limit. Delete old ones.`]
      : []),
    ...groups
      .filter(({ members, memberGroups }) => members.length + memberGroups.length > MEMBERS_MAX)
      .map(({ name }) => `A pickup group has ${MEMBERS_MAX} members at most, and ${name} would have more.`),
    ...[...numbered]
      .filter(([number, those]) => number !== null && those.length > 1)
      .map(
        ([number, those]) =>
          `The pickup groups ${those.map(({ name }) => name).join(' and ')} cannot both have the number ${number ?? ''}.`,
      ),
    ...groups.flatMap(({ name, memberGroups }) =>
      memberGroups
        .filter(({ group }) => !names.has(group))
        .map(({ group }) => `There is no pickup group ${group} that could be a member of ${name}.`),
    ),
    ...(circle === null
      ? []
      : [`A pickup group cannot be in itself, and so it would be: ${circle.join(' holds ')}.`]),
  ];
}

/** The names on the way from one group back to it, which stands at both ends; null where there is no such way. */
function circleIn(groups: readonly PickupGroupRow[]): readonly string[] | null {
  const parts = new Map(
    groups.map(({ name, memberGroups }) => [name, memberGroups.map(({ group }) => group)] as const),
  );
  const done = new Set<string>();
  for (const { name } of groups) {
    if (done.has(name)) continue;
    // By hand, as a chain of groups may be deeper than the stack.
    const path: string[] = [name];
    const left: string[][] = [[...(parts.get(name) ?? [])]];
    while (path.length > 0) {
      const next = left.at(-1)?.pop();
      if (next === undefined) {
        done.add(path.pop() ?? '');
        left.pop();
      } else if (path.includes(next)) {
        return [...path.slice(path.indexOf(next)), next];
      } else if (!done.has(next)) {
        path.push(next);
        left.push([...(parts.get(next) ?? [])]);
      }
    }
  }
  return null;
}
