// Where the rule behind a verdict can be changed: told from its id.
import type { Rule } from '../barring/verdict.ts';

/** What an administrator looks up; `name` is an id for exceptions, rules and limits. */
export const ruleTargets = [
  'country',
  'level',
  'group',
  'extension',
  'exception',
  'rule',
  'block',
  'list',
  'schedule',
  'limit',
  'pin',
  'quarantine',
  'setting',
] as const;

export interface RuleTarget {
  readonly kind: (typeof ruleTargets)[number];
  readonly name: string;
}

/** Null for what nobody can change, such as emergency numbers. `country:AR` is the country AR. */
export function ruleTarget({ id }: Pick<Rule, 'id'>): RuleTarget | null {
  const [word = '', name = ''] = id.split(':');
  const kind = ruleTargets.find((known) => known === word);
  return kind === undefined || name === '' ? null : { kind, name };
}
