// `callwarden extension show`: what one extension may dial, and which layer says so.
import type { Command } from 'commander';
import type { ShownExtension } from '../admin/extension-list.ts';
import type { Store } from '../store/open.ts';
import { openForReading } from './context.ts';
import { effectiveJson, effectiveLines } from './effective-text.ts';
import { isoTime, readMoment } from './moment.ts';
import { printJson, printLines, type JsonOption } from './output.ts';

export interface ShowOptions extends JsonOption {
  readonly at?: string;
  readonly countries?: boolean;
}

export async function showExtension(name: string, options: ShowOptions, command: Command): Promise<void> {
  const nowMs = Date.now();
  const atMs = options.at === undefined ? nowMs : readMoment(options.at, '--at', nowMs);
  using store = await openForReading(command);
  const { findExtension } = await import('../admin/extension-list.ts');
  const { pickupMemberships } = await import('../admin/shown-policy.ts');
  const found = findExtension(store, name);
  const pickupGroups = pickupMemberships(store, name);
  if (!found.isKnown && pickupGroups.length === 0) await refuseUnknown(store, found.shown);
  const effective = await effectiveOf(store, name, atMs);
  if (options.json) {
    const more = effective === null ? null : effectiveJson(effective);
    return printJson({ ...found.shown, pickupGroups, at: isoTime(atMs), effective: more });
  }
  printLines(effectiveLines({ ...found, pickupGroups, atMs, effective, isEach: options.countries === true }));
}

/** Null while no home region is set: then no call can be judged. */
async function effectiveOf(store: Store, extension: string, atMs: number) {
  const { readSettings } = await import('../store/settings.ts');
  if (readSettings(store)['home-region'] === '') return null;
  const { loadPolicy } = await import('../store/policy.ts');
  const { finish } = await import('../store/steps.ts');
  const { compileSnapshot } = await import('../barring/snapshot.ts');
  const { shownPolicySteps } = await import('../admin/shown-policy.ts');
  const { readPast } = await import('../admin/recorded-past.ts');
  const { barring } = loadPolicy(store);
  // Of limits it says how far they go, not that one is reached: the calls are left out.
  const { usage } = readPast(store, { atMs, nowMs: Date.now() }, false);
  const snapshot = compileSnapshot(barring);
  return finish(shownPolicySteps({ rows: barring, snapshot, usage, extension, atMs }));
}

/** Something that only a group or an exception names is still shown. */
async function refuseUnknown(store: Store, { extension, groups }: ShownExtension): Promise<void> {
  const { readExtensionTies } = await import('../store/extensions.ts');
  const { unknownExtension } = await import('../admin/known-extension.ts');
  const ties = readExtensionTies(store, extension);
  if (groups.length > 0 || Object.values(ties).some((names) => names.length > 0)) return;
  throw unknownExtension(store, extension);
}
