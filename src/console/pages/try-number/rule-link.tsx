// A link to the rule that decided, in words: `Country France`, `Group sales`.
import { countryName } from '../../i18n/format.ts';
import { t, tOr } from '../../i18n/t.tsx';
import { hrefOf, type RuleTarget } from './rule-target.ts';

interface RuleLinkProps {
  readonly target: RuleTarget | null;
  /** Whose call it is about. */
  readonly from: string;
  /** It stands for many rules of that kind: `Countries by name`. */
  readonly many?: boolean;
  /** Where nobody can change it. */
  readonly otherwise: string;
}

export function RuleLink({ target, from, many = false, otherwise }: RuleLinkProps) {
  if (target === null) return <span>{otherwise}</span>;
  return <a href={hrefOf(target, from)}>{ruleWords(target, many)}</a>;
}

function ruleWords({ kind, name }: RuleTarget, many: boolean): string {
  if (kind === 'country') {
    return many ? t('tryNumber.by-countries') : t('tryNumber.by-country', { name: countryName(name) });
  }
  if (kind === 'setting') return tOr(`tryNumber.by-setting-${name}`, t('tryNumber.by-setting', { name }));
  const word = kind === 'level' ? tOr(`users.level-${name}`, name) : name;
  return tOr(`tryNumber.by-${kind}`, name, { name: word });
}
