// The machine's own mirror is found in both styles of apt's files, and comes first.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

import { DEFAULT_MIRROR, debianMirrors } from './debian-mirror.ts';

const folder = mkdtempSync(join(tmpdir(), 'callwarden-apt-'));
const known = [DEFAULT_MIRROR];

/** An /etc/apt with one file of sources. */
function apt(name: string, text: string): string {
  const root = mkdtempSync(join(folder, 'etc-'));
  mkdirSync(join(root, 'sources.list.d'));
  writeFileSync(join(root, name), text);
  return root;
}

describe('debianMirrors', () => {
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['one-line', 'sources.list', 'deb [arch=amd64] https://mirror.example/debian bookworm main\n'],
    [
      'deb822',
      'sources.list.d/debian.sources',
      'Types: deb\nURIs: https://mirror.example/debian\nSuites: bookworm\n',
    ],
  ])('takes the mirror of %s sources first', (_style, name, text) => {
    expect(debianMirrors(apt(name, text))).toEqual(['https://mirror.example/debian', ...known]);
  });

  it.each([
    ['security updates', 'deb http://mirror.example/debian-security bookworm-security main\n'],
    ['other vendors', 'deb https://vendor.example/apt stable main\n'],
    ['a line that is commented out', '# deb http://mirror.example/debian bookworm main\n'],
  ])('does not take %s for a mirror', (_what, text) => {
    expect(debianMirrors(apt('sources.list', text))).toEqual(known);
  });

  it('does without any apt', () => {
    expect(debianMirrors(join(folder, 'nothing'))).toEqual(known);
  });
});
