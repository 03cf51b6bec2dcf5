// Fills the commented sample configuration with the values that are known, and keeps every comment.
import { readFileSync } from 'node:fs';
import assert from 'node:assert';

/** By section and key; undefined leaves the sample's line as it is. */
export type TemplateValues = Readonly<Record<string, Readonly<Record<string, string | number | undefined>>>>;

/**
 * From config/, which lies two folders up both in the checkout (src/config) and when compiled (dist/config).
 */
export function readTemplate(): string {
  return readFileSync(new URL('../../config/callwarden.toml', import.meta.url), 'utf8');
}

/** Every value must have its line in the template, commented out or not. */
export function fillTemplate(template: string, values: TemplateValues): string {
  const lines = template.split('\n');
  for (const [section, keys] of Object.entries(values)) {
    for (const [key, value] of Object.entries(keys)) {
      if (value !== undefined) lines[lineOf(lines, section, key)] = `${key} = ${tomlValue(value)}`;
    }
  }
  return lines.join('\n');
}

/** JSON's strings are TOML's basic strings, but for DEL, which TOML wants escaped. */
function tomlValue(value: string | number): string {
  return JSON.stringify(value).replaceAll('\u007F', '\\u007f');
}

function lineOf(lines: readonly string[], section: string, key: string): number {
  const start = lines.indexOf(`[${section}]`);
  const length = lines.slice(start + 1).findIndex((line) => line.startsWith('['));
  const end = length < 0 ? lines.length : start + 1 + length;
  const line = new RegExp(`^(?:# )?${key} = `);
  const found = lines.findIndex((text, index) => index > start && index < end && line.test(text));
  assert(start >= 0 && found >= 0, `the sample configuration has no [${section}] ${key}`);
  return found;
}
