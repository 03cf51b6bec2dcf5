// The countries of an extension put together by what is said of them, and by which layer: few lines instead of 250.
import type { Rule } from '../barring/verdict.ts';
import type { Told, ToldRegion } from './effective-policy.ts';
import { ruleTarget, type RuleTarget } from './rule-target.ts';

export interface RegionGroup extends Pick<Told, 'verdict' | 'reason' | 'instead'> {
  /** Such as `level low`, `exception 12`, `countries of the group sales`. */
  readonly by: string;
  readonly origin: Rule['origin'];
  /** Where the first of them is decided; null for what nobody can change. */
  readonly decidedBy: RuleTarget | null;
  readonly regions: readonly string[];
}

/** What may be called first, then what asks for a PIN; inside, the largest first. */
export function groupRegions(told: readonly ToldRegion[]): readonly RegionGroup[] {
  const found = new Map<string, RegionGroup & { readonly regions: string[] }>();
  for (const each of told) {
    const { verdict, reason, instead, rule, region } = each;
    const by = layerWords(rule);
    const key = [verdict, reason, instead, by].join(' ');
    const group = found.get(key);
    if (group) group.regions.push(region);
    else {
      const { origin } = rule;
      const decidedBy = ruleTarget(rule);
      found.set(key, { verdict, reason, instead, by, origin, decidedBy, regions: [region] });
    }
  }
  const rank = { continue: 0, challenge: 1, deny: 2 };
  return [...found.values()].sort(
    (a, b) => rank[a.verdict] - rank[b.verdict] || b.regions.length - a.regions.length,
  );
}

/** The layer behind a rule, in words that do not name the single country. */
export function layerWords({ id, text }: Rule): string {
  const [kind = '', name = '', what = '', detail = ''] = id.split(':');
  if (kind === 'level') return `level ${name}`;
  if (kind === 'country') return 'countries of the organisation';
  if (kind === 'exception' || kind === 'rule' || kind === 'block') return `${kind} ${name}`;
  if (kind === 'schedule') return `schedule ${name}`;
  if (kind === 'list') return `list ${name}`;
  if ((kind === 'group' || kind === 'extension') && what === 'level')
    return `level ${detail} of ${kind} ${name}`;
  if (what === 'international') return `right of ${kind} ${name}`;
  if (kind === 'group' && what === 'country') return `countries of group ${name}`;
  return text;
}
