// The organisation's barring changed as a whole: settings, level, premium classes, countries and lists in one go.
import type { LevelName, PremiumClass } from '../barring/policy.ts';
import { readCountries } from '../store/countries.ts';
import type { Store } from '../store/open.ts';
import { changePolicy, type AdminContext, type Changed, type ChangeOutcome } from './change.ts';
import { changeCountries, readDecisions, type CountryDecisions } from './countries.ts';
import type { ListedLevel } from './level-file.ts';
import { changePlaces, readPlaces, type LevelPlaces } from './levels.ts';
import { levelListsOf } from './open-regions.ts';
import { premiumSettings } from './premium.ts';
import { changeSettings, listSettings } from './settings.ts';

/** As administrators write it. What is not named stays as it is. */
export interface ProposalWords {
  /** Words by key, as `settings set` takes them. */
  readonly settings?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly level?: LevelName | undefined;
  /** The classes that are on afterwards. */
  readonly premium?: readonly PremiumClass[] | undefined;
  readonly countries?: Parameters<typeof readDecisions>[0] | undefined;
  readonly places?:
    | readonly {
        readonly regions: readonly string[];
        readonly level: ListedLevel | null;
        readonly reason?: string | undefined;
      }[]
    | undefined;
}

/** The same, read. */
export interface Proposal {
  readonly settings: ReadonlyMap<string, readonly string[]>;
  readonly countries: CountryDecisions;
  readonly places: readonly LevelPlaces[];
}

/** Throws `AppError('invalid')`. */
export function readProposal(words: ProposalWords): Proposal {
  const { level, premium } = words;
  return {
    settings: new Map([
      ...Object.entries(words.settings ?? {}),
      ...(level === undefined ? [] : ([['level', [level]]] as const)),
      ...(premium === undefined ? [] : premiumSettings(premium)),
    ]),
    countries: readDecisions(words.countries ?? {}),
    places: (words.places ?? []).map(({ regions, level: list, reason = '' }) =>
      readPlaces(regions, list, reason.trim()),
    ),
  };
}

/** All of it or nothing. */
export function changeBarring(context: AdminContext, words: ProposalWords): ChangeOutcome {
  const proposal = readProposal(words);
  return changePolicy(context, () => writeProposal(context.store, proposal, context.nowMs));
}

/** Inside a change, or a rehearsal of one. */
export function writeProposal(store: Store, proposal: Proposal, nowMs: number): Changed {
  const settings = changeSettings(store, proposal.settings);
  const places = proposal.places.flatMap((each) => changePlaces(store, each));
  const countries: Changed =
    proposal.countries.size === 0 ? { changes: [] } : changeCountries(store, proposal.countries, null, nowMs);
  return {
    changes: [...settings.changes, ...places, ...countries.changes],
    notices: [...(settings.notices ?? []), ...(countries.notices ?? [])],
  };
}

/** What a proposal would write over: for whoever changes what he has seen. */
export const showBarring = (store: Store) => ({
  settings: listSettings(store),
  countries: readCountries(store),
  places: levelListsOf(store).countries,
});
