// Changing the exceptions of extensions: a country, prefix or number, with a reason, an owner and an end.
import type { EntryAction, ExceptionRow } from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import {
  addException,
  countExceptions,
  deleteException,
  readException,
  readExceptions,
  readExceptionsOf,
  setExceptionEnd,
  type NewException,
} from '../store/exceptions.ts';
import type { Store } from '../store/open.ts';
import { changePolicy, type AdminContext, type Change, type ChangeOutcome } from './change.ts';
import { exceptionNotices } from './exception-notices.ts';
import { readExtensionWords } from './extension-words.ts';
import { addUnknown } from './groups.ts';
import { readIds } from './id-words.ts';
import { requireLine } from './line-text.ts';
import { isoMoment } from './moment-words.ts';
import { readNumberPattern } from './number-pattern.ts';
import { readRegionWords } from './regions.ts';
import { readPlan } from './stored-plan.ts';

const EXCEPTIONS_MAX = 100_000;
/** Exceptions that one command makes. */
const OF_COMMAND_MAX = 10_000;
const TEXT_LENGTH_MAX = 200;
/** Expired ones are kept for so long, so that people can look up what was open. */
export const KEPT_EXPIRED_MS = 30 * 86_400_000;

/** What `exception add` is told; times in milliseconds since the epoch. */
export interface ExceptionWords {
  readonly countries: readonly string[];
  readonly prefixes: readonly string[];
  readonly numbers: readonly string[];
  readonly action: EntryAction;
  /** Also opens numbers that cost extra; exact numbers do in any case. */
  readonly premium: boolean;
  readonly reason: string;
  readonly owner: string;
  readonly fromMs: number | null;
  readonly untilMs: number | null;
}

type Target = Pick<ExceptionRow, 'region' | 'pattern' | 'exact'>;

/** `FR`, `+33*`, `+33140205050`. */
export function targetText({ region, pattern, exact }: Target): string {
  return region ?? `${pattern ?? ''}${exact ? '' : '*'}`;
}

/** What the audit shows of an exception: what is empty is left out. */
function shownException(row: NewException): Readonly<Record<string, unknown>> {
  return {
    action: row.action,
    target: targetText(row),
    ...(row.premium ? { premium: true } : {}),
    reason: row.reason,
    ...(row.owner === '' ? {} : { owner: row.owner }),
    ...(row.fromMs === null ? {} : { from: isoMoment(row.fromMs) }),
    until: isoMoment(row.untilMs) ?? 'no end',
  };
}

const subjectOf = ({ id, extension }: Pick<ExceptionRow, 'id' | 'extension'>) =>
  `exception ${id} of extension ${extension}`;

/**
 * Gives each of the extensions an exception for each target. Throws `AppError` where the reason is missing, where a
 * target is none, and where an extension has that exception already.
 */
export function addExceptions(
  context: AdminContext,
  words: readonly string[],
  asked: ExceptionWords,
): ChangeOutcome {
  const extensions = readExtensionWords(words);
  const reason = requireLine(asked.reason, TEXT_LENGTH_MAX, 'A reason');
  const owner = asked.owner === '' ? '' : requireLine(asked.owner, TEXT_LENGTH_MAX, 'An owner');
  const regions = asked.countries.length === 0 ? [] : readRegionWords(asked.countries);
  return changePolicy(context, () => {
    const { store } = context;
    const { targets, notices } = readTargets(store, asked, regions);
    refuseTooMany(extensions.length * targets.length, countExceptions(store));
    const changes: Change[] = [...addUnknown(store, extensions)];
    const added = changes.length;
    for (const extension of extensions) {
      const there = readExceptionsOf(store, extension);
      for (const target of targets) {
        refuseDuplicate(there, target, asked.action, context.nowMs);
        const { action, fromMs, untilMs } = asked;
        const premium = action === 'deny' ? false : asked.premium || target.exact;
        const row: NewException = { extension, action, ...target, premium, reason, owner, fromMs, untilMs };
        const id = addException(store, row);
        const subject = subjectOf({ id, extension });
        changes.push({
          action: 'exception-added',
          subject,
          before: null,
          after: { id, ...shownException(row) },
        });
      }
    }
    const known = added === 0 ? [] : [`Not known before, and added: ${added}.`];
    return { changes, notices: [...notices, ...known, ...exceptionNotices(store, targets, asked)] };
  });
}

function readTargets(
  store: Store,
  asked: ExceptionWords,
  regions: readonly string[],
): { readonly targets: readonly Target[]; readonly notices: readonly string[] } {
  const targets = new Map<string, Target>();
  const notices: string[] = [];
  const keep = (target: Target) => targets.set(targetText(target), target);
  for (const region of regions) keep({ region, pattern: null, exact: false });
  const written = [
    ...asked.prefixes.map((word) => ({ word, exact: false })),
    ...asked.numbers.map((word) => ({ word, exact: true })),
  ];
  const plan = written.length === 0 ? null : readPlan(store);
  for (const { word, exact } of written) {
    if (plan === null) break;
    const { pattern, notice } = readNumberPattern(word, exact, plan);
    keep({ region: null, pattern, exact });
    if (notice !== '') notices.push(notice);
  }
  if (targets.size === 0) {
    throw new AppError(
      'invalid',
      'Name what the exception is about: --country FR, --prefix +33 or --number +331….',
    );
  }
  return { targets: [...targets.values()], notices };
}

function refuseDuplicate(
  there: readonly ExceptionRow[],
  target: Target,
  action: EntryAction,
  nowMs: number,
): void {
  const same = there.find(
    (row) =>
      row.action === action &&
      row.region === target.region &&
      row.pattern === target.pattern &&
      row.exact === target.exact &&
      (row.untilMs === null || row.untilMs > nowMs),
  );
  if (same === undefined) return;
  throw new AppError(
    'conflict',
    `Extension ${same.extension} has that exception already: ${same.id}. Nothing was changed. Change its end ` +
      `with \`callwarden exception extend ${same.id}\`, or remove it first.`,
  );
}

function refuseTooMany(adding: number, there: number): void {
  if (adding > OF_COMMAND_MAX) {
    throw new AppError(
      'invalid',
      `That would be ${adding} exceptions at once, and ${OF_COMMAND_MAX} is the limit.`,
    );
  }
  if (there + adding <= EXCEPTIONS_MAX) return;
  throw new AppError(
    'invalid',
    `There would be ${there + adding} exceptions, and ${EXCEPTIONS_MAX} is the limit. ` +
      'Put the extensions into a group, or run `callwarden exception prune`.',
  );
}

/** Throws `AppError('not-found')` that names all that are not there. */
export function removeExceptions(context: AdminContext, ids: readonly string[]): ChangeOutcome {
  const wanted = readIds(ids, 'exceptions', 'exception list');
  return changePolicy(context, () => {
    const rows = requireExceptions(context.store, wanted);
    return { changes: rows.map((row) => remove(context.store, row)) };
  });
}

function remove(store: Store, row: ExceptionRow): Change {
  deleteException(store, row.id);
  return { action: 'exception-removed', subject: subjectOf(row), before: shownException(row), after: null };
}

/** When an exception ends from now on: at a time, or so much later than it would (than now, where it has expired). */
export type NewEnd = { readonly untilMs: number } | { readonly moreMs: number };

export function extendExceptions(context: AdminContext, ids: readonly string[], end: NewEnd): ChangeOutcome {
  const wanted = readIds(ids, 'exceptions', 'exception list');
  return changePolicy(context, () => {
    const { store, nowMs } = context;
    const changes = requireExceptions(store, wanted).flatMap((row): Change[] => {
      const untilMs = 'untilMs' in end ? end.untilMs : Math.max(row.untilMs ?? nowMs, nowMs) + end.moreMs;
      if (row.fromMs !== null && untilMs <= row.fromMs) {
        throw new AppError('invalid', `Exception ${row.id} begins only after that. Give a later end.`);
      }
      if (untilMs === row.untilMs) return [];
      setExceptionEnd(store, row.id, untilMs);
      const before = { until: isoMoment(row.untilMs) ?? 'no end' };
      return [
        {
          action: 'exception-changed',
          subject: subjectOf(row),
          before,
          after: { until: isoMoment(untilMs) },
        },
      ];
    });
    return { changes };
  });
}

/** Removes those that expired longer ago than they are kept. */
export function pruneExceptions(context: AdminContext, keptMs: number = KEPT_EXPIRED_MS): ChangeOutcome {
  return changePolicy(context, () => {
    const { store, nowMs } = context;
    const old = readExceptions(store).filter(({ untilMs }) => untilMs !== null && untilMs <= nowMs - keptMs);
    return { changes: old.map((row) => remove(store, row)) };
  });
}

function requireExceptions(store: Store, ids: readonly number[]): readonly ExceptionRow[] {
  const found = ids.map((id) => ({ id, row: readException(store, id) }));
  const missing = found.filter(({ row }) => row === null).map(({ id }) => id);
  if (missing.length === 0) return found.flatMap(({ row }) => row ?? []);
  throw new AppError(
    'not-found',
    `There is no exception ${missing.join(', ')}. Nothing was changed. \`callwarden exception list --all\` shows them.`,
  );
}
