// The classes of premium numbers: each has a switch of its own, and all have one together.
import { describe, expect, it } from 'vitest';
import { setCountries } from '../../src/admin/countries.ts';
import { listCountries } from '../../src/admin/country-list.ts';
import { setGroup } from '../../src/admin/groups.ts';
import { showPremium, switchPremium } from '../../src/admin/premium.ts';
import { setSettings } from '../../src/admin/settings.ts';
import { readSettings } from '../../src/store/settings.ts';
import { tempContext } from '../store/temp-store.ts';

describe('premium classes', () => {
  it('are switched by themselves, the others stay as they are', () => {
    const context = tempContext();
    const on = () =>
      showPremium(context.store)
        .classes.filter((row) => row.on)
        .map((row) => row.class);
    switchPremium(context, true, ['satellite']);
    expect(on()).toEqual(['satellite']);
    switchPremium(context, true, ['directory,personal']);
    expect(on()).toEqual(['personal', 'satellite', 'directory']);
    switchPremium(context, true, []);
    expect(readSettings(context.store)).toMatchObject({ premium: true, 'premium-classes': [] });
    switchPremium(context, false, ['directory']);
    expect(readSettings(context.store).premium).toBe(false);
    expect(on()).toEqual(['premium', 'shared-cost', 'personal', 'satellite']);
    switchPremium(context, true, ['directory']);
    expect(showPremium(context.store).premium).toBe(true);
    switchPremium(context, false, []);
    expect(on()).toEqual([]);
    expect(switchPremium(context, false, ['premium']).changes).toEqual([]);
    expect(() => switchPremium(context, true, ['sattelite'])).toThrow(/Did you mean satellite/);
  });
});

describe('countries on top of a level', () => {
  it('of a shared code are told from those that stay closed, and global networks from their class', () => {
    const context = tempContext();
    setSettings(context, new Map([['home-region', ['MX']]]));
    const { notices } = setCountries(context, ['KZ', '+881'], 'allow');
    expect(notices).toEqual([
      'The code +7 is shared. These stay closed: Russia (RU).',
      expect.stringMatching(/^\+881 .*premium on satellite/),
    ]);
    expect(setCountries(context, ['RU'], 'allow').notices).toEqual([]);
    setSettings(context, new Map([['shared-codes', ['code']]]));
    expect(setCountries(context, ['CA'], 'allow').notices).toEqual([
      expect.stringMatching(/^\+1 counts as one .*also opens/),
    ]);
  });

  it('of a group stand beside those of the organisation, and tell where each comes from', () => {
    const context = tempContext();
    setSettings(context, new Map([['home-region', ['MX']]]));
    setGroup(context, 'sales', {});
    setCountries(context, ['AR'], 'allow');
    setCountries(context, ['CL'], 'allow', 'sales');
    setCountries(context, ['AR'], 'deny', 'sales');
    const { store, nowMs } = context;
    const sales = { kind: 'group', name: 'sales' } as const;
    expect(listCountries(store, sales, false, nowMs)).toMatchObject([
      { region: 'AR', state: 'deny', open: false, from: 'by name' },
      { region: 'CL', state: 'allow', open: true, from: 'by name' },
    ]);
    setCountries(context, ['AR'], null, 'sales');
    const all = listCountries(store, sales, true, nowMs);
    expect(all.find(({ region }) => region === 'AR')).toMatchObject({
      state: null,
      from: 'organisation, by name',
    });
    expect(all.find(({ region }) => region === 'FR')).toMatchObject({
      open: false,
      from: 'organisation, level closed',
    });
    expect(all.find(({ region }) => region === 'MX')).toMatchObject({ from: 'home region' });
    expect(() => setCountries(context, ['AR'], 'allow', 'sails')).toThrow(/Did you mean sales/);
  });
});
