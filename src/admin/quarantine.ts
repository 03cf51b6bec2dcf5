// Quarantine by hand: it makes no new version of the policy, but an audit row.
import type { Quarantine } from '../barring/usage.ts';
import { AppError } from '../errors.ts';
import { writeNotice } from '../store/notices.ts';
import { deleteQuarantine, readQuarantine, readQuarantines, writeQuarantine } from '../store/quarantines.ts';
import type { Store } from '../store/open.ts';
import { changeBeside, type AdminContext, type ChangeOutcome } from './change.ts';
import { readExtensionWords } from './extension-words.ts';
import { requireLine } from './line-text.ts';
import { isoMoment } from './moment-words.ts';

const REASON_LENGTH_MAX = 200;

/** Who is in quarantine at that moment, by extension. */
export function listQuarantines(store: Store, atMs: number): readonly Quarantine[] {
  return readQuarantines(store).filter(({ untilMs }) => untilMs === null || untilMs > atMs);
}

/** Until a time, or null for until somebody releases them. In the place of a quarantine that is there. */
export function addQuarantines(
  context: AdminContext,
  words: readonly string[],
  { untilMs, reason }: { readonly untilMs: number | null; readonly reason: string },
): ChangeOutcome {
  const extensions = readExtensionWords(words);
  const text = requireLine(reason, REASON_LENGTH_MAX, 'A reason');
  return changeBeside(context, () => ({
    changes: extensions.map((extension) => {
      const { store, actor, nowMs, pbx } = context;
      const before = readQuarantine(store, extension);
      const after = { extension, sinceMs: nowMs, untilMs, reason: text, by: actor };
      writeQuarantine(store, after);
      writeNotice(store, {
        atMs: nowMs,
        pbx,
        kind: 'quarantined',
        extension,
        text: `${extension} is in quarantine. ${text}`,
        detail: { by: actor, untilMs },
      });
      return {
        action: 'extension-quarantined',
        subject: subjectOf(extension),
        before: shown(before),
        after: shown(after),
      };
    }),
  }));
}

/** Throws `AppError('not-found')` where one of them is not in quarantine. */
export function releaseExtensions(context: AdminContext, words: readonly string[]): ChangeOutcome {
  const extensions = readExtensionWords(words);
  return changeBeside(context, () => ({
    changes: extensions.map((extension) => {
      const { store, actor, nowMs, pbx } = context;
      const before = readQuarantine(store, extension);
      if (!before || (before.untilMs !== null && before.untilMs <= nowMs)) throw notInQuarantine(extension);
      deleteQuarantine(store, extension);
      const text = `${extension} was released from quarantine by ${actor}.`;
      writeNotice(store, { atMs: nowMs, pbx, kind: 'released', extension, text, detail: { by: actor } });
      return {
        action: 'quarantine-released',
        subject: subjectOf(extension),
        before: shown(before),
        after: null,
      };
    }),
  }));
}

const subjectOf = (extension: string) => `quarantine ${extension}`;

/** What the audit shows of it. */
const shown = (quarantine: Quarantine | null) =>
  quarantine && {
    until: isoMoment(quarantine.untilMs) ?? 'released',
    reason: quarantine.reason,
    by: quarantine.by,
  };

function notInQuarantine(extension: string): AppError {
  return new AppError(
    'not-found',
    `The extension ${extension} is not in quarantine. \`callwarden quarantine list\` shows those that are.`,
  );
}
