// What is kept of a call that rang, and which groups an attempt was about; no trouble there reaches a pickup.
import { describe, expect, it } from 'vitest';
import type { PickupRecord } from '../../src/asterisk/pickup-record.ts';
import { groupsOfAttempt, keepRingRecord } from '../../src/daemon/ring-records.ts';
import { compileRights } from '../../src/pickup/rights.ts';
import type { RingingRow } from '../../src/store/ringing-calls.ts';
import { pickupGroup, pickupPolicy } from '../pickup/policy.ts';
import { ringRecord, rung } from '../store/ring-record.ts';

const rights = compileRights(
  pickupPolicy({
    groups: [
      pickupGroup('sales', { '1002': 'both', '1003': 'both' }, { number: '7' }),
      pickupGroup('desk', { '1003': 'target', '1009': 'interceptor' }),
      pickupGroup('all', {}, { memberGroups: [{ group: 'sales', interceptor: false, target: true }] }),
    ],
  }),
);

function kept(record = ringRecord('a'), known: typeof rights | null = rights) {
  const rows: RingingRow[] = [];
  const problems: unknown[] = [];
  const logger = { error: (_: string, fields: unknown) => problems.push(fields) };
  const recorder = { rang: (row: RingingRow) => void rows.push(row) };
  keepRingRecord({ pbx: 'lab', logger, rights: () => known, recorder }, record);
  return { rows, problems };
}

const attempt = (changes: Partial<PickupRecord>) =>
  groupsOfAttempt(rights, {
    id: 'pickup:1',
    atMs: 1,
    picker: '1009',
    pickerChannelId: '1.1',
    pickerChannelName: 'PJSIP/1009-1',
    kind: 'directed',
    target: null,
    choice: 'nothing-ringing',
    rule: null,
    outcome: 'told',
    told: 'nothing-ringing',
    takenBy: null,
    call: null,
    lost: [],
    latencyUs: 1,
    settledAfterMs: 1,
    by: null,
    ...changes,
  });

const call = {
  callId: 'c',
  callerNumber: '5',
  callerName: '',
  callerExtension: null,
  from: '1002',
  rangMs: 1,
};

describe('what is kept of pickup', () => {
  it('of a call that rang are the groups: those of whose targets one rang, through groups in groups too', () => {
    const extensions = [rung('1001', 'elsewhere'), rung('1003', 'answered')];
    const { rows } = kept(ringRecord('a', { extensions }));
    expect(rows.map(({ pbx, callId, pickupGroups }) => [pbx, callId, pickupGroups])).toEqual([
      ['lab', 'a', '["all","desk","sales"]'],
    ]);
  });

  it('is a row without a policy, too, and none but a word of the log where it cannot be made', () => {
    expect(kept(ringRecord('a'), null).rows).toMatchObject([{ pickupGroups: '[]' }]);
    const broken = { ...ringRecord('a'), extensions: undefined } as unknown as ReturnType<typeof ringRecord>;
    const { rows, problems } = kept(broken);
    expect([rows.length, problems.length]).toEqual([0, 1]);
  });

  it.each<[string, Partial<PickupRecord>, readonly string[]]>([
    ['for one phone is about the groups of that phone', { target: '1003' }, ['all', 'desk', 'sales']],
    ['for a phone of no group is about none', { target: '1050' }, []],
    ['that found a call is about the groups of its phone', { kind: 'any', call }, ['all', 'sales']],
    ['for the own groups is about these', { kind: 'group' }, ['desk']],
    ['of nobody knows whom for his groups is about none', { kind: 'group', picker: null }, []],
    ['for a group by number is about that one', { kind: 'other-group', target: '7' }, ['sales']],
    ['for a number of no group is about none', { kind: 'other-group', target: '8' }, []],
    ['for any call that found none is about none', { kind: 'any' }, []],
  ])('of an attempt %s', (_, changes, groups) => {
    expect(attempt(changes)).toEqual(groups);
  });
});
