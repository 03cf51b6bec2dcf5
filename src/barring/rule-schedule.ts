// The step for the time of day: chargeable calls while a schedule is open.
import type { Judging } from './judging.ts';
import { deny, type Step } from './rule.ts';
import { isOpen } from './schedule.ts';
import type { Rule } from './verdict.ts';

export interface Scheduled {
  readonly name: string;
  readonly origin: Rule['origin'];
}

/** The nearest layer that names a schedule; of several groups all must be open. '' is open at any time. */
export function schedulesOf({
  caller,
  snapshot,
}: Pick<Judging, 'caller' | 'snapshot'>): readonly Scheduled[] {
  const own = caller.extension?.schedule ?? null;
  if (own !== null) return [{ name: own, origin: 'extension' }];
  const ofGroups = caller.groups.flatMap(({ schedule }) =>
    schedule === null ? [] : { name: schedule, origin: 'group' as const },
  );
  return ofGroups.length > 0 ? ofGroups : [{ name: snapshot.settings.schedule, origin: 'organisation' }];
}

export const schedule: Step = {
  name: 'rule-schedule',
  judge: (judging) => {
    if (!judging.chargeable) return null;
    const { snapshot, call } = judging;
    const named = schedulesOf(judging).filter(({ name }) => name !== '');
    if (named.length === 0) return null;
    for (const { name, origin } of named) {
      const found = snapshot.schedules.get(name);
      if (found !== undefined && isOpen(found, call.atMs)) continue;
      const text =
        found === undefined
          ? `There is no schedule ${name}: chargeable calls are closed.`
          : `By the schedule ${name}, chargeable calls are closed now.`;
      return deny('outside-hours', { id: `schedule:${name}`, origin, text }, 'unless-pin');
    }
    return { kind: 'pass', result: named.map(({ name }) => `schedule:${name} is open`).join(', ') };
  },
};
