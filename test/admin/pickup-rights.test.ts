// Pickup rights beside the groups and protections: how they are given, found, refused and taken away.
import { describe, expect, it } from 'vitest';
import { setExtensions } from '../../src/admin/extensions.ts';
import { addPickupGroup } from '../../src/admin/pickup-groups.ts';
import { protect, unprotect } from '../../src/admin/pickup-protections.ts';
import {
  addRight,
  listRights,
  pruneRights,
  removeRights,
  type PickupRightWords,
} from '../../src/admin/pickup-rights.ts';
import { removeSchedule, setSchedule } from '../../src/admin/schedules.ts';
import { setSettings } from '../../src/admin/settings.ts';
import { readAudit } from '../../src/store/audit.ts';
import { readPickupProtections } from '../../src/store/pickup-protections.ts';
import { readPickupRights } from '../../src/store/pickup-rights.ts';
import { tempContext } from '../store/temp-store.ts';

const DAY_MS = 86_400_000;
const always = { fromMs: null, untilMs: null, schedule: '', reason: '' };
const words = (picker: string, target: string, rest: Partial<PickupRightWords> = {}): PickupRightWords => ({
  picker,
  target,
  ...always,
  ...rest,
});

function house() {
  const context = tempContext();
  setExtensions(context, ['1001-1003'], {});
  addPickupGroup(context, 'reception');
  return context;
}

describe('pickup rights and protections', () => {
  it('let extensions and groups take the calls of others, and stand in the audit', () => {
    const context = house();
    setSchedule(context, 'office', { open: ['mon-fri 08:00-18:00'] });
    const untilMs = context.nowMs + DAY_MS;
    const deputy = words('1003', '1002', { untilMs, schedule: 'office', reason: 'holidays' });
    expect(addRight(context, deputy).notices).toEqual([]);
    addRight(context, words('group:reception', 'any'));
    addRight(context, words('1001', 'group:reception'));
    expect(readPickupRights(context.store)).toEqual([
      {
        id: 1,
        picker: { kind: 'extension', name: '1003' },
        target: { kind: 'extension', name: '1002' },
        fromMs: null,
        untilMs,
        schedule: 'office',
        reason: 'holidays',
      },
      { id: 2, ...always, picker: { kind: 'group', name: 'reception' }, target: { kind: 'any' } },
      {
        id: 3,
        ...always,
        picker: { kind: 'extension', name: '1001' },
        target: { kind: 'group', name: 'reception' },
      },
    ]);
    expect(readAudit(context.store, { subject: 'pickup right 1', limit: 1 })).toMatchObject([
      { after: { id: 1, picker: '1003', target: '1002', until: new Date(untilMs).toISOString() } },
    ]);
  });

  it('tell an extension that nothing else is known of, which may be mistyped', () => {
    const context = house();
    expect(addRight(context, words('1009', '1001')).notices.join()).toMatch(/Not known.*1009/);
    const outcome = protect(context, { kind: 'extension', value: '1008', allowed: ['1007'] });
    expect(outcome.notices.join()).toContain('1008, 1007');
  });

  it.each([
    ['1001', '1001', {}, /own calls without any right/],
    ['group:recepton', '1001', {}, /Did you mean reception/],
    ['1001', 'group:nobody', {}, /no pickup group/],
    ['any', 'group:', {}, /no name for a pickup group/],
    ['1001-1002', '1003', {}, /more than one extension/],
    ['10 01', '1003', {}, /more than one extension/],
    ['1001;', '1003', {}, /no extension/],
    ['1001', '1002', { schedule: 'offic' }, /no schedule/],
    ['1001', '1002', { reason: 'a\nb' }, /one line/],
    ['1001', '1002', { reason: 'x'.repeat(201) }, /200 characters/],
  ] as const)('refuse %j for %j with %j', (picker, target, rest, problem) => {
    const context = house();
    expect(() => addRight(context, words(picker, target, rest))).toThrow(problem);
    expect(readPickupRights(context.store)).toEqual([]);
  });

  it('are given once: the same again is refused while it counts, and may be given anew after its end', () => {
    const context = house();
    const untilMs = context.nowMs + DAY_MS;
    addRight(context, words('1001', '1002', { untilMs }));
    expect(() => addRight(context, words('1001', '1002', { untilMs }))).toThrow(/pickup right 1 already/);
    addRight(context, words('1001', '1002'));
    const later = { ...context, nowMs: context.nowMs + 2 * DAY_MS };
    expect(addRight(later, words('1001', '1002', { untilMs })).notices).toEqual([
      'One pickup right has ended: `callwarden pickup right list --expired`.',
    ]);
  });

  it('are found by their extension and by whether they have ended, and forgotten a month later', () => {
    const context = house();
    const { store, nowMs } = context;
    addRight(context, words('1001', '1002', { untilMs: nowMs + DAY_MS }));
    addRight(context, words('1003', '1001', { fromMs: nowMs + DAY_MS }));
    addRight(context, words('group:reception', 'any'));
    const listed = (atMs: number, show: 'current' | 'expired' | 'all', extension: string | null = null) =>
      listRights(store, atMs, { extension, show }).map(({ id, state }) => [id, state]);
    expect(listed(nowMs, 'current')).toEqual([
      [1, 'active'],
      [2, 'not-yet'],
      [3, 'active'],
    ]);
    expect(listed(nowMs + DAY_MS, 'current', '1001')).toEqual([[2, 'active']]);
    expect(listed(nowMs + DAY_MS, 'expired')).toEqual([[1, 'expired']]);
    expect(listed(nowMs + DAY_MS, 'all')).toHaveLength(3);
    expect(pruneRights({ ...context, nowMs: nowMs + 30 * DAY_MS }).changes).toEqual([]);
    expect(pruneRights({ ...context, nowMs: nowMs + 31 * DAY_MS }).changes).toMatchObject([
      { subject: 'pickup right 1', after: null },
    ]);
  });

  it('are taken away by their ids, all or none', () => {
    const context = house();
    addRight(context, words('1001', '1002'));
    addRight(context, words('1001', '1003'));
    expect(() => removeRights(context, ['1', '7'])).toThrow(/no pickup right 7/);
    expect(() => removeRights(context, ['one'])).toThrow(/"one" is none/);
    expect(removeRights(context, ['2,1']).changes).toHaveLength(2);
    addRight(context, words('1001', '1002'));
    expect(readPickupRights(context.store).map(({ id }) => id)).toEqual([3]);
  });

  it('hold a schedule that they or the quiet hours keep to', () => {
    const context = house();
    setSchedule(context, 'office', { open: ['mon-fri 08:00-18:00'] });
    setSchedule(context, 'siesta', { open: ['daily 14:00-16:00'] });
    addRight(context, words('1001', '1002', { schedule: 'office' }));
    setSettings(context, new Map([['pickup-quiet-hours', ['siesta']]]));
    expect(() => removeSchedule(context, 'office')).toThrow(/pickup right 1/);
    expect(() => removeSchedule(context, 'siesta')).toThrow(/pickup-quiet-hours/);
    expect(() => setSettings(context, new Map([['pickup-quiet-hours', ['sesta']]]))).toThrow(
      /Did you mean siesta/,
    );
  });

  it('protect extensions, callers and dialled numbers, written as people write numbers', () => {
    const context = house();
    protect(context, { kind: 'dialled', value: '+52 (55) 1234-5678', allowed: ['1001', 'group:reception'] });
    protect(context, { kind: 'caller', value: '5587654321', reason: 'the owner' });
    protect(context, { kind: 'EXTENSION', value: '1002', allowed: ['1001', '1001'] });
    const changed = protect(context, { kind: 'extension', value: '1002', reason: 'the director' });
    expect(changed.changes).toMatchObject([{ action: 'pickup-protection-changed' }]);
    expect(protect(context, { kind: 'extension', value: '1002' }).changes).toEqual([]);
    const ana = { kind: 'extension', name: '1001' };
    expect(readPickupProtections(context.store)).toEqual([
      { kind: 'caller', value: '5587654321', allowed: [], reason: 'the owner' },
      {
        kind: 'dialled',
        value: '+525512345678',
        allowed: [ana, { kind: 'group', name: 'reception' }],
        reason: '',
      },
      { kind: 'extension', value: '1002', allowed: [ana], reason: 'the director' },
    ]);
    expect(protect(context, { kind: 'extension', value: '1002', allowed: [] }).changes).toMatchObject([
      { before: { allowed: ['1001'] }, after: { allowed: ['nobody'] } },
    ]);
    expect(unprotect(context, { kind: 'dialled', value: '+52 55 1234 5678' }).changes).toHaveLength(1);
    expect(() => unprotect(context, { kind: 'caller', value: '558765432' })).toThrow(
      /Did you mean caller 5587654321/,
    );
  });

  it.each([
    ['phone', '1001', [], /one of extension, caller, dialled/],
    ['caller', '', [], /no number/],
    ['caller', 'anonymous', [], /no number/],
    ['dialled', '+', [], /no number/],
    ['dialled', '5'.repeat(21), [], /no number/],
    ['extension', '1001 1002', [], /more than one/],
    ['extension', '1001', ['group:nobody'], /no pickup group/],
    ['extension', '1001', ['any', ''], /at least one extension/],
    ['extension', '1001', Array.from({ length: 101 }, (_, index) => String(2000 + index)), /100 at most/],
  ])('protect no %s %j with %j', (kind, value, allowed, problem) => {
    const context = house();
    expect(() => protect(context, { kind, value, allowed })).toThrow(problem);
    expect(readPickupProtections(context.store)).toEqual([]);
  });
});
