// The built console: nothing in the page that its policy would refuse, no address of another origin, and the licences of what is in it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const built = join(import.meta.dirname, '../../dist/console');
const files = readdirSync(built, { recursive: true, encoding: 'utf8' });
const read = (name: string) => readFileSync(join(built, name), 'utf8');
/** Names of formats and a hint in an error message: nothing is fetched from there. */
const names = new Set(['www.w3.org', 'github.com']);

describe('the built console', () => {
  it('has no script or style in its page', () => {
    const page = read('index.html');
    expect(page).toContain('<script type="module"');
    expect(page.match(/<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle=|\son\w+=/g)).toBe(null);
  });

  it('names no other origin', () => {
    const texts = files.filter((name) => /\.(?:js|css|html|svg)$/.test(name));
    expect(texts.length).toBeGreaterThan(10);
    const found = texts.flatMap((name) =>
      [...read(name).matchAll(/(?:https?:)?\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)+)/gi)]
        .map((match) => match[1] ?? '')
        .filter((host) => !names.has(host))
        .map((host) => `${name}: ${host}`),
    );
    expect(found).toEqual([]);
  });

  it('runs no text as a script', () => {
    const wrong = files.filter(
      (name) => name.endsWith('.js') && /\beval\(|\bnew Function\(|dangerouslySetInnerHTML:/.test(read(name)),
    );
    expect(wrong).toEqual([]);
  });

  it('carries the licences of what is in it', () => {
    const notices = read('third-party-notices.md');
    for (const name of ['preact', '@preact/signals', 'preact-iso', 'uplot', 'country-flag-icons'])
      expect(notices).toContain(name);
  });

  it('has each larger file compressed beside it', () => {
    const bare = files.filter((name) => /\.(?:js|css)$/.test(name) && read(name).length > 1024);
    expect(bare.filter((name) => !files.includes(`${name}.br`) || !files.includes(`${name}.gz`))).toEqual([]);
  });
});
