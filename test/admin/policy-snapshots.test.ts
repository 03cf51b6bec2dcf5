// The compiled policy that a process holds: one for each version, shared by who asks at once, none that is damaged.
import { describe, expect, it, onTestFinished } from 'vitest';
import { setCountries } from '../../src/admin/countries.ts';
import { PolicySnapshots } from '../../src/admin/policy-snapshots.ts';
import { inMexico } from './in-mexico.ts';

function held() {
  const snapshots = new PolicySnapshots();
  onTestFinished(() => snapshots[Symbol.dispose]());
  return snapshots;
}

describe('the held policy', () => {
  it('is compiled once for a version, however many ask at once', async () => {
    const { store } = inMexico();
    const snapshots = held();
    const [first, second] = await Promise.all([snapshots.inForce(store), snapshots.inForce(store)]);
    expect(first).toBe(second);
    expect(await snapshots.inForce(store)).toBe(first);
  });

  it('is the newest one, also where it changed while an older one was compiled', async () => {
    const context = inMexico();
    const snapshots = held();
    const older = snapshots.inForce(context.store);
    const { policyVersion } = setCountries(context, ['FR'], 'allow');
    const newer = await snapshots.inForce(context.store);
    expect(newer.snapshot.version).toBe(policyVersion);
    await older;
    expect(await snapshots.inForce(context.store)).toBe(newer);
  });

  it('is that of another database where a backup was put in its place', async () => {
    const [one, other] = [inMexico(), inMexico()];
    setCountries(one, ['FR'], 'allow');
    setCountries(other, ['AR'], 'allow');
    const snapshots = held();
    await snapshots.inForce(one.store);
    const { rows } = await snapshots.inForce(other.store);
    expect(rows.countries).toEqual([{ region: 'AR', state: 'allow' }]);
  });

  it('is none that is damaged, and a good one again when it was mended', async () => {
    const { store } = inMexico();
    const snapshots = held();
    store.db.exec(`INSERT INTO countries (region, state) VALUES ('FR', 'allow')`);
    await expect(snapshots.inForce(store)).rejects.toMatchObject({ code: 'unavailable' });
    store.db.exec(`DELETE FROM countries WHERE region = 'FR'`);
    expect((await snapshots.inForce(store)).rows.countries).toEqual([]);
  });
});
