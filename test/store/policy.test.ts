// The policy as one piece: what is loaded, and that damage is found.
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { changePolicy } from '../../src/admin/change.ts';
import { setCountries } from '../../src/admin/countries.ts';
import { setExtensions } from '../../src/admin/extensions.ts';
import { addPickupGroup } from '../../src/admin/pickup-groups.ts';
import { addPickupMembers } from '../../src/admin/pickup-members.ts';
import { setSettings } from '../../src/admin/settings.ts';
import { deleteExtensions } from '../../src/store/extensions.ts';
import {
  deletePickupGroup,
  readPickupGroupTies,
  writePickupGroup,
  writePickupMemberGroup,
} from '../../src/store/pickup-groups.ts';
import { readPickupProtections, writePickupProtection } from '../../src/store/pickup-protections.ts';
import { addPickupRight, readPickupRights } from '../../src/store/pickup-rights.ts';
import { loadPolicy, policyVersion, verifyPolicy } from '../../src/store/policy.ts';
import { contextOf, openHere, tempContext, tempStore } from './temp-store.ts';

const damaged = expect.objectContaining({
  code: 'unavailable',
  message: expect.stringMatching(/checksum.*backup/s),
});

const sales = { kind: 'group', name: 'sales' } as const;
const ana = { kind: 'extension', name: '1001' } as const;
const deputy = {
  picker: ana,
  target: { kind: 'extension', name: '1002' },
  fromMs: 1,
  untilMs: 2,
  schedule: 'office',
  reason: 'holidays',
} as const;
const director = {
  kind: 'dialled',
  value: '+525512345678',
  allowed: [sales, ana],
  reason: 'the director',
} as const;

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
  setExtensions(context, ['1001'], {
    right: 'on',
    name: 'Ana',
    mail: 'ana@example.org',
    pickupNotice: ['mail', 'message'],
  });
  setExtensions(context, ['1002'], { anyPickup: true, pickupNotice: [] });
  addPickupGroup(context, 'sales');
  addPickupMembers(context, 'sales', ['1001'], 'both');
  addPickupMembers(context, 'sales', ['1002'], 'interceptor');
  addPickupGroup(context, 'night');
  changePolicy(context, () => {
    const { store } = context;
    writePickupGroup(store, { name: 'sales', number: '7', alertAfterS: 20 });
    writePickupMemberGroup(store, 'night', { group: 'sales', interceptor: false, target: true });
    addPickupRight(store, deputy);
    addPickupRight(store, { ...deputy, picker: sales, target: { kind: 'any' }, schedule: '' });
    writePickupProtection(store, director);
    writePickupProtection(store, { ...director, kind: 'extension', value: '1002', allowed: [] });
    return { changes: [{ action: 'pickup', subject: 'all', before: null, after: 'set' }] };
  });
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
        name: 'night',
        number: null,
        alertAfterS: null,
        members: [],
        memberGroups: [{ group: 'sales', interceptor: false, target: true }],
      },
      {
        name: 'sales',
        number: '7',
        alertAfterS: 20,
        members: [
          { extension: '1001', interceptor: true, target: true },
          { extension: '1002', interceptor: true, target: false },
        ],
        memberGroups: [],
      },
    ]);
    expect(pickup.rights).toEqual([
      { id: 1, ...deputy },
      { id: 2, ...deputy, picker: sales, target: { kind: 'any' }, schedule: '' },
    ]);
    expect(pickup.protections).toEqual([
      director,
      { kind: 'extension', value: '1002', allowed: [], reason: 'the director' },
    ]);
    expect(pickup.people).toEqual([
      { extension: '1001', name: 'Ana', mail: 'ana@example.org', notice: ['mail', 'message'] },
      { extension: '1002', name: '', mail: '', notice: [] },
    ]);
    expect(pickup.announcements).toMatchObject({ 'no-right': 'custom/no-right' });
    expect(barring.version).toBe(policyVersion(store));
  });

  it('loses with an extension and with a pickup group what stood under their names, so that successors inherit nothing', () => {
    const { store } = filled();
    expect(readPickupGroupTies(store, 'sales')).toEqual({
      pickupGroups: ['night'],
      pickupRights: [2],
      pickupProtections: ['dialled +525512345678'],
    });
    deletePickupGroup(store, 'sales');
    expect(readPickupRights(store).map(({ id }) => id)).toEqual([1]);
    expect(readPickupProtections(store)).toMatchObject([{ allowed: [ana] }, { allowed: [] }]);
    deleteExtensions(store, ['1001']);
    expect(readPickupRights(store)).toEqual([]);
    expect(readPickupProtections(store)).toMatchObject([{ allowed: [] }, { value: '1002' }]);
    deleteExtensions(store, ['1002']);
    expect(readPickupProtections(store)).toMatchObject([{ kind: 'dialled' }]);
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
    ["UPDATE pickup_groups SET number = '8' WHERE name = 'sales'"],
    ['DELETE FROM pickup_group_groups'],
    ['UPDATE pickup_rights SET until_ms = NULL'],
    ['UPDATE pickup_protections SET allowed = \'[{"kind":"extension","name":"1002"}]\''],
    ["UPDATE extensions SET mail = 'eve@example.org' WHERE extension = '1001'"],
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
