// What one layer has to say about a number or a region, and which of several such words counts.
import type { Region } from '../numbering/destination.ts';
import type { CompiledList, Entry, Layer, Person } from './entry.ts';
import type { EntryAction, LevelName } from './policy.ts';
import type { ContinueReason, DenyReason, Rule } from './verdict.ts';

export type Match =
  | { readonly by: 'number'; readonly layer: Layer; readonly entry: Entry; readonly pattern: string }
  | { readonly by: 'person'; readonly list: CompiledList; readonly person: Person; readonly pattern: string }
  | {
      readonly by: 'country';
      readonly layer: Layer;
      readonly entry: Entry;
      /** The region that the entry is about, and the one that is called: not the same where a code counts as one. */
      readonly of: Region;
      readonly region: Region;
    }
  | { readonly by: 'list-country'; readonly list: CompiledList; readonly of: Region; readonly region: Region }
  | {
      readonly by: 'level';
      readonly layer: Layer;
      readonly level: LevelName;
      readonly opens: boolean;
      readonly region: Region;
    };

const ranks: Readonly<Record<EntryAction, number>> = { deny: 0, pin: 1, allow: 2 };

export function actionOf(match: Match): EntryAction {
  switch (match.by) {
    case 'number':
    case 'country':
      // A block is never among the rules of a layer; should one be, it does not allow.
      return match.entry.action === 'block' ? 'deny' : match.entry.action;
    case 'person':
    case 'list-country':
      return 'allow';
    case 'level':
      return match.opens ? 'allow' : 'deny';
  }
}

/** Whether the entry opens numbers that cost extra: exact numbers and people do, prefixes and countries that say so. */
export function opensPremium(match: Match): boolean {
  switch (match.by) {
    case 'number':
    case 'country':
      return match.entry.premium || match.entry.exact;
    case 'person':
      return true;
    case 'list-country':
    case 'level':
      return false;
  }
}

/** Names caller and destination both, and so grants the destination even without the right to call abroad. */
export function namesCaller(match: Match): boolean {
  return (
    match.by === 'person' ||
    match.by === 'list-country' ||
    (match.by !== 'level' && match.entry.kind === 'exception')
  );
}

/** The one that counts: the longer pattern, then the refusal, then the PIN, then what opens more; last the older row. */
export function stronger<M extends Match>(left: M | null, right: M): M {
  if (left === null) return right;
  const order =
    lengthOf(right) - lengthOf(left) ||
    ranks[actionOf(left)] - ranks[actionOf(right)] ||
    Number(opensPremium(right)) - Number(opensPremium(left)) ||
    (keyOf(left) <= keyOf(right) ? -1 : 1);
  return order > 0 ? right : left;
}

function lengthOf(match: Match): number {
  return match.by === 'number' || match.by === 'person' ? match.pattern.length : 0;
}

/** The same order whatever order the rows came in. */
function keyOf(match: Match): string {
  return ruleOf(match).id.replaceAll(/\d+/g, (digits) => digits.padStart(12, '0'));
}

export function ruleOf(match: Match): Rule {
  switch (match.by) {
    case 'number': {
      const { layer, entry, pattern } = match;
      const what = entry.exact ? pattern : `numbers that begin with ${pattern}`;
      return ruleOfEntry(layer, entry, what);
    }
    case 'person': {
      const { list, person } = match;
      const text = `${person.name === '' ? match.pattern : person.name} is on the list ${list.name}.`;
      return { id: `list:${list.name}:${person.id}`, origin: 'list', text };
    }
    case 'country': {
      const { layer, entry } = match;
      if (entry.kind !== 'country') return ruleOfEntry(layer, entry, `calls to ${match.region}`);
      const [id, origin] =
        layer.kind === 'group'
          ? ([`group:${layer.name}:country:${match.of}`, 'group'] as const)
          : ([`country:${match.of}`, 'organisation'] as const);
      const denied = entry.action === 'deny';
      return { id, origin, text: `Calls to ${match.region} are ${denied ? 'denied' : 'allowed'}.` };
    }
    case 'list-country': {
      const { list } = match;
      const text = `The list ${list.name} grants calls to ${match.region}.`;
      return { id: `list:${list.name}:${match.of}`, origin: 'list', text };
    }
    case 'level':
      return ruleOfLevel(match.layer, match.level, match.opens, match.region);
  }
}

const verbs: Readonly<Record<Entry['action'], string>> = {
  allow: 'allows',
  deny: 'denies',
  pin: 'asks for a PIN for',
  block: 'blocks',
};

function ruleOfEntry(layer: Layer, entry: Entry, what: string): Rule {
  const reason = entry.reason === '' ? '' : ` (${entry.reason})`;
  const verb = verbs[entry.action];
  if (entry.kind === 'exception') {
    const text = `An exception of extension ${layer.name} ${verb} ${what}${reason}.`;
    return { id: `exception:${entry.id}`, origin: 'extension', text };
  }
  const isGroup = layer.kind === 'group';
  const text = `A rule${isGroup ? ` of the group ${layer.name}` : ''} ${verb} ${what}${reason}.`;
  return { id: `rule:${entry.id}`, origin: isGroup ? 'group' : 'organisation', text };
}

function ruleOfLevel(layer: Layer, level: LevelName, opens: boolean, region: Region): Rule {
  const text = `The level ${level} ${opens ? 'opens' : 'does not open'} ${region}.`;
  switch (layer.kind) {
    case 'extension':
      return { id: `extension:${layer.name}:level:${level}`, origin: 'extension', text };
    case 'group':
      return { id: `group:${layer.name}:level:${level}`, origin: 'group', text };
    case 'list':
    case 'organisation':
      // With the level closed, the allowed countries are all there is.
      if (level === 'closed') {
        return {
          id: `country:${region}`,
          origin: 'organisation',
          text: `${region} is not an allowed country.`,
        };
      }
      return { id: `level:${level}`, origin: 'level', text };
  }
}

export function reasonToContinue(match: Match): ContinueReason {
  switch (match.by) {
    case 'person':
    case 'list-country':
      return 'authorised-number';
    case 'level':
      return 'country-allowed';
    case 'number':
    case 'country':
      if (match.entry.kind === 'exception') return 'exception';
      return match.entry.kind === 'rule' ? 'rule-allowed' : 'country-allowed';
  }
}

export function reasonToDeny(match: Match): DenyReason {
  switch (match.by) {
    case 'number':
      return 'number-denied';
    case 'country':
    case 'list-country':
      return 'country-denied';
    case 'person':
    case 'level':
      return 'country-not-allowed';
  }
}
