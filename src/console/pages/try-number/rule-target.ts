// Where the rule behind a verdict is shown in the console.
import type { z } from 'zod';
import type { ruleTargetForm } from '../../../http/api/extension-forms.ts';

export type RuleTarget = z.infer<typeof ruleTargetForm>;
type Kind = RuleTarget['kind'];

const limits = () => '/limits';
const barring = () => '/barring';
const rules = (word: string) => `/rules?rule=${word}`;

/** `word`: the rule's name, as it stands in addresses; `from`: whose call it was. */
const pages: Readonly<Record<Kind, (word: string, from: string) => string>> = {
  country: (word) => `/barring?tab=countries&country=${word}`,
  level: barring,
  setting: barring,
  group: (word) => `/groups/${word}`,
  extension: (word) => `/users/${word}`,
  exception: (_, from) => `/users/${from}`,
  rule: rules,
  block: rules,
  list: () => '/authorised',
  schedule: () => '/schedules',
  limit: limits,
  quarantine: limits,
  pin: () => '/pins',
};

const isKind = (word: string): word is Kind => Object.hasOwn(pages, word);

/** From an id such as `country:AR`; null for what nobody can change. */
export function targetOf(ruleId: string): RuleTarget | null {
  const [kind = '', name = ''] = ruleId.split(':');
  return isKind(kind) && name !== '' ? { kind, name } : null;
}

/** `from`: whose call it was, as exceptions stand on the page of their user. */
export function hrefOf({ kind, name }: RuleTarget, from: string): string {
  return pages[kind](encodeURIComponent(name), encodeURIComponent(from));
}
