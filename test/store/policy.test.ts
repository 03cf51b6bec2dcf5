// The policy as one piece: what is loaded, and that damage is found.
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { setCountries } from '../../src/admin/countries.ts';
import { setExtensions } from '../../src/admin/extensions.ts';
import { addPickupGroup, addPickupMembers } from '../../src/admin/pickup-groups.ts';
import { setSettings } from '../../src/admin/settings.ts';
import { loadPolicy, policyVersion, verifyPolicy } from '../../src/store/policy.ts';
import { contextOf, openHere, tempContext, tempStore } from './temp-store.ts';

const damaged = expect.objectContaining({
  code: 'unavailable',
  message: expect.stringMatching(/checksum.*backup/s),
});

function filled() {
  const context = tempContext();
  setSettings(
    context,
    new Map([
      ['home-region', ['MX']],
      ['international-prefixes', ['00']],
      ['announcement-no-right', ['custom/no-right']],
    ]),
  );
  setCountries(context, ['AR'], 'allow');
  setExtensions(context, ['1001'], { right: 'on', name: 'Ana' });
  setExtensions(context, ['1002'], { anyPickup: true });
  addPickupGroup(context, 'sales');
  addPickupMembers(context, 'sales', ['1001'], 'both');
  addPickupMembers(context, 'sales', ['1002'], 'interceptor');
  return context;
}

describe('the policy in the database', () => {
  it('is what was set, with defaults for the rest', () => {
    const { store } = filled();
    const { barring, pickup } = loadPolicy(store);
    expect(barring.plan).toMatchObject({
      homeRegion: 'MX',
      internationalPrefixes: ['00'],
      outsidePrefixes: [],
      nationalPrefix: null,
      sharedCodes: 'region',
    });
    expect(barring.settings).toMatchObject({ protection: true, premium: [], unmatched: 'continue' });
    expect(barring.countries).toEqual([{ region: 'AR', state: 'allow' }]);
    expect(barring.extensions).toMatchObject([
      { extension: '1001', name: 'Ana', right: 'on', level: null },
      { extension: '1002', name: '', right: 'inherit', level: null },
    ]);
    expect(barring.rules).toEqual([]);
    expect(pickup.anyRight).toEqual(['1002']);
    expect(pickup.groups).toEqual([
      {
        name: 'sales',
        members: [
          { extension: '1001', interceptor: true, target: true },
          { extension: '1002', interceptor: true, target: false },
        ],
      },
    ]);
    expect(pickup.announcements).toMatchObject({ 'no-right': 'custom/no-right' });
    expect(barring.version).toBe(policyVersion(store));
  });

  it('does not decide anything while it is empty: nothing set is not everything allowed', () => {
    const store = tempStore();
    verifyPolicy(store);
    expect(() => loadPolicy(store)).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  it('is read from one moment, while another program writes', () => {
    const { store } = filled();
    const reader = openHere(store.path, { readonly: true, busyTimeoutMs: 0 });
    store.db.exec("BEGIN IMMEDIATE; DELETE FROM countries; DELETE FROM extensions WHERE extension = '1001'");
    expect(loadPolicy(reader).barring.countries).toHaveLength(1);
    store.db.exec('ROLLBACK');
  });

  it.each([
    ["UPDATE extensions SET international = 1 WHERE extension = '1002'"],
    ["UPDATE countries SET region = 'AS'"],
    ["UPDATE settings SET value = 'false' WHERE key = 'protection' OR key = 'home-region'"],
    ["INSERT INTO countries VALUES ('CU', 'allow')"],
    ['DELETE FROM pickup_group_members'],
    ['UPDATE policy_version SET version = version - 1'],
    ['DELETE FROM policy_version'],
  ])('is refused after %s behind its back', (sql) => {
    const { store } = filled();
    store.db.exec(sql);
    expect(() => loadPolicy(store)).toThrow(damaged);
  });

  it('is refused after a single flipped bit in the file, which SQLite itself does not notice', () => {
    const context = filled();
    const { path } = context.store;
    context.store.db.pragma('wal_checkpoint(TRUNCATE)');
    const file = readFileSync(path);
    const at = file.indexOf('ARallow');
    expect(at).toBeGreaterThan(0);
    context.store[Symbol.dispose]();
    const handle = openSync(path, 'r+');
    writeSync(handle, Buffer.from([file.readUInt8(at + 1) ^ 0b0000_0001]), 0, 1, at + 1);
    closeSync(handle);
    const reopened = openHere(path);
    expect(reopened.db.pragma('quick_check', { simple: true })).toBe('ok');
    expect(() => loadPolicy(reopened)).toThrow(damaged);
  });

  it('takes no change on top of damage, which would make the damage look right', () => {
    const context = filled();
    context.store.db.exec("UPDATE extensions SET international = 1 WHERE extension = '1002'");
    expect(() => setCountries(contextOf(context.store), ['US'], 'allow')).toThrow(damaged);
    expect(context.store.db.prepare("SELECT count(*) FROM countries WHERE region = 'US'").pluck().get()).toBe(
      0,
    );
  });
});
