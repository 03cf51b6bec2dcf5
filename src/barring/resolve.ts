// What the layers say about a destination: the nearest tier that says anything decides; inside it the longest number, else
// the country, else the level; a refusal wins a tie.
import type { Region } from '../numbering/destination.ts';
import { regionData, regionsOfCallingCode } from '../numbering/region-data.ts';
import { isValid, type Tier } from './entry.ts';
import { hitsIn, type Judging } from './judging.ts';
import { isOpenedBy, narrowestLevel } from './levels.ts';
import {
  actionOf,
  namesCaller,
  opensPremium,
  reasonToContinue,
  ruleOf,
  stronger,
  type Match,
} from './match.ts';
import type { EntryAction } from './policy.ts';

export interface Resolution {
  readonly action: EntryAction;
  /** The word that decided; where a number can belong to several regions, the strictest of them. */
  readonly match: Match;
  readonly opensPremium: boolean;
  /** Granted even without the right to call abroad. */
  readonly grants: boolean;
}

/** What the nearest rule, exception or person says that names the number itself; null where none does. */
export function resolveNumber(judging: Judging): Resolution | null {
  for (const tier of judging.caller.tiers) {
    const match = matchNumber(judging, tier);
    if (match !== null) return resolutionOf([match]);
  }
  return null;
}

/** What holds for a number abroad: every region that it can belong to must be allowed. Asked once for each call. */
export function resolveAbroad(judging: Judging): Resolution {
  judging.resolution ??= resolutionOf(matchesAbroad(judging));
  return judging.resolution;
}

/** No region at all is no country that anybody allowed. */
const noRegion: readonly Region[] = ['?'];

function matchesAbroad(judging: Judging): readonly Match[] {
  const { destination, snapshot } = judging;
  const named = 'regions' in destination ? destination.regions : [];
  let open = named.length === 0 ? noRegion : named;
  const found: Match[] = [];
  for (const tier of judging.caller.tiers) {
    const byNumber = matchNumber(judging, tier);
    const here =
      byNumber === null
        ? open.flatMap(
            (region) => matchCountry(judging, tier, region) ?? matchLevel(judging, tier, region) ?? [],
          )
        : [byNumber];
    const [nearest] = tier;
    judging.trace.push({
      step: `layer-${nearest?.kind ?? 'none'}`,
      result: here.map((match) => `${actionOf(match)}: ${ruleOf(match).id}`).join(', ') || 'no opinion',
    });
    found.push(...here);
    if (byNumber !== null || here.some((match) => actionOf(match) === 'deny')) return found;
    const decided = new Set(here.map((match) => ('region' in match ? match.region : '')));
    open = open.filter((region) => !decided.has(region));
    if (open.length === 0) return found;
  }
  // Not reached: the organisation always has a level. Closed it is (I2).
  const [region = '?'] = open;
  return [{ by: 'level', layer: snapshot.organisation, level: 'closed', opens: false, region }];
}

function resolutionOf(matches: readonly Match[]): Resolution {
  const [first, ...others] = matches;
  if (first === undefined) throw new TypeError('A resolution stands on at least one match.');
  const rank = { deny: 0, pin: 1, allow: 2 };
  const match = others.reduce(
    (left, right) => (rank[actionOf(right)] < rank[actionOf(left)] ? right : left),
    first,
  );
  return {
    action: actionOf(match),
    match,
    opensPremium: matches.every(opensPremium),
    grants: matches.every(namesCaller),
  };
}

/** The longest number or prefix of a tier. What only observes is written down, and then the next one counts. */
function matchNumber(judging: Judging, tier: Tier): Match | null {
  const match = longestMatch(judging, tier, true);
  if (match === null || match.by === 'person' || !match.entry.observe) return match;
  const action = actionOf(match);
  const rule = ruleOf(match);
  judging.observed.push(
    action === 'allow'
      ? { would: 'continue', reason: reasonToContinue(match), rule }
      : action === 'deny'
        ? { would: 'deny', reason: 'number-denied', rule }
        : { would: 'challenge', reason: 'pin-required', rule },
  );
  return longestMatch(judging, tier, false);
}

type NumberMatch = Extract<Match, { by: 'number' | 'person' }>;

function longestMatch(judging: Judging, tier: Tier, observing: boolean): NumberMatch | null {
  const { atMs } = judging.call;
  let best: NumberMatch | null = null;
  for (const layer of tier) {
    for (const { entry, pattern } of hitsIn(judging, layer.numbers)) {
      if (!isValid(entry, atMs) || (entry.observe && !observing)) continue;
      best = stronger<NumberMatch>(best, { by: 'number', layer, entry, pattern });
    }
    for (const list of layer.lists) {
      for (const pattern of judging.forms) {
        const person = list.people.get(pattern);
        if (person === undefined || !isValid(person, atMs)) continue;
        best = stronger<NumberMatch>(best, { by: 'person', list, person, pattern });
      }
    }
  }
  return best;
}

/** What a tier says about a region; where a calling code counts as one, what it allows of another region of the code. */
function matchCountry(judging: Judging, tier: Tier, region: Region): Match | null {
  const own = matchCountryOf(judging, tier, region, region);
  if (own !== null || judging.snapshot.plan.plan.sharedCodes === 'region') return own;
  let best: Match | null = null;
  for (const of of siblingsOf(region)) {
    const match = matchCountryOf(judging, tier, of, region);
    if (match !== null && actionOf(match) !== 'deny') best = stronger(best, match);
  }
  return best;
}

function matchCountryOf(judging: Judging, tier: Tier, of: Region, region: Region): Match | null {
  const { atMs } = judging.call;
  let best: Match | null = null;
  for (const layer of tier) {
    for (const entry of layer.countries?.get(of) ?? []) {
      if (isValid(entry, atMs)) best = stronger<Match>(best, { by: 'country', layer, entry, of, region });
    }
    for (const list of layer.lists) {
      if (list.countries.has(of)) best = stronger<Match>(best, { by: 'list-country', list, of, region });
    }
  }
  return best;
}

function siblingsOf(region: Region): readonly Region[] {
  const data = regionData(region);
  const regions = data === null ? null : regionsOfCallingCode(data.callingCode);
  return (regions ?? []).filter((other) => other !== region);
}

function matchLevel({ snapshot }: Judging, tier: Tier, region: Region): Match | null {
  const level = narrowestLevel(tier.map((each) => each.level));
  const layer = tier.find((each) => each.level === level);
  if (level === null || layer === undefined) return null;
  return { by: 'level', layer, level, opens: isOpenedBy(snapshot.levels, level, region), region };
}
