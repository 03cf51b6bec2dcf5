// Changing extensions that are known already, many at once, and adding those that are not: one transaction each.
import { counted } from '../counted.ts';
import { AppError } from '../errors.ts';
import { readExtension } from '../store/extensions.ts';
import { readGroupsOf } from '../store/groups.ts';
import { changePolicy, type AdminContext, type ChangeOutcome } from './change.ts';
import { findExtensions, type ExtensionFilter } from './extension-search.ts';
import { readExtensionWords } from './extension-words.ts';
import { setExtensions, writeExtensions, type ExtensionAttributes } from './extensions.ts';
import { abroadAmong } from './groups.ts';
import { rightNotices } from './international-right.ts';
import { requireExtension } from './known-extension.ts';
import { someNames } from './some-of.ts';

/** Extensions that a sentence names. */
const NAMED_MAX = 10;

/** Extensions by their names or ranges, or all that a filter leaves when the change is made. */
export type ChosenExtensions =
  | { readonly extensions: readonly string[] }
  /** `expected`: so many were shown to whoever chose; another count refuses. */
  | { readonly filter: ExtensionFilter; readonly expected: number };

/** What many extensions are given; their other groups stay as they are. */
export interface ExtensionEdit {
  readonly attributes: Omit<ExtensionAttributes, 'name' | 'groups'>;
  readonly joinGroups: readonly string[];
  readonly leaveGroups: readonly string[];
}

/** Throws `AppError('not-found')` where one of them is not known: nobody is added by an edit. */
export function editExtensions(
  context: AdminContext,
  chosen: ChosenExtensions,
  edit: ExtensionEdit,
): ChangeOutcome {
  const named = 'extensions' in chosen ? readExtensionWords(chosen.extensions) : [];
  const { attributes, joinGroups, leaveGroups } = edit;
  const twice = joinGroups.filter((group) => leaveGroups.includes(group));
  if (twice.length > 0) throw new AppError('invalid', `Join or leave ${twice.join(', ')}, not both.`);
  return changePolicy(context, () => {
    const { store } = context;
    const extensions = 'filter' in chosen ? filtered(context, chosen) : named;
    for (const extension of named) requireExtension(store, extension);
    const groupsOf = readGroupsOf(store, extensions);
    const movesGroups = joinGroups.length + leaveGroups.length > 0;
    const abroad = abroadAmong(store, extensions);
    const changes = writeExtensions(
      store,
      extensions.map((extension) => {
        const mine = (groupsOf.get(extension) ?? []).map(({ name }) => name);
        const groups = [...mine.filter((name) => !leaveGroups.includes(name)), ...joinGroups];
        return { extension, attributes: movesGroups ? { ...attributes, groups } : attributes };
      }),
    );
    return { changes, notices: rightNotices(abroad, abroadAmong(store, extensions)) };
  });
}

/** Changes one that is known. Throws `AppError('not-found')`. */
export function changeExtension(
  context: AdminContext,
  extension: string,
  attributes: ExtensionAttributes,
): ChangeOutcome {
  return changePolicy(context, () => {
    const { store } = context;
    requireExtension(store, extension);
    const abroad = abroadAmong(store, [extension]);
    const changes = writeExtensions(store, [{ extension, attributes }]);
    return { changes, notices: rightNotices(abroad, abroadAmong(store, [extension])) };
  });
}

/** Adds extensions with these attributes. Throws `AppError('conflict')` where one of them is known. */
export function addExtensions(
  context: AdminContext,
  words: readonly string[],
  attributes: ExtensionAttributes,
): ChangeOutcome {
  const extensions = readExtensionWords(words);
  const precondition = () => {
    context.precondition?.();
    const known = extensions.filter((extension) => readExtension(context.store, extension) !== null);
    if (known.length === 0) return;
    const who = someNames(known, NAMED_MAX);
    throw new AppError(
      'conflict',
      `Known already, and nothing was changed: ${who}. Choose others, or edit them.`,
    );
  };
  return setExtensions({ ...context, precondition }, extensions, attributes);
}

function filtered(
  { store, nowMs }: AdminContext,
  { filter, expected }: Extract<ChosenExtensions, { filter: unknown }>,
): readonly string[] {
  const found = findExtensions(store, filter, nowMs).map(({ extension }) => extension);
  if (found.length === expected) return found;
  throw new AppError(
    'conflict',
    `${counted(expected, 'extension')} ${expected === 1 ? 'was' : 'were'} chosen, against ${found.length} of that ` +
      'kind now. Look again, then repeat it.',
  );
}
