// One event as one physical line: stable `key=value`, quoted where needed, nothing that could forge a second
// line.
import type { LogFields } from './logger.ts';

/** A value longer than this is cut; the line says how much is missing. */
const VALUE_LENGTH_MAX = 1_000;
const MASK = '***';
/** A field with one of these words in its name is never shown, whatever it holds. */
const SECRET_NAME = /(?:^|[-_.])(?:password|secret|token|pin|authorization|cookie|api[-_]?key)(?:$|[-_.])/i;
/**
 * Control, format (bidirectional overrides, zero width), unpaired surrogate, private and unassigned
 * characters, and the line and paragraph separators U+2028 and U+2029, which some readers break lines at.
 */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;
const PLAIN_VALUE = /^[\p{L}\p{N}\p{P}\p{S}]+$/u;
const NEEDS_QUOTES = /["=\\]/;

const NAMED_ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** What a terminal or a reader of lines could act upon, as visible escapes. */
export function escapeUnprintable(text: string): string {
  return text.replaceAll(UNPRINTABLE, (character) => {
    const named = NAMED_ESCAPES[character];
    if (named !== undefined) return named;
    const code = character.codePointAt(0) ?? 0;
    return code > 0xff_ff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** Replaces the secrets that the configuration holds, wherever in a text they turn up. */
function maskSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
}

function cut(text: string): string {
  if (text.length <= VALUE_LENGTH_MAX) return text;
  return `${text.slice(0, VALUE_LENGTH_MAX)}… (${text.length - VALUE_LENGTH_MAX} more)`;
}

/** The fields that are shown, in their order, with secrets masked. */
function shownFields(
  fields: LogFields,
  secrets: readonly string[],
): [string, string | number | boolean | null][] {
  return Object.entries(fields).flatMap(([key, value]) => {
    if (value === undefined) return [];
    if (SECRET_NAME.test(key.replaceAll(/([a-z])([A-Z])/g, '$1-$2'))) return [[key, MASK]];
    return [[key, typeof value === 'string' ? cut(maskSecrets(value, secrets)) : value]];
  });
}

function plainValue(value: string | number | boolean | null): string {
  const text = String(value);
  if (PLAIN_VALUE.test(text) && !NEEDS_QUOTES.test(text)) return text;
  const quoted = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  return `"${escapeUnprintable(quoted)}"`;
}

const plainKey = (key: string) => key.replaceAll(/[^\w.-]/g, '_');

export interface LineOptions {
  readonly format: 'plain' | 'json';
  /** ISO 8601; null where the reader of the lines notes the time himself. */
  readonly time: string | null;
  readonly secrets: readonly string[];
}

/** The line without its end: `2026-11-21T22:30:00.000Z info call-decided payer=1001 verdict=deny`. */
export function logLine(level: string, event: string, fields: LogFields, options: LineOptions): string {
  const shown = shownFields(fields, options.secrets);
  if (options.format === 'json') {
    const time = options.time === null ? {} : { time: options.time };
    // JSON escapes C0 itself; the rest of what is unprintable has the same form in JSON.
    return printableJson({ ...time, level, event, ...Object.fromEntries(shown) });
  }
  const words = [
    level,
    escapeUnprintable(event),
    ...shown.map(([key, value]) => `${plainKey(key)}=${plainValue(value)}`),
  ];
  return [...(options.time === null ? [] : [options.time]), ...words].join(' ');
}

/** JSON of the value in one line that a terminal does not act upon; the same value to who parses it. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(UNPRINTABLE, jsonEscape);
}

/** UTF-16 units, as JSON knows no other escape. */
function jsonEscape(character: string): string {
  return Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
}
