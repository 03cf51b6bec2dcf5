// Numbering data of an update against the policy: told in words, with what it touches, until it is accepted.
import { describe, expect, it } from 'vitest';
import { setCountries } from '../../src/admin/countries.ts';
import {
  acceptNumbering,
  countDataDifferences,
  keepFirstNumbering,
  numberingState,
  requireAccepted,
} from '../../src/admin/numbering.ts';
import { setSettings } from '../../src/admin/settings.ts';
import { numberingData } from '../../src/numbering/numbering-data.ts';
import { readAudit } from '../../src/store/audit.ts';
import { addException } from '../../src/store/exceptions.ts';
import { writeNumberingBaseline } from '../../src/store/numbering-baseline.ts';
import { policyVersion } from '../../src/store/policy.ts';
import { ruleWriter } from '../../src/store/rules.ts';
import { olderData } from '../numbering/older-data.ts';
import { tempContext } from '../store/temp-store.ts';

const ACCEPTED_MS = Date.UTC(2026, 0, 1);

function inMexico() {
  const context = tempContext();
  setSettings(context, new Map([['home-region', ['MX']]]));
  setCountries(context, ['FR'], 'allow');
  const rule = { group: null, premium: false, observe: false, reason: '', fromMs: null, untilMs: null };
  const addRule = ruleWriter(context.store);
  addRule({ ...rule, action: 'allow', pattern: '+33811', exact: false });
  addRule({ ...rule, action: 'deny', pattern: '+33612345678', exact: true });
  addRule({ ...rule, action: 'deny', pattern: '118', exact: true });
  addException(context.store, {
    extension: '1001',
    action: 'allow',
    region: null,
    pattern: '+33811',
    exact: false,
    premium: true,
    reason: '',
    owner: '',
    fromMs: null,
    untilMs: null,
  });
  return context;
}

describe('numbering data that changed', () => {
  it('is told with the countries, rules and exceptions that it touches', () => {
    const context = inMexico();
    writeNumberingBaseline(context.store, { atMs: ACCEPTED_MS, data: olderData() });
    const { accepted, versions } = numberingState(context.store);
    expect(versions).toEqual(numberingData().versions);
    expect(accepted?.versions['numbers']).toBe('libphonenumber-js 1.0.0');
    const told = accepted?.differences.map(({ text, touches }) => [text, touches]);
    expect(told).toEqual([
      ['emergency numbers of MX: + 911 - 0999', []],
      ['premium short numbers of MX changed', []],
      ['regions of +599: + BQ', []],
      ['+39 0549…: was as the data says, now SM', []],
      ['FR premium pattern changed', ['country FR allowed']],
      ['FR shared-cost pattern added', ['country FR allowed']],
      ['BQ (Caribbean Netherlands) is new in the data', []],
      ['+33811*: was premium, now shared-cost', ['rule 1', 'exception 1 of 1001']],
    ]);
    expect(countDataDifferences(context.store)).toBe(7);
  });

  it('is accepted with an audit record, without a new version of the policy', () => {
    const context = inMexico();
    writeNumberingBaseline(context.store, { atMs: ACCEPTED_MS, data: olderData() });
    const version = policyVersion(context.store);
    expect(acceptNumbering(context)?.differences).toHaveLength(8);
    expect(policyVersion(context.store)).toBe(version);
    expect(numberingState(context.store).accepted).toMatchObject({ atMs: context.nowMs, differences: [] });
    expect(readAudit(context.store, { limit: 1 })).toEqual([
      expect.objectContaining({
        action: 'numbering-accepted',
        actor: 'cli:maria',
        before: olderData().versions,
        after: numberingData().versions,
      }),
    ]);
  });

  it('is not told where nothing was accepted, or only in a form of another version', () => {
    const { store } = inMexico();
    expect(numberingState(store).accepted).toBeNull();
    expect(() => requireAccepted(numberingState(store))).toThrow(/callwarden numbering accept/);
    writeNumberingBaseline(store, { atMs: 1, data: { ...olderData(), format: 0 } });
    expect(numberingState(store).accepted).toBeNull();
    expect(countDataDifferences(store)).toBeNull();
  });

  it('is kept at the first set-up, and not written over by a second one', () => {
    const { store } = inMexico();
    keepFirstNumbering(store, 1);
    expect(countDataDifferences(store)).toBe(0);
    writeNumberingBaseline(store, { atMs: 2, data: olderData() });
    keepFirstNumbering(store, 3);
    expect(numberingState(store).accepted?.atMs).toBe(2);
  });
});
