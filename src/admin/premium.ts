// The switches of numbers that cost extra: all classes at once, or each by itself.
import { premiumClasses, type PremiumClass } from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import type { Store } from '../store/open.ts';
import { openClasses, readSettings } from '../store/settings.ts';
import { changePolicy, type AdminContext, type ChangeOutcome } from './change.ts';
import { readPremiumWords } from './premium-words.ts';
import { changeSettings, type SettingWords } from './settings.ts';

const holds: Readonly<Record<PremiumClass, string>> = {
  premium: 'premium-rate numbers and short codes, at home and abroad, and +979',
  'shared-cost': 'numbers whose cost caller and called share, and +808',
  personal: 'personal numbers that follow their owner (UK 070), and the like',
  satellite: 'satellites and global networks: +870 +878 +881 +882 +883 +888',
  directory: 'directory enquiries by short code',
};

export interface ShownClass {
  readonly class: PremiumClass;
  readonly on: boolean;
  readonly holds: string;
}

export interface ShownPremium {
  /** All classes are on. */
  readonly premium: boolean;
  readonly protection: boolean;
  readonly classes: readonly ShownClass[];
}

/** Of the organisation; all classes where no words are given. */
export function showPremium(store: Store, words: readonly string[] = []): ShownPremium {
  const settings = readSettings(store);
  const open = openClasses(settings);
  const wanted = words.length === 0 ? premiumClasses : readPremiumWords(words, 'premium');
  return {
    premium: open.length === premiumClasses.length,
    protection: settings.protection,
    classes: wanted.map((name) => ({ class: name, on: open.includes(name), holds: holds[name] })),
  };
}

/** Switches all classes, or those that the words mean; the others stay as they are. */
export function switchPremium(context: AdminContext, on: boolean, words: readonly string[]): ChangeOutcome {
  const named = words.length === 0 ? premiumClasses : readPremiumWords(words, 'premium');
  return on ? changePremium(context, named, []) : changePremium(context, [], named);
}

/** Switches both in one change. Throws `AppError('invalid')` where a class stands in both. */
export function changePremium(
  context: AdminContext,
  on: readonly PremiumClass[],
  off: readonly PremiumClass[],
): ChangeOutcome {
  const both = on.find((name) => off.includes(name));
  if (both !== undefined) throw new AppError('invalid', `${both} cannot be switched on and off at once.`);
  return changePolicy(context, () => {
    const { store } = context;
    const before = openClasses(readSettings(store));
    const after = premiumClasses.filter(
      (name) => on.includes(name) || (before.includes(name) && !off.includes(name)),
    );
    return changeSettings(store, premiumSettings(after));
  });
}

/** The settings that say that these classes are on, and no others. */
export function premiumSettings(open: readonly PremiumClass[]): SettingWords {
  const all = open.length === premiumClasses.length;
  return new Map([
    ['premium', [all ? 'on' : 'off']],
    ['premium-classes', all || open.length === 0 ? ['none'] : open],
  ]);
}
