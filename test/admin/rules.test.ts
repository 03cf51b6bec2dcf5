// Rules by number and prefix: what is kept of what is written, what is refused, and files of them.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AdminContext } from '../../src/admin/change.ts';
import { setGroup } from '../../src/admin/groups.ts';
import { exportRules, importRules } from '../../src/admin/rule-files.ts';
import { listRules } from '../../src/admin/rule-list.ts';
import type { RuleTerms } from '../../src/admin/rule-words.ts';
import { addRules, observeRules, removeRules } from '../../src/admin/rules.ts';
import { setSettings } from '../../src/admin/settings.ts';
import { readAudit } from '../../src/store/audit.ts';
import { verifyPolicy } from '../../src/store/policy.ts';
import { readRules } from '../../src/store/rules.ts';
import { inMexico } from './in-mexico.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function withSales(): AdminContext {
  const context = inMexico();
  setGroup(context, 'sales', {});
  return context;
}

const terms = (changed: Partial<RuleTerms>): RuleTerms => ({
  action: 'deny',
  group: null,
  exact: false,
  observe: false,
  reason: '',
  fromMs: null,
  untilMs: null,
  ...changed,
});

/** All of them. */
const page = { afterId: 0, limit: 1_000 };

const problemsOf = (work: () => unknown): readonly string[] => {
  try {
    work();
    return [];
  } catch (error) {
    return (error as { details: readonly string[] }).details;
  }
};

describe('a rule', () => {
  it('for an internal number says which calls it never meets', () => {
    const context = withSales();
    setSettings(context, new Map([['internal-patterns', ['10XX']]]));
    const { notices } = addRules(context, ['1002', '118'], terms({ action: 'block' }));
    expect(notices).toEqual([
      expect.stringMatching(/^1002 is an internal number: calls from phone to phone/),
    ]);
  });

  it.each([
    ['+5411', false, '+5411'],
    ['005411', false, '+5411'],
    ['+54 11-43 21', false, '+54114321'],
    ['118', false, '118'],
    ['5512345678', true, '+525512345678'],
    ['00541143210987', true, '+541143210987'],
  ])('for %s (exact: %s) is kept as %s', (word, exact, pattern) => {
    const context = withSales();
    addRules(context, [word], terms({ exact }));
    expect(readRules(context.store)).toMatchObject([{ pattern, exact }]);
  });

  it.each([
    ['911', /everybody may call/],
    ['91', /beginning of 911/],
    ['hello', /no number or prefix/],
    ['+0123', /no beginning/],
    ['+1234567890123456', /more than 15 digits/],
    ['', /at least one/],
  ])('against %j is refused', (word, sentence) => {
    const context = withSales();
    expect(() => addRules(context, [word], terms({ action: 'block' }))).toThrow(sentence);
    expect(readRules(context.store)).toEqual([]);
  });

  it('opens what costs extra where it names one number, or where that is said', () => {
    const context = withSales();
    const allow = (word: string, changed: Partial<RuleTerms>) =>
      addRules(context, [word], terms({ action: 'allow', ...changed }));
    allow('+5411', {});
    allow('+5412', { premium: true });
    allow('+541143210987', { exact: true });
    allow('+541143210988', { exact: true, premium: false });
    addRules(context, ['+541143210989'], terms({ exact: true, premium: true }));
    expect(readRules(context.store).map(({ premium }) => premium)).toEqual([false, true, true, false, false]);
  });

  it('is refused where it is there already, and told where another says something else', () => {
    const context = withSales();
    addRules(context, ['+5411'], terms({ action: 'allow' }));
    expect(() => addRules(context, ['+5499', '005411'], terms({ action: 'allow' }))).toThrow(
      /Rule 1 says that/,
    );
    expect(readRules(context.store)).toHaveLength(1);
    addRules(context, ['+541143210987'], terms({ action: 'allow', exact: true }));
    addRules(context, ['+5411'], terms({ action: 'allow', group: 'sales' }));
    expect(addRules(context, ['+5411'], terms({})).notices).toEqual([
      'Rule 1 says allow for the same +5411*: deny wins.',
    ]);
    const { notices } = addRules(context, ['+5411'], terms({ action: 'block' }));
    expect(notices).toHaveLength(3);
    expect(notices.every((notice) => notice.endsWith('block wins.'))).toBe(true);
  });

  it('that has expired holds back no new one', () => {
    const context = withSales();
    const untilMs = context.nowMs + 1000;
    addRules(context, ['+5411'], terms({ untilMs }));
    const later = { ...context, nowMs: untilMs };
    addRules(later, ['+5411'], terms({}));
    expect(listRules(context.store, {}, page, untilMs).rules.map(({ state }) => state)).toEqual([
      'expired',
      'active',
    ]);
  });

  it('of the block-list is the organisation’s, and never only observed', () => {
    const context = withSales();
    const block = (changed: Partial<RuleTerms>) => () =>
      addRules(context, ['+5411'], terms({ action: 'block', ...changed }));
    expect(block({ group: 'sales' })).toThrow(/whole organisation/);
    expect(block({ observe: true })).toThrow(/always enforced/);
    block({})();
    expect(() => observeRules(context, ['1'], true)).toThrow(/always enforced/);
  });

  it('is removed and observed by its id, all or none', () => {
    const context = withSales();
    addRules(context, ['+5411,+5412', '+5413'], terms({ reason: 'fraud of May' }));
    expect(observeRules(context, ['2'], true).changes).toMatchObject([
      { action: 'rule-changed', before: { observe: false }, after: { observe: true } },
    ]);
    expect(() => removeRules(context, ['1', '7', '8'])).toThrow(/no rule 7, 8/);
    expect(() => removeRules(context, ['one'])).toThrow(/by their ids/);
    expect(removeRules(context, ['1,3']).changes).toMatchObject([
      { action: 'rule-removed', before: { action: 'deny', numbers: '+5411*', reason: 'fraud of May' } },
      { before: { numbers: '+5413*' } },
    ]);
    expect(readRules(context.store)).toMatchObject([{ id: 2 }]);
    verifyPolicy(context.store);
  });

  it('is found by the numbers that it meets, the longest first', () => {
    const context = withSales();
    addRules(context, ['+54', '+5411', '+55', '118', '+525512'], terms({}));
    addRules(context, ['+541143210987'], terms({ exact: true }));
    const found = (number: string) =>
      listRules(context.store, { number }, page, context.nowMs).rules.map(({ numbers }) => numbers);
    expect(found('00541143210987')).toEqual(['+541143210987', '+5411*', '+54*']);
    expect(found('+5411432109')).toEqual(['+5411*', '+54*']);
    expect(found('5512345678')).toEqual(['+525512*']);
    expect(() => found('911')).toThrow(/emergency/);
    expect(() => found('x')).toThrow(/cannot be read/);
  });
});

describe('a file of rules', () => {
  it('is added as one change with one audit record, and not twice', () => {
    const context = withSales();
    const file = bytes(
      'Prefix;Action;Group;Until;Reason\n+5411;allow;sales;2026-12-31;office\n+2526*;block;;;IRSF\n',
    );
    const defaults = { action: null, reason: '' };
    expect(importRules(context, file, defaults).counts).toEqual({
      lines: 2,
      added: 2,
      skipped: 0,
      removed: 0,
    });
    expect(readRules(context.store)).toMatchObject([
      { pattern: '+5411', action: 'allow', group: 'sales', reason: 'office', exact: false },
      { pattern: '+2526', action: 'block', group: null, reason: 'IRSF', untilMs: null },
    ]);
    expect(importRules(context, file, defaults).counts).toMatchObject({ added: 0, skipped: 2 });
    expect(readAudit(context.store, { action: 'rules-imported', limit: 10 })).toMatchObject([
      { after: { added: 2, allow: 1, block: 1, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    ]);
  });

  it('tells every wrong line, and then adds none', () => {
    const context = withSales();
    const file = bytes(
      'number,action,exact,group,from,until\n+5411,allow,,,,\n911,block,yes,,,\n+54,alow,,,,\n+55,deny,perhaps,,,\n' +
        '+56,deny,,sails,,\n+57,deny,,,2026-12-02,2026-12-01\n+58,deny,,,soon,\n',
    );
    const problems = problemsOf(() => importRules(context, file, { action: null, reason: '' }));
    expect(problems.map((problem) => problem.slice(0, 6))).toEqual(
      [3, 4, 5, 6, 7, 8].map((line) => `line ${line}`),
    );
    expect(readRules(context.store)).toEqual([]);
  });

  it('takes what its lines leave out from the command', () => {
    const context = withSales();
    importRules(context, bytes('number\n+5411\n'), { action: 'block', reason: 'bought list' });
    expect(readRules(context.store)).toMatchObject([{ action: 'block', reason: 'bought list' }]);
  });

  it('takes the place of the rules with its reason as one change, and leaves all others alone', () => {
    const context = withSales();
    addRules(context, ['+33'], terms({ action: 'deny', reason: 'ours' }));
    const bought = { action: 'block', reason: 'bought', replace: true } as const;
    importRules(context, bytes('number\n+5411\n+2526\n+882\n'), bought);
    const idOf = (pattern: string) => readRules(context.store).find((row) => row.pattern === pattern)?.id;
    const kept = idOf('+2526');
    const next = bytes('number,until\n+2526,\n+882,2099-12-31\n+1876,\n+1876,\n+33,\n');
    const { outcome, counts } = importRules(context, next, bought);
    expect(counts).toEqual({ lines: 5, added: 3, skipped: 2, removed: 2 });
    expect(outcome.changes).toMatchObject([
      { action: 'rules-imported', after: { replaced: 'bought', added: 3, removed: 2, block: 3 } },
    ]);
    expect(idOf('+2526')).toBe(kept);
    expect(
      readRules(context.store).map(({ action, pattern, reason }) => `${action} ${pattern} ${reason}`),
    ).toEqual([
      'deny +33 ours',
      'block +2526 bought',
      'block +882 bought',
      'block +1876 bought',
      'block +33 bought',
    ]);
    expect(importRules(context, next, bought).outcome.changes).toEqual([]);
    verifyPolicy(context.store);
  });

  it('replaces nothing without a reason, where it is empty, or where a line would be lost the next time', () => {
    const context = withSales();
    const bought = { action: 'block', reason: 'bought', replace: true } as const;
    importRules(context, bytes('number\n+5411\n'), bought);
    expect(() => importRules(context, bytes('number\n+33\n'), { ...bought, reason: ' ' })).toThrow(
      /--reason/,
    );
    expect(() => importRules(context, bytes('number\n'), bought)).toThrow(/holds no rule/);
    const other = bytes('number,reason\n+33,bought\n+34,\n+35,else\n');
    expect(problemsOf(() => importRules(context, other, bought))).toEqual([
      expect.stringMatching(/^line 4: /),
    ]);
    expect(() => importRules(context, bytes('number\n+33\n911\n'), bought)).toThrow(/wrong/);
    expect(readRules(context.store).map(({ pattern }) => pattern)).toEqual(['+5411']);
  });

  it('that was exported is read again as the same rules', () => {
    const number = fc.stringMatching(/^\+(?:54|33|44)[1-9]\d{8}$/);
    const reason = fc.string({ maxLength: 20 }).map((text) => text.trim());
    const rule = fc.record({
      number,
      action: fc.constantFrom('allow' as const, 'deny' as const, 'pin' as const),
      exact: fc.boolean(),
      premium: fc.boolean(),
      observe: fc.boolean(),
      reason,
      group: fc.constantFrom(null, 'sales'),
      untilMs: fc.constantFrom(null, Date.UTC(2027, 0, 1), Date.UTC(2027, 5, 1, 12, 30)),
    });
    const rules = fc.uniqueArray(rule, { maxLength: 10, selector: ({ number: key }) => key });
    fc.assert(
      fc.property(rules, (wanted) => {
        const [from, to] = [withSales(), withSales()];
        for (const { number: word, ...rest } of wanted) addRules(from, [word], terms(rest));
        importRules(to, bytes(exportRules(from.store)), { action: null, reason: '' });
        expect(readRules(to.store)).toHaveLength(wanted.length);
        expect(exportRules(to.store)).toBe(exportRules(from.store));
      }),
      { numRuns: 20 },
    );
  });
});
