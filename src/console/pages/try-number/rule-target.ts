// Where the rule behind a verdict is shown in the console.
import type { z } from 'zod';
import type { ruleTargetForm } from '../../../http/api/extension-forms.ts';

export type RuleTarget = z.infer<typeof ruleTargetForm>;

const kinds: ReadonlySet<string> = new Set<RuleTarget['kind']>([
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
]);

const isKind = (word: string): word is RuleTarget['kind'] => kinds.has(word);

/** From an id such as `country:AR`; null for what nobody can change. */
export function targetOf(ruleId: string): RuleTarget | null {
  const [kind = '', name = ''] = ruleId.split(':');
  return isKind(kind) && name !== '' ? { kind, name } : null;
}

/** `from`: whose call it was, as exceptions stand on the page of their user. */
export function hrefOf({ kind, name }: RuleTarget, from: string): string {
  const word = encodeURIComponent(name);
  switch (kind) {
    case 'country':
      return `/barring?tab=countries&country=${word}`;
    case 'level':
      return '/barring';
    case 'setting':
      return '/barring';
    case 'group':
      return `/groups/${word}`;
    case 'extension':
      return `/users/${word}`;
    case 'exception':
      return `/users/${encodeURIComponent(from)}`;
    case 'rule':
    case 'block':
      return `/rules?rule=${word}`;
    case 'list':
      return '/authorised';
    case 'schedule':
      return '/schedules';
    case 'limit':
    case 'quarantine':
      return '/limits';
    case 'pin':
      return '/pins';
  }
}
