// A file with a text, in a directory of its own that goes with the test.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export function tempFile(text: string, name = 'callwarden.toml'): string {
  const directory = mkdtempSync(join(tmpdir(), 'callwarden-config-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, name);
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}
