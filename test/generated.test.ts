// The committed files that are made from the code say what the code says.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { generated } from '../scripts/generate.ts';

it.each(Object.entries(generated))(
  '%s is up to date; `node scripts/generate.ts` makes it so',
  (path, text) => {
    expect(readFileSync(join(import.meta.dirname, '..', path), 'utf8')).toBe(text());
  },
);
