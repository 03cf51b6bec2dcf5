// The committed files that are made from the code say what the code says.
import { execFileSync } from 'node:child_process';
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

/** What bash offers where the cursor stands behind the last of these words. */
function offered(...words: readonly string[]): readonly string[] {
  const file = join(import.meta.dirname, '../config/bash-completion/callwarden');
  const script =
    'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _callwarden; echo "${COMPREPLY[@]}"';
  const text = execFileSync('bash', ['-c', script, 'bash', file, 'callwarden', ...words], {
    encoding: 'utf8',
  });
  return text.trim().split(' ');
}

it('bash completes commands, those below them, and options', () => {
  expect(offered('sta')).toEqual(['status']);
  expect(offered('--config', 'x.toml', 'country', 'a')).toEqual(['allow']);
  expect(offered('pickup', 'group', 'import', '')).toEqual(expect.arrayContaining(['csv', 'pjsip']));
  expect(offered('check', '0054', '--fr')).toEqual(['--from']);
});
