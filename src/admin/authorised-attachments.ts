// Changing whom an authorised-number list is for: extensions and groups.
import { AppError } from '../errors.ts';
import { nearestWord } from '../nearest-word.ts';
import {
  deleteAttachment,
  writeAttachment,
  type AttachmentKind,
  type AuthorisedListHead,
} from '../store/authorised-lists.ts';
import { readExtensions } from '../store/extensions.ts';
import { readGroups } from '../store/groups.ts';
import type { Store } from '../store/open.ts';
import { listSubject, requireList } from './authorised-lists.ts';
import { changePolicy, type AdminContext, type Change, type ChangeOutcome } from './change.ts';
import { readExtensionWords } from './extension-words.ts';

/** Unknown extensions that a notice names one by one. */
const NAMED_MAX = 10;

/** As they stand on the command line: extensions with ranges, names of groups joined by commas. */
export interface AttachmentWords {
  readonly extensions: readonly string[];
  readonly groups: readonly string[];
}

interface Attachment {
  readonly kind: AttachmentKind;
  readonly name: string;
}

/** Those that have it already stay as they are. Groups must be known; of unknown extensions a notice tells. */
export function attachList(context: AdminContext, list: string, words: AttachmentWords): ChangeOutcome {
  const wanted = readAttachments(words);
  return changePolicy(context, () => {
    const { store } = context;
    const head = requireList(store, list);
    for (const { name } of wanted.filter(({ kind }) => kind === 'group')) requireKnownGroup(store, name);
    const changes: Change[] = [];
    for (const { kind, name } of wanted) {
      if (isAttached(head, kind, name)) continue;
      writeAttachment(store, list, kind, name);
      changes.push({
        action: 'authorised-list-attached',
        subject: listSubject(list),
        before: null,
        after: { [kind]: name },
      });
    }
    return { changes, notices: unknownExtensions(store, wanted) };
  });
}

/** Of those that it was not attached to, a notice tells. */
export function detachList(context: AdminContext, list: string, words: AttachmentWords): ChangeOutcome {
  const wanted = readAttachments(words);
  return changePolicy(context, () => {
    const head = requireList(context.store, list);
    const attached = wanted.filter(({ kind, name }) => isAttached(head, kind, name));
    const others = wanted.filter(({ kind, name }) => !isAttached(head, kind, name));
    for (const { kind, name } of attached) deleteAttachment(context.store, list, kind, name);
    return {
      changes: attached.map(({ kind, name }) => ({
        action: 'authorised-list-detached',
        subject: listSubject(list),
        before: { [kind]: name },
        after: null,
      })),
      notices: others.length > 0 ? [`Not attached before: ${namesOf(others.map(({ name }) => name))}.`] : [],
    };
  });
}

function readAttachments({ extensions, groups }: AttachmentWords): readonly Attachment[] {
  const groupNames = groups.flatMap((text) => text.split(/[\s,]+/)).filter((name) => name !== '');
  if (extensions.length === 0 && groupNames.length === 0) {
    throw new AppError('invalid', 'Say for whom the list is: --extension 1001-1010 or --group sales.');
  }
  const named = extensions.length === 0 ? [] : readExtensionWords(extensions);
  return [
    ...named.map((name) => ({ kind: 'extension' as const, name })),
    ...[...new Set(groupNames)].map((name) => ({ kind: 'group' as const, name })),
  ];
}

function isAttached(head: AuthorisedListHead, kind: AttachmentKind, name: string): boolean {
  return (kind === 'extension' ? head.extensions : head.groups).includes(name);
}

function requireKnownGroup(store: Store, name: string): void {
  const names = readGroups(store).map((group) => group.name);
  if (names.includes(name)) return;
  const near = nearestWord(name, names);
  const next = near === null ? '`callwarden group list` shows them.' : `Did you mean ${near}?`;
  throw new AppError('not-found', `There is no group ${JSON.stringify(name)}. ${next}`);
}

function unknownExtensions(store: Store, wanted: readonly Attachment[]): readonly string[] {
  const known = new Set(readExtensions(store).map((row) => row.extension));
  const unknown = wanted.filter(({ kind, name }) => kind === 'extension' && !known.has(name));
  if (unknown.length === 0) return [];
  return [
    `The policy does not know these extensions by themselves: ${namesOf(unknown.map(({ name }) => name))}.`,
  ];
}

const namesOf = (names: readonly string[]) =>
  names.length > NAMED_MAX
    ? `${names.slice(0, NAMED_MAX).join(', ')} and ${names.length - NAMED_MAX} more`
    : names.join(', ');
