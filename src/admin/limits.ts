// Changing the limits on chargeable calls.
import type { LimitClass, LimitRow } from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import { readExtension } from '../store/extensions.ts';
import { addLimit, deleteLimit, readLimits, writeLimit } from '../store/limits.ts';
import { changePolicy, type AdminContext, type Change, type ChangeOutcome } from './change.ts';
import { readExtensionWords } from './extension-words.ts';
import { requireGroup } from './groups.ts';
import {
  amountWord,
  readAction,
  readAmount,
  readLimitClass,
  readMeasure,
  readQuarantineMs,
} from './limit-words.ts';
import { lengthWord } from './length-words.ts';
import { isSame } from './same.ts';

const LIMITS_MAX = 10_000;
const HOUR_MS = 3_600_000;
const WARN_PERCENT = 80;

/** As they stand on the command line. */
export interface LimitWords {
  readonly measure: string;
  readonly amount: string;
  readonly extensions: readonly string[];
  readonly group?: string | undefined;
  readonly together?: boolean | undefined;
  readonly class?: string | undefined;
  readonly warn?: string | undefined;
  /** What `--then` says. */
  readonly action?: string | undefined;
  readonly quarantineFor?: string | undefined;
  readonly observe?: boolean | undefined;
}

type NewLimit = Omit<LimitRow, 'id'>;

/**
 * Adds limits, or changes those that count the same for the same and over the same time.
 * @throws AppError `invalid`, `not-found`.
 */
export function setLimit(context: AdminContext, words: LimitWords): ChangeOutcome {
  const terms = readTerms(words);
  const holders = readHolders(words);
  return changePolicy(context, () => {
    const { store } = context;
    if (words.group !== undefined) requireGroup(store, words.group);
    const stored = readLimits(store);
    const changes: Change[] = [];
    for (const holder of holders) {
      const limit: NewLimit = { ...terms, ...holder };
      const before = stored.find((row) => keyOf(row) === keyOf(limit)) ?? null;
      if (before !== null && isSame(shown(before), shown(limit))) continue;
      const id = before === null ? addLimit(store, limit) : before.id;
      if (before !== null) writeLimit(store, { ...limit, id });
      changes.push({
        action: before === null ? 'limit-added' : 'limit-changed',
        subject: subjectOf(id),
        before: before && shown(before),
        after: shown(limit),
      });
    }
    if (readLimits(store).length > LIMITS_MAX) {
      throw new AppError(
        'invalid',
        `There would be more than ${LIMITS_MAX} limits. Set them for a group instead.`,
      );
    }
    const unknown = holders.filter(
      ({ layer, name }) => layer === 'extension' && readExtension(store, name) === null,
    );
    const notices = unknown.map(
      ({ name }) => `The extension ${name} is not known yet; the limit waits for it.`,
    );
    return { changes, notices };
  });
}

/** Throws `AppError('not-found')` where one of them is not there. */
export function removeLimits(context: AdminContext, words: readonly string[]): ChangeOutcome {
  return changePolicy(context, () => {
    const { store } = context;
    const stored = readLimits(store);
    const changes = [...new Set(words)].map((word): Change => {
      const found = requireLimit(stored, word);
      deleteLimit(store, found.id);
      return { action: 'limit-removed', subject: subjectOf(found.id), before: shown(found), after: null };
    });
    return { changes };
  });
}

/** By its id, `limit:` in front or not. Throws `AppError('not-found')`. */
export function requireLimit(limits: readonly LimitRow[], word: string): LimitRow {
  const found = limits.find(({ id }) => String(id) === word.replace(/^limit:/, ''));
  if (found) return found;
  throw new AppError('not-found', `There is no limit ${word}. \`callwarden limit list\` shows their ids.`);
}

const subjectOf = (id: number) => `limit ${id}`;

/** Two limits with the same key are one. */
const keyOf = ({ layer, name, counted, measure, class: of, windowMs }: NewLimit) =>
  JSON.stringify([layer, name, counted, measure, of, windowMs]);

/** What the audit shows of a limit. */
function shown(limit: NewLimit): Readonly<Record<string, unknown>> {
  const { measure, class: of, counted, warnPercent, action, quarantineMs, observe } = limit;
  return {
    limit: `${measure} ${amountWord(limit, measure)}`,
    class: of,
    of: holderWord(limit),
    ...(counted === 'together' ? { counted } : {}),
    ...(measure === 'duration' ? {} : { warn: warnPercent, action }),
    ...(action === 'quarantine' ? { quarantineFor: lengthWord(quarantineMs) } : {}),
    ...(observe ? { observe } : {}),
  };
}

/** `extension 1001`, `group sales`, `organisation`. */
export function holderWord({ layer, name }: Pick<LimitRow, 'layer' | 'name'>): string {
  return name === '' ? layer : `${layer} ${name}`;
}

function readHolders(words: LimitWords): readonly Pick<NewLimit, 'layer' | 'name' | 'counted'>[] {
  const { extensions, group, together = false } = words;
  if (group !== undefined && extensions.length > 0) {
    throw new AppError('invalid', 'A limit belongs to extensions or to a group. Set one for each.');
  }
  if (extensions.length > 0) {
    if (together) {
      throw new AppError(
        'invalid',
        'Extensions are counted together by their group: --group sales --together.',
      );
    }
    return readExtensionWords(extensions).map((name) => ({ layer: 'extension', name, counted: 'each' }));
  }
  const counted = together ? 'together' : 'each';
  return [
    group === undefined
      ? { layer: 'organisation', name: '', counted }
      : { layer: 'group', name: group, counted },
  ];
}

function readTerms(words: LimitWords): Omit<NewLimit, 'layer' | 'name' | 'counted'> {
  const measure = readMeasure(words.measure);
  const action = words.action === undefined ? 'deny' : readAction(words.action);
  if (measure === 'duration') refuseForDuration(words);
  if (words.quarantineFor !== undefined && action !== 'quarantine') {
    throw new AppError('invalid', '--quarantine-for goes with --then quarantine.');
  }
  const of: LimitClass = words.class === undefined ? 'chargeable' : readLimitClass(words.class);
  if (measure === 'countries' && of === 'premium') {
    throw new AppError('invalid', 'Countries are counted of chargeable, international or hot calls.');
  }
  return {
    measure,
    class: of,
    ...readAmount(measure, words.amount),
    warnPercent: words.warn === undefined ? WARN_PERCENT : readPercent(words.warn),
    action,
    quarantineMs:
      words.quarantineFor === undefined ? HOUR_MS : readQuarantineMs(words.quarantineFor, '--quarantine-for'),
    observe: words.observe ?? false,
  };
}

/** A call that has lasted too long is ended; nothing is counted. */
function refuseForDuration({ action, warn, quarantineFor, together }: LimitWords): void {
  const useless: readonly (readonly [string, unknown])[] = [
    ['--then', action],
    ['--warn', warn],
    ['--quarantine-for', quarantineFor],
    ['--together', together],
  ];
  const [first] = useless.find(([, value]) => value !== undefined) ?? [];
  if (first === undefined) return;
  throw new AppError(
    'invalid',
    `A longest duration ends each call by itself, so ${first} means nothing for it.`,
  );
}

function readPercent(word: string): number {
  const percent = /^\d{1,3}%?$/.test(word) ? Number.parseInt(word, 10) : 0;
  if (percent >= 1 && percent <= 100) return percent;
  throw new AppError('invalid', `--warn takes a share from 1 to 100 percent, not ${JSON.stringify(word)}.`);
}
