// Past versions of the policy: kept whole, found again, and never more than there is room for.
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readHistory, readRemembered, rememberPolicy } from '../../src/store/policy-history.ts';
import { tempStore } from './temp-store.ts';

describe('the history of the policy', () => {
  it('gives back the document of a version, and tells who made it when', () => {
    const store = tempStore();
    const document = { rules: [{ pattern: '+5411', action: 'allow' }], note: 'Ana "Ñ"' };
    rememberPolicy(store, 3, 'cli:maria', 1_000, document);
    expect(readRemembered(store, 3)).toEqual(document);
    expect(readRemembered(store, 2)).toBeNull();
    expect(readHistory(store)).toEqual([
      { version: 3, actor: 'cli:maria', atMs: 1_000, bytes: expect.any(Number) },
    ]);
  });

  it('keeps the last fifty versions', () => {
    const store = tempStore();
    for (let version = 1; version <= 60; version += 1)
      rememberPolicy(store, version, 'a', version, { version });
    const versions = readHistory(store).map((row) => row.version);
    expect(versions).toHaveLength(50);
    expect([versions[0], versions.at(-1)]).toEqual([60, 11]);
    expect(readRemembered(store, 10)).toBeNull();
  });

  it('drops the oldest where the documents take more than 64 MiB, but never the newest', () => {
    const store = tempStore();
    const incompressible = (mebibytes: number) => randomBytes(mebibytes * 1024 * 1024).toString('base64');
    rememberPolicy(store, 1, 'a', 1, incompressible(25));
    rememberPolicy(store, 2, 'a', 2, incompressible(25));
    expect(readHistory(store).map((row) => row.version)).toEqual([2, 1]);
    rememberPolicy(store, 3, 'a', 3, incompressible(25));
    expect(readHistory(store).map((row) => row.version)).toEqual([3, 2]);
    rememberPolicy(store, 4, 'a', 4, incompressible(70));
    expect(readHistory(store).map((row) => row.version)).toEqual([4]);
  });
});
