// What a change of the barring would do, before it is made: who loses and who gains what, asked of `decide()` itself.
import type { CountryRow, LevelCountryRow, LevelNeighbourRow } from '../barring/policy.ts';
import { compileSnapshot, type PolicySnapshot } from '../barring/snapshot.ts';
import { readCountries } from '../store/countries.ts';
import { readLevelCountries, readLevelNeighbours } from '../store/levels.ts';
import type { Store } from '../store/open.ts';
import { barringSettingsOf } from '../store/barring-settings.ts';
import { planOf, policyVersion } from '../store/policy.ts';
import { readSettings, type Settings } from '../store/settings.ts';
import { inSlices } from '../store/steps.ts';
import { inReadTransaction, inRehearsal } from '../store/transaction.ts';
import { readProposal, writeProposal, type Proposal, type ProposalWords } from './barring-proposal.ts';
import type { Changed, ChangeOutcome } from './change.ts';
import { withOpenSchedules } from './effective-policy.ts';
import { readEqualTerms, type TermsOfAll } from './equal-terms.ts';
import { effectSteps, noEffect, type PreviewedEffect } from './preview-effect.ts';

export interface Preview extends ChangeOutcome {
  readonly effect: PreviewedEffect;
  /** Refusals are only recorded before and after: the effect is that of enforcing. */
  readonly observed: boolean;
}

/** What the organisation says. */
interface Scene {
  readonly settings: Settings;
  readonly countries: readonly CountryRow[];
  readonly levels: readonly LevelCountryRow[];
  readonly neighbours: readonly LevelNeighbourRow[];
}

/** Somebody who changes things all the time must not keep a preview from being made. */
const READS_MAX = 3;

/**
 * Runs the very change, takes it back, and compares who may call what before and after, at a time when all schedules are
 * open. The write lock is held while the rows are written, not while they are judged. Throws what the change would throw.
 */
export async function previewBarring(store: Store, words: ProposalWords, nowMs: number): Promise<Preview> {
  const { terms, before, after, changed, version } = rehearse(store, readProposal(words), nowMs);
  const outcome = { changes: changed.changes, notices: changed.notices ?? [], policyVersion: version };
  const observed = before.settings.mode === 'observe' && after.settings.mode === 'observe';
  const isReadable = [before, after].every(({ settings }) => settings['home-region'] !== '');
  if (changed.changes.length === 0 || !isReadable) return { ...outcome, effect: noEffect, observed };
  const effect = await inSlices(
    effectSteps({
      before: snapshotOf(terms, before, observed),
      after: snapshotOf(terms, after, observed),
      classes: terms.classes,
      atMs: nowMs,
    }),
    () => performance.now(),
  );
  return { ...outcome, effect: effect ?? noEffect, observed };
}

interface Rehearsed {
  readonly terms: TermsOfAll;
  readonly before: Scene;
  readonly after: Scene;
  readonly changed: Changed;
  readonly version: number;
}

/** What is read in front of the lock is read again where somebody has changed it meanwhile. */
function rehearse(store: Store, proposal: Proposal, nowMs: number): Rehearsed {
  for (let reads = 1; ; reads += 1) {
    const { version, terms, before } = inReadTransaction(store, () => ({
      version: policyVersion(store),
      terms: readEqualTerms(store, nowMs),
      before: readScene(store),
    }));
    const found = inRehearsal(store, () => {
      if (policyVersion(store) !== version && reads < READS_MAX) return null;
      const changed = writeProposal(store, proposal, nowMs);
      return { changed, after: readScene(store) };
    });
    if (found !== null) return { terms, before, version, ...found };
  }
}

function readScene(store: Store): Scene {
  const settings = readSettings(store);
  return {
    settings,
    countries: readCountries(store),
    levels: readLevelCountries(store),
    neighbours: readLevelNeighbours(store, settings['home-region']),
  };
}

function snapshotOf({ callers }: TermsOfAll, scene: Scene, enforced: boolean): PolicySnapshot {
  const { settings, ...rest } = scene;
  const barring = barringSettingsOf(settings);
  const snapshot = compileSnapshot({
    ...callers,
    ...rest,
    version: 0,
    plan: planOf(settings),
    settings: enforced ? { ...barring, mode: 'enforce' } : barring,
    announcements: [],
  });
  return withOpenSchedules(snapshot);
}
