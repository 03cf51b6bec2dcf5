// `callwarden extension show`: what one extension may dial, and which layer says so.
import type { Command } from 'commander';
import { AppError } from '../errors.ts';
import { nearestWord } from '../nearest-word.ts';
import { openForReading } from './context.ts';
import { printJson, type JsonOption } from './output.ts';

export interface ShowOptions extends JsonOption {
  readonly at?: string;
  readonly countries?: boolean;
}

export async function showExtension(name: string, options: ShowOptions, command: Command): Promise<void> {
  using store = await openForReading(command);
  const { findExtension } = await import('../admin/extension-list.ts');
  const { readExtensions } = await import('../store/extensions.ts');
  const { readPickupGroups } = await import('../store/pickup-groups.ts');
  const { shown, isKnown } = findExtension(store, name);
  const pickupGroups = readPickupGroups(store).flatMap(({ name: group, members }) =>
    members
      .filter((member) => member.extension === name)
      .map(({ interceptor, target }) => ({ group, interceptor, target })),
  );
  if (!isKnown && pickupGroups.length === 0 && shown.groups.length === 0) {
    const near = nearestWord(
      name,
      readExtensions(store).map((row) => row.extension),
    );
    const next =
      near === null ? '`callwarden extension list` shows those that are.' : `Did you mean ${near}?`;
    throw new AppError('not-found', `The extension ${JSON.stringify(name)} is not known. ${next}`);
  }
  printJson({ ...shown, pickupGroups });
}
