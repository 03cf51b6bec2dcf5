// The policy that `callwarden init` begins with: the settings given, the shipped lists of countries, and a level.
import { policyVersion } from '../store/policy.ts';
import { changePolicy, type AdminContext, type ChangeOutcome } from './change.ts';
import { seedLevels } from './level-seed.ts';
import { changeSettings, type SettingWords } from './settings.ts';

/** Low exposure: what a new policy opens to those who are given the right to call abroad. */
const FIRST_LEVEL = 'low';

/** All in one change. A policy that was there before keeps its level and its lists, unless a level is given. */
export function setUpPolicy(
  context: AdminContext,
  given: SettingWords,
  levelWord: string | undefined,
): ChangeOutcome {
  return changePolicy(context, () => {
    const { store } = context;
    const level = levelWord ?? (policyVersion(store) === 0 ? FIRST_LEVEL : undefined);
    if (level === undefined) return changeSettings(store, given);
    const { changes, notices = [] } = changeSettings(store, new Map([...given, ['level', [level]]]));
    return { changes: [...changes, ...seedLevels(store)], notices };
  });
}
