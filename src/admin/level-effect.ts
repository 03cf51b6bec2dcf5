// What a change of level does: the countries that it opens and closes, and the extensions that feel it.
import assert from 'node:assert';
import type { LevelName } from '../barring/policy.ts';
import type { Region } from '../numbering/destination.ts';
import { readExtensions } from '../store/extensions.ts';
import { readGroups } from '../store/groups.ts';
import type { Store } from '../store/open.ts';
import { readSettings } from '../store/settings.ts';
import { extensionsAbroad, groupsByMember } from './international-right.ts';
import { layersOf, levelTableOf, openRegions, type LayerOwner } from './open-regions.ts';

export interface LevelEffect {
  readonly opened: readonly Region[];
  readonly closed: readonly Region[];
  /** Open by it in all, those allowed by name among them. */
  readonly open: number;
  /** Extensions that hold the right to call abroad and for which no nearer level holds. */
  readonly extensions: number;
}

/** What giving the owner this level changes, told before it is done. The shipped lists where there are none yet. */
export function levelEffect(store: Store, owner: LayerOwner, level: LevelName, nowMs: number): LevelEffect {
  const home = readSettings(store)['home-region'];
  const table = levelTableOf(store);
  const [own, ...farther] = layersOf(store, owner, nowMs);
  assert(own);
  const before = openRegions([own, ...farther], table, home);
  const after = openRegions([{ ...own, level }, ...farther], table, home);
  return {
    opened: [...after].filter((region) => !before.has(region)),
    closed: [...before].filter((region) => !after.has(region)),
    open: after.size,
    extensions: concerned(store, owner),
  };
}

function concerned(store: Store, owner: LayerOwner): number {
  const extensions = readExtensions(store);
  const groups = readGroups(store);
  const abroad = extensionsAbroad(extensions, groups);
  if (owner.kind === 'extension') return abroad.has(owner.name) ? 1 : 0;
  const ownLevel = new Map<string, LevelName | null>(extensions.map((row) => [row.extension, row.level]));
  const groupsOf = groupsByMember(groups);
  return [...abroad].filter((name) => {
    if ((ownLevel.get(name) ?? null) !== null) return false;
    const mine = groupsOf.get(name) ?? [];
    if (owner.kind === 'group') return mine.some((group) => group.name === owner.name);
    return mine.every(({ level }) => level === null);
  }).length;
}
