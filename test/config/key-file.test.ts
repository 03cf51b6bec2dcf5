// The key file: made once for its owner alone, and refused where it could not be trusted.
import { chmodSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeKeyFile, readKeyFile } from '../../src/config/key-file.ts';
import { tempFile } from './temp-file.ts';

const tempPath = () => join(dirname(tempFile('')), 'callwarden.key');

describe('the key file', () => {
  it('is made once, with another key each time, for its owner alone', () => {
    const [one, two] = [tempPath(), tempPath()];
    expect([makeKeyFile(one, null), makeKeyFile(two, null)]).toEqual([true, true]);
    expect(statSync(one).mode & 0o777).toBe(0o600);
    const key = readKeyFile(one);
    expect(key).toHaveLength(32);
    expect(readKeyFile(two).equals(key)).toBe(false);
    expect(makeKeyFile(one, null)).toBe(false);
    expect(readKeyFile(one).equals(key)).toBe(true);
  });

  it('is never written through a link that lies in its place', () => {
    const path = tempPath();
    const target = join(dirname(path), 'precious');
    symlinkSync(target, path);
    expect(makeKeyFile(path, null)).toBe(false);
    expect(() => readKeyFile(path)).toThrow(/no key file at/);
  });

  it('is refused where others may read it, where it is missing, and where it holds no key', () => {
    const path = tempPath();
    expect(() => readKeyFile(path)).toThrow(/There is no key file at .*backup/);
    makeKeyFile(path, null);
    chmodSync(path, 0o640);
    expect(() => readKeyFile(path)).toThrow(/chmod 600/);
    rmSync(path);
    for (const text of ['', 'ab\n', `${'g'.repeat(64)}\n`, `${'a'.repeat(66)}\n`, 'a'.repeat(5000)]) {
      writeFileSync(path, text, { mode: 0o600 });
      expect(() => readKeyFile(path), text).toThrow(/64 hexadecimal digits/);
    }
    rmSync(path);
    expect(() => readKeyFile(dirname(path))).toThrow(/is no key file/);
  });

  it('cannot be made where there is no place for it', () => {
    expect(() => makeKeyFile('/proc/callwarden.key', null)).toThrow(/key-file/);
  });

  it('is one line that a person can copy', () => {
    const path = tempPath();
    makeKeyFile(path, null);
    expect(readFileSync(path, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
  });
});
