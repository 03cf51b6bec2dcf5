// Watching the policy: a change of another connection arrives, a batch of call records does not.
import { copyFileSync, chmodSync, renameSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { setCountries } from '../../src/admin/countries.ts';
import { setSettings } from '../../src/admin/settings.ts';
import { toCallRow, writeCalls } from '../../src/store/calls.ts';
import { dataVersion, type Store } from '../../src/store/open.ts';
import type { LoadingPolicy } from '../../src/store/policy.ts';
import { watchPolicy } from '../../src/store/policy-watch.ts';
import { callRecord } from './call-record.ts';
import { contextOf, openHere, tempContext } from './temp-store.ts';

const WAIT = { timeout: 20_000, interval: 10 };

function watched(store: Store) {
  const policies: LoadingPolicy[] = [];
  const problems: unknown[] = [];
  const watch = watchPolicy(store, {
    *onPolicy(policy) {
      yield;
      policies.push(policy);
    },
    onProblem: (problem) => problems.push(problem),
    monotonicMs: () => performance.now(),
  });
  onTestFinished(() => watch[Symbol.dispose]());
  return { policies, problems };
}

function readyContext() {
  const context = tempContext();
  setSettings(context, new Map([['home-region', ['MX']]]));
  return context;
}

describe('the policy watch', () => {
  it('hands on the policy at once, and again after another program changed it', async () => {
    const context = readyContext();
    const { policies } = watched(openHere(context.store.path, { readonly: true, busyTimeoutMs: 0 }));
    expect(policies).toHaveLength(1);
    setCountries(context, ['AR'], 'allow');
    await vi.waitFor(() => expect(policies).toHaveLength(2), WAIT);
    expect(policies[1]?.barring.countries).toEqual([{ region: 'AR', state: 'allow' }]);
  });

  it('loads nothing for records of calls, which change the same file', async () => {
    const context = readyContext();
    const reader = openHere(context.store.path, { readonly: true, busyTimeoutMs: 0 });
    const { policies } = watched(reader);
    const before = dataVersion(reader);
    writeCalls(context.store, [toCallRow(callRecord('one'))]);
    expect(dataVersion(reader)).not.toBe(before);
    setCountries(context, ['AR'], 'allow');
    await vi.waitFor(() => expect(policies).toHaveLength(2), WAIT);
    expect(policies[1]?.barring.countries).toHaveLength(1);
  });

  it('tells a damaged policy once, and goes on when it is whole again', async () => {
    const context = readyContext();
    setCountries(context, ['AR'], 'allow');
    const { policies, problems } = watched(
      openHere(context.store.path, { readonly: true, busyTimeoutMs: 0 }),
    );
    const damage = context.store.db.transaction((region: string) => {
      context.store.db.exec(`UPDATE countries SET region = '${region}'`);
      context.store.db.exec('UPDATE policy_version SET version = version + 1');
    });
    damage('AS');
    await vi.waitFor(() => expect(problems).toHaveLength(1), WAIT);
    context.store.db.exec(
      "UPDATE countries SET region = 'AR'; UPDATE policy_version SET version = version - 1",
    );
    await vi.waitFor(() => expect(policies).toHaveLength(2), WAIT);
    expect(problems).toHaveLength(1);
  });

  it('opens a database that was put in the place of the old one', async () => {
    const context = readyContext();
    const { path } = context.store;
    const { policies } = watched(openHere(path, { readonly: true, busyTimeoutMs: 0 }));
    context.store.db.pragma('wal_checkpoint(TRUNCATE)');
    copyFileSync(path, `${path}.new`);
    chmodSync(`${path}.new`, 0o600);
    const other = openHere(`${path}.new`);
    setCountries(contextOf(other), ['US'], 'allow');
    other[Symbol.dispose]();
    renameSync(`${path}.new`, path);
    await vi.waitFor(
      () => expect(policies.at(-1)?.barring.countries).toEqual([{ region: 'US', state: 'allow' }]),
      WAIT,
    );
  });
});
