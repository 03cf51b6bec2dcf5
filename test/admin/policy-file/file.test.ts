// Policy files: what is written is read back, two policies are compared thing by thing, and nonsense is refused with its place.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entitiesOf } from '../../../src/admin/policy-file/entities.ts';
import { changeOf, planSteps } from '../../../src/admin/policy-file/plan.ts';
import { readPolicyFile } from '../../../src/admin/policy-file/read-file.ts';
import { rowsOfFile } from '../../../src/admin/policy-file/rows-of-file.ts';
import { documentText, policyDocument, policyFileText } from '../../../src/admin/policy-file/write-file.ts';
import { AppError } from '../../../src/errors.ts';
import { anyRows, emptyRows } from './rows.ts';

const again = (text: string) => rowsOfFile(readPolicyFile(text, 'policy.toml'));

const problemsOf = (text: string): readonly string[] => {
  try {
    again(text);
  } catch (error) {
    if (error instanceof AppError) return [error.message, ...error.details];
    throw error;
  }
  return [];
};

describe('a policy file', () => {
  it('says all that the policy says: what is written is read back as the same policy', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const back = again(policyFileText(rows));
        expect(planSteps(rows, back).map(changeOf)).toEqual([]);
        expect(entitiesOf(back).size).toBe(entitiesOf(rows).size);
      }),
      { numRuns: 200 },
    );
  });

  it('is the same text for the same policy, however often it goes through a file', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const text = policyFileText(rows);
        expect(policyFileText(again(text))).toBe(text);
      }),
      { numRuns: 50 },
    );
  });

  it('is the same text from what a version is remembered as', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const kept = JSON.parse(JSON.stringify(policyDocument(rows)));
        expect(documentText(kept)).toBe(policyFileText(rows));
      }),
      { numRuns: 100 },
    );
  });

  it('of an earlier program is read: its pickup groups have members alone', () => {
    const rows = again(
      'format = 1\n[settings]\nhome-region = "MX"\npickup-alert-after = 20\n[extensions.1001]\n' +
        '[pickup-groups.sales]\nmembers = ["1001"]\ntargets = ["1002"]\n',
    );
    expect(rows.settings['pickup-alert-after']).toBe(20);
    expect(rows.extensions).toMatchObject([{ mail: '', pickupNotice: null }]);
    expect(rows.pickupGroups).toEqual([
      {
        name: 'sales',
        number: null,
        alertAfterS: null,
        members: [
          { extension: '1001', interceptor: true, target: true },
          { extension: '1002', interceptor: false, target: true },
        ],
        memberGroups: [],
      },
    ]);
    expect([rows.pickupRights, rows.pickupProtections]).toEqual([[], []]);
    expect(policyFileText(rows)).toContain('pickup-alert-after = 20');
  });

  it('holds only what differs from the defaults', () => {
    expect(policyFileText(emptyRows)).toContain('home-region = "MX"');
    expect(policyFileText(emptyRows)).not.toContain('protection');
  });

  it('leads from any policy to any other by its steps', () => {
    fc.assert(
      fc.property(anyRows, anyRows, (from, to) => {
        const left = new Map([...entitiesOf(from)].map(([key, one]) => [key, one.value]));
        for (const { before, after } of planSteps(from, to)) {
          if (after === null) left.delete(`${before?.kind} ${before?.key}`);
          else left.set(`${after.kind} ${after.key}`, after.value);
        }
        const wanted = new Map([...entitiesOf(to)].map(([key, one]) => [key, one.value]));
        expect(left).toEqual(wanted);
      }),
      { numRuns: 100 },
    );
  });

  it('tells each change by its name, with before and after', () => {
    const before = again(
      'format = 1\nsettings.home-region = "MX"\ncountries.allow = ["AR"]\n[extensions.1001]\n',
    );
    const after = again(
      'format = 1\nsettings.home-region = "MX"\ncountries.deny = ["AR"]\n[[rules]]\naction = "block"\nprefix = "+882"\n',
    );
    expect(planSteps(before, after).map(changeOf)).toEqual([
      expect.objectContaining({ action: 'extension-removed', subject: 'extension 1001', after: null }),
      { action: 'country-changed', subject: 'country AR (Argentina)', before: 'allow', after: 'deny' },
      expect.objectContaining({ action: 'rule-added', subject: 'rule block +882…', before: null }),
    ]);
  });

  it.each([
    ['format = 2', 'format'],
    ['format = 1\n[settings]\nhome-regon = "MX"', 'Did you mean home-region?'],
    ['format = 1\n[settings]\nprotection = "perhaps"', 'protection is on or off'],
    ['format = 1\ncountries.alow = ["AR"]', 'countries: unknown "alow"'],
    ['format = 1\ncountries.allow = ["Argentina"]', 'countries.allow.0'],
    ['format = 1\n[[rules]]\naction = "deny"', 'rules.0: needs one of prefix, number'],
    ['format = 1\n[[rules]]\naction = "block"\ngroup = "sales"\nprefix = "+1"', 'belongs to no group'],
    ['format = 1\n[[exceptions]]\nextension = "1001"\ncountry = "FR"\nprefix = "+33"', 'and only one'],
    ['format = 1\n[groups.sales]\nlevel = "huge"', 'groups.sales.level'],
    ['format = 1\n[[limits]]\nmeasure = "calls"\nmax = -1', 'limits.0.max'],
    [
      'format = 1\n[pickup-groups.sales]\nnumber = "123456789"',
      'pickup-groups.sales.number: must have 1 to 8',
    ],
    ['format = 1\n[pickup-groups.sales]\nalert-after = 601', 'pickup-groups.sales.alert-after'],
    ['format = 1\n[extensions.1001]\nmail = "Ana <ana@example.org>"', 'extensions.1001.mail: must be a mail'],
    ['format = 1\n[extensions.1001]\npickup-notice = ["fax"]', 'extensions.1001.pickup-notice.0'],
    ['format = 1\n[[pickup-rights]]\npicker = "1001"', 'pickup-rights.0.target'],
    ['format = 1\n[[pickup-rights]]\npicker = "group:"\ntarget = "any"', 'pickup-rights.0.picker'],
    ['format = 1\n[[pickup-protections]]\nallow = ["1001"]', 'needs one of extension, caller, dialled'],
    [
      'format = 1\n[[pickup-protections]]\ncaller = "anonymous"',
      'pickup-protections.0.caller: must be digits',
    ],
    ['format = 1\nsettings = [1', 'line 2'],
    ['', 'format'],
  ])('of %j is refused with the place that is wrong', (text, place) => {
    expect(problemsOf(text).join('\n')).toContain(place);
  });

  it('never throws anything but its own error, whatever the file holds', () => {
    const isRead = (text: string) => {
      expect(() => problemsOf(text)).not.toThrow();
    };
    fc.assert(fc.property(fc.string({ maxLength: 200 }), isRead));
    fc.assert(fc.property(fc.json({ maxDepth: 3 }), (json) => isRead(`format = 1\nrules = ${json}`)));
  });
});
