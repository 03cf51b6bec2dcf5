// Changing whom an authorised-number list is for: extensions and groups.
import { AppError } from '../errors.ts';
import {
  deleteAttachment,
  writeAttachment,
  type AttachmentKind,
  type AuthorisedListHead,
} from '../store/authorised-lists.ts';
import { listSubject, requireList } from './authorised-lists.ts';
import { changePolicy, type AdminContext, type Change, type ChangeOutcome } from './change.ts';
import { readExtensionWords } from './extension-words.ts';
import { addUnknown, requireGroup } from './groups.ts';
import { someNames } from './some-of.ts';

/** Names that one notice holds. */
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

/** Those that have it already stay as they are. Groups must be known; extensions that are not are added. */
export function attachList(context: AdminContext, list: string, words: AttachmentWords): ChangeOutcome {
  const wanted = readAttachments(words);
  return changePolicy(context, () => {
    const { store } = context;
    const head = requireList(store, list);
    for (const { name } of wanted.filter(({ kind }) => kind === 'group')) requireGroup(store, name);
    const extensions = wanted.filter(({ kind }) => kind === 'extension').map(({ name }) => name);
    const unknown = addUnknown(store, extensions);
    const changes: Change[] = [...unknown];
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
    return {
      changes,
      notices: unknown.length > 0 ? [`Not known before, and added: ${unknown.length}.`] : [],
    };
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
      notices:
        others.length > 0
          ? [
              `Not attached before: ${someNames(
                others.map(({ name }) => name),
                NAMED_MAX,
              )}.`,
            ]
          : [],
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
