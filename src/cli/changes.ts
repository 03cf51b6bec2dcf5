// How a change is told: one line for each thing that is different now.
import { counted } from '../counted.ts';
import type { Change, ChangeOutcome } from '../admin/change.ts';
import { lengthWord } from '../admin/length-words.ts';
import { someLines, someNames } from '../admin/some-of.ts';
import { printJson, printLines, type JsonOption } from './output.ts';
import { momentText } from './moment.ts';
import { escapeUnprintable } from '../config/log-line.ts';

/** A command on a thousand extensions tells the first few and counts the rest. */
const LINES_MAX = 20;
/** Of longer lists only what came and went is told, and of that so many. */
const LISTED_MAX = 8;
const ISO_TIME = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(valueText).join(', ');
  if (isFields(value)) return fieldsText(value);
  if (typeof value === 'string' && ISO_TIME.test(value)) return momentText(Date.parse(value));
  return escapeUnprintable(typeof value === 'string' ? value : JSON.stringify(value));
}

/** `anyPickup` is shown as `any-pickup`, as the option that sets it is written; `untilMs` as `until`, `alertAfterS` as `alert-after`. */
const wordOf = (key: string) =>
  key.replace(/(?:Ms|S)$/, '').replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Milliseconds are a point in time since or until which something counts, or a length. */
function fieldText(key: string, value: unknown): string {
  if (!key.endsWith('Ms') || typeof value !== 'number') return valueText(value);
  return key === 'fromMs' || key === 'untilMs' ? momentText(value) : lengthWord(value);
}

function fieldsText(fields: Fields): string {
  const told = Object.entries(fields).filter(([, value]) => value !== '' && value !== null);
  return told.map(([key, value]) => `${wordOf(key)} ${fieldText(key, value)}`).join(', ');
}

function differenceText(before: Fields, after: Fields): string {
  const keys = Object.keys(after).filter((key) => valueText(before[key]) !== valueText(after[key]));
  return keys.map((key) => `${wordOf(key)} ${movedText(key, before[key], after[key])}`).join(', ');
}

function movedText(key: string, before: unknown, after: unknown): string {
  if (Array.isArray(before) && Array.isArray(after)) {
    const isLong = Math.max(before.length, after.length) > LISTED_MAX;
    if (isLong || [...before, ...after].some(isFields)) return listMoved(before, after);
  }
  return `${fieldText(key, before)} -> ${fieldText(key, after)}`;
}

/** `with 1003 1004, without 1002`. */
function listMoved(before: readonly unknown[], after: readonly unknown[]): string {
  const [old, wanted] = [before.map(valueText), after.map(valueText)];
  const [had, has] = [new Set(old), new Set(wanted)];
  const came = wanted.filter((one) => !had.has(one));
  const went = old.filter((one) => !has.has(one));
  return [
    ...(came.length > 0 ? [`with ${fewOf(came)}`] : []),
    ...(went.length > 0 ? [`without ${fewOf(went)}`] : []),
  ].join(', ');
}

const fewOf = (words: readonly string[]) => someNames(words, LISTED_MAX, '; ');

/** `extension 1001: international off -> on`; new and gone things say so. */
export function changeLine(change: Change): string {
  const { subject, before, after } = change;
  const member = memberOf(change);
  if (isFields(before) && isFields(after)) return `${subject}: ${member}${differenceText(before, after)}`;
  if (after === null) return `${subject}: ${member}removed`;
  if (before === null && isFields(after)) {
    return `${subject}: ${['added', fieldsText(after)].filter((part) => part !== '').join(', ')}`;
  }
  return `${subject}: ${valueText(before)} -> ${valueText(after)}`;
}

/** The subject is the group; `extension 1002, ` or `group sales, ` says whom in it the change is about. */
function memberOf({ action, before, after }: Change): string {
  const member = after ?? before;
  if (!action.startsWith('pickup-member-') || !isFields(member)) return '';
  const key = ['extension', 'group'].find((one) => one in member);
  return key === undefined ? '' : `${key} ${valueText(member[key])}, `;
}

/** Whether all are, say, extensions: `extension-added`, `extension-changed`. */
function isOfOneKind(changes: readonly Change[]): boolean {
  return new Set(changes.map(({ action }) => action.replace(/-[a-z]+$/, ''))).size === 1;
}

interface OutcomeOptions extends JsonOption {
  /** Nothing was changed; what is told would be. */
  readonly dryRun?: boolean;
}

/** Prints what a changing command did. `noun` is what is counted: `extension`. */
export function printOutcome(outcome: ChangeOutcome, noun: string, options: OutcomeOptions): void {
  const { changes, policyVersion, notices } = outcome;
  const { dryRun = false } = options;
  if (options.json) {
    const changed = dryRun ? { dryRun, wouldChange: changes.length } : { changed: changes.length };
    return printJson({ ...changed, policyVersion, changes, notices });
  }
  const lines = someLines(changes.map(changeLine), LINES_MAX);
  const footer =
    changes.length === 0
      ? `Nothing changed: it is so already (policy version ${policyVersion}).`
      : `${counted(changes.length, isOfOneKind(changes) ? noun : 'thing')} ${dryRun ? 'would change' : 'changed'}; policy version ${policyVersion}.`;
  printLines([...lines, ...notices, footer]);
}
