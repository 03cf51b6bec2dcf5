// How a change is told: one line for each thing that is different now.
import type { Change, ChangeOutcome } from '../admin/change.ts';
import { printJson, printLines, type JsonOption } from './output.ts';
import { counted } from './table.ts';
import { escapeUnprintable } from '../config/log-line.ts';

/** A command on a thousand extensions tells the first few and counts the rest. */
const LINES_MAX = 20;

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(valueText).join(', ');
  if (isFields(value)) return fieldsText(value);
  return escapeUnprintable(typeof value === 'string' ? value : JSON.stringify(value));
}

/** `anyPickup` is shown as `any-pickup`, as the option that sets it is written. */
const wordOf = (key: string) => key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function fieldsText(fields: Fields): string {
  const told = Object.entries(fields).filter(([, value]) => value !== '');
  return told.map(([key, value]) => `${wordOf(key)} ${valueText(value)}`).join(', ');
}

function differenceText(before: Fields, after: Fields): string {
  const keys = Object.keys(after).filter((key) => valueText(before[key]) !== valueText(after[key]));
  return keys.map((key) => `${wordOf(key)} ${valueText(before[key])} -> ${valueText(after[key])}`).join(', ');
}

/** `extension 1001: international off -> on`; new and gone things say so. */
export function changeLine({ subject, before, after }: Change): string {
  if (isFields(before) && isFields(after)) return `${subject}: ${differenceText(before, after)}`;
  if (after === null) return `${subject}: removed`;
  if (before === null && isFields(after)) return `${subject}: added, ${fieldsText(after)}`;
  return `${subject}: ${valueText(before)} -> ${valueText(after)}`;
}

/** Prints what a changing command did. `noun` is what is counted: `extension`. */
export function printOutcome(outcome: ChangeOutcome, noun: string, options: JsonOption): void {
  const { changes, policyVersion, notices } = outcome;
  if (options.json) return printJson({ changed: changes.length, policyVersion, changes, notices });
  const lines = changes.slice(0, LINES_MAX).map(changeLine);
  const more = changes.length - lines.length;
  const footer =
    changes.length === 0
      ? `Nothing changed: it is so already (policy version ${policyVersion}).`
      : `${counted(changes.length, noun)} changed; policy version ${policyVersion}.`;
  printLines([...lines, ...(more > 0 ? [`... and ${more} more`] : []), ...notices, footer]);
}
