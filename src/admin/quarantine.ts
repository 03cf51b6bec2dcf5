// Quarantine by hand: it makes no new version of the policy, but an audit row.
import type { Quarantine } from '../barring/usage.ts';
import { AppError } from '../errors.ts';
import { appendAudit } from '../store/audit.ts';
import { writeNotice } from '../store/notices.ts';
import { policyVersion } from '../store/policy.ts';
import { deleteQuarantine, readQuarantine, writeQuarantine } from '../store/quarantines.ts';
import { inWriteTransaction } from '../store/transaction.ts';
import { refuseActor, type AdminContext, type Change, type ChangeOutcome } from './change.ts';
import { readExtensionWords } from './extension-words.ts';
import { requireLine } from './line-text.ts';
import { isoMoment } from './moment-words.ts';

const REASON_LENGTH_MAX = 200;

/** Until a time, or null for until somebody releases them. In the place of a quarantine that is there. */
export function addQuarantines(
  context: AdminContext,
  words: readonly string[],
  { untilMs, reason }: { readonly untilMs: number | null; readonly reason: string },
): ChangeOutcome {
  const extensions = readExtensionWords(words);
  const text = requireLine(reason, REASON_LENGTH_MAX, 'A reason');
  return changeQuarantines(context, () =>
    extensions.map((extension) => {
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
  );
}

/** Throws `AppError('not-found')` where one of them is not in quarantine. */
export function releaseExtensions(context: AdminContext, words: readonly string[]): ChangeOutcome {
  const extensions = readExtensionWords(words);
  return changeQuarantines(context, () =>
    extensions.map((extension) => {
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
  );
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

function changeQuarantines(context: AdminContext, work: () => readonly Change[]): ChangeOutcome {
  const { store, actor, pbx, nowMs } = context;
  refuseActor(actor);
  return inWriteTransaction(store, () => {
    const changes = work();
    const version = policyVersion(store);
    appendAudit(
      store,
      changes.map((change) => ({ ...change, atMs: nowMs, pbx, actor, policyVersion: version })),
    );
    return { changes, policyVersion: version, notices: [] };
  });
}
