// A directory of its own for each test, and stores in it that close with the test.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AdminContext } from '../../src/admin/change.ts';
import { openStore, type OpenOptions, type Store } from '../../src/store/open.ts';

/** Gone when the test has finished. */
export function tempDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'callwarden-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Closed when the test has finished. */
export function openHere(path: string, options: OpenOptions = {}): Store {
  const store = openStore(path, options);
  onTestFinished(() => store[Symbol.dispose]());
  return store;
}

export function tempStore(): Store {
  return openHere(join(tempDirectory(), 'callwarden.db'), { create: true });
}

/** An administrator at work, at a fixed moment. */
export function contextOf(store: Store): AdminContext {
  return { store, actor: 'cli:maria', pbx: 'head-office', nowMs: Date.UTC(2026, 10, 21, 12) };
}

/** A context on a fresh database. */
export function tempContext(): AdminContext {
  return contextOf(tempStore());
}
