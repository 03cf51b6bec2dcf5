// Changing extensions: their rights, their names, and whether they are known at all.
import { AppError } from '../errors.ts';
import {
  deleteExtension,
  readExtension,
  readExtensions,
  writeExtension,
  type ExtensionRecord,
} from '../store/extensions.ts';
import { deletePickupMember, readPickupGroups } from '../store/pickup-groups.ts';
import { changePolicy, isSame, type AdminContext, type Change, type ChangeOutcome } from './change.ts';
import { readExtensionWords } from './extension-words.ts';

/** Extensions that the policy holds, at most. */
const EXTENSIONS_MAX = 100_000;
const NAME_LENGTH_MAX = 100;

export interface ExtensionAttributes {
  readonly name?: string;
  /** False is *disallow international calls*. */
  readonly international?: boolean;
  readonly anyPickup?: boolean;
}

const newcomer = (extension: string): ExtensionRecord => ({
  extension,
  name: '',
  right: 'inherit',
  level: null,
  schedule: null,
  pin: null,
  pinEntry: null,
  anyPickup: false,
});

/** What the audit shows of an extension. */
const shown = ({ name, right, anyPickup }: ExtensionRecord) => ({
  name,
  international: right === 'on',
  anyPickup,
});

/** Adds the extensions that are new, without rights, and gives all of them the attributes. */
export function setExtensions(
  context: AdminContext,
  words: readonly string[],
  attributes: ExtensionAttributes,
): ChangeOutcome {
  const extensions = readExtensionWords(words);
  const name =
    attributes.name === undefined ? undefined : readDisplayName(attributes.name, extensions.length);
  return changePolicy(context, () => {
    const { store } = context;
    const changes: Change[] = [];
    for (const extension of extensions) {
      const before = readExtension(store, extension);
      const base = before ?? newcomer(extension);
      const after: ExtensionRecord = {
        ...base,
        name: name ?? base.name,
        right: attributes.international === undefined ? base.right : attributes.international ? 'on' : 'off',
        anyPickup: attributes.anyPickup ?? base.anyPickup,
      };
      if (before && isSame(shown(before), shown(after))) continue;
      writeExtension(store, after);
      changes.push({
        action: before ? 'extension-changed' : 'extension-added',
        subject: `extension ${extension}`,
        before: before && shown(before),
        after: shown(after),
      });
    }
    refuseTooMany(readExtensions(store).length);
    return { changes };
  });
}

/**
 * Takes the extensions away with their rights and their places in pickup groups. Throws where none of them is
 * known.
 */
export function removeExtensions(context: AdminContext, words: readonly string[]): ChangeOutcome {
  const extensions = readExtensionWords(words);
  return changePolicy(context, () => {
    const { store } = context;
    const groups = readPickupGroups(store);
    const changes: Change[] = [];
    const unknown: string[] = [];
    for (const extension of extensions) {
      const before = readExtension(store, extension);
      const memberOf = groups.filter(({ members }) =>
        members.some((member) => member.extension === extension),
      );
      if (!before && memberOf.length === 0) {
        unknown.push(extension);
        continue;
      }
      for (const group of memberOf) deletePickupMember(store, group.name, extension);
      deleteExtension(store, extension);
      changes.push({
        action: 'extension-removed',
        subject: `extension ${extension}`,
        before: { ...(before && shown(before)), pickupGroups: memberOf.map((group) => group.name) },
        after: null,
      });
    }
    if (changes.length === 0) throw unknownExtensions(unknown);
    const notices = unknown.length > 0 ? [`Not known before: ${unknown.join(', ')}.`] : [];
    return { changes, notices };
  });
}

function unknownExtensions(extensions: readonly string[]): AppError {
  const [first = ''] = extensions;
  const which = extensions.length === 1 ? `The extension ${first} is` : 'These extensions are';
  return new AppError('not-found', `${which} not known. \`callwarden extension list\` shows those that are.`);
}

function readDisplayName(name: string, extensions: number): string {
  if (extensions > 1)
    throw new AppError('invalid', 'A name belongs to one extension. Set it for each of them.');
  const trimmed = name.trim();
  if (trimmed.length <= NAME_LENGTH_MAX && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(trimmed)) return trimmed;
  throw new AppError('invalid', `A name has ${NAME_LENGTH_MAX} characters at most and stands on one line.`);
}

function refuseTooMany(count: number): void {
  if (count <= EXTENSIONS_MAX) return;
  const max = EXTENSIONS_MAX.toLocaleString('en');
  throw new AppError(
    'invalid',
    `There would be ${count} extensions, and ${max} is the limit. Remove old ones.`,
  );
}
