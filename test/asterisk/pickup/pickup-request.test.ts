// The pickup codes' question as a value, and their dialplan as text.
import { describe, expect, it } from 'vitest';
import { pickupSection, PICKUP_CAUSES, type PickupOptions } from '../../../src/asterisk/dialplan/pickup.ts';
import { endpointOf } from '../../../src/asterisk/identity.ts';
import { readMissedNonce, readPickupQuestion } from '../../../src/asterisk/pickup-request.ts';

const channel = { id: '1763.1', name: 'PJSIP/1003-00000001' };
const read = (args: readonly string[], name = channel.name) =>
  readPickupQuestion({ ...channel, name }, args, endpointOf);

describe('the question of a pickup code', () => {
  it('is read into a request of the endpoint that dialled it', () => {
    expect(read(['nonce=n1', 'kind=directed', 'target=1002'])).toEqual({
      nonce: 'n1',
      channelName: channel.name,
      request: { kind: 'directed', picker: '1003', pickerChannelId: '1763.1', target: '1002' },
    });
    expect(read(['nonce=n1', 'kind=group', 'target='])?.request).toMatchObject({
      kind: 'group',
      target: null,
    });
  });

  it('has the call that an originated channel names, decoded once', () => {
    expect(read(['nonce=n1', 'kind=exact', 'target=pbx%2C1-1763.9'])?.request).toMatchObject({
      kind: 'exact',
      picker: '1003',
      target: 'pbx,1-1763.9',
    });
  });

  it('names no picker where the channel has no endpoint', () => {
    expect(read(['nonce=n1', 'kind=group'], 'Local/*8@phones-00000001;2')?.request.picker).toBeNull();
  });

  it.each([
    ['no nonce', ['kind=group']],
    ['an empty nonce', ['nonce=', 'kind=group']],
    ['no kind', ['nonce=n1']],
    ['a kind that there is not', ['nonce=n1', 'kind=toString']],
    ['no target behind the directed code', ['nonce=n1', 'kind=directed', 'target=']],
    ['no group behind the code for another group', ['nonce=n1', 'kind=other-group']],
    ['no call where one is to be named', ['nonce=n1', 'kind=exact', 'target=']],
    ['a target behind the group code', ['nonce=n1', 'kind=group', 'target=1002']],
    ['a target behind the code for any call', ['nonce=n1', 'kind=any', 'target=1002']],
    ['a repeated name', ['nonce=n1', 'nonce=n2', 'kind=group']],
    ['broken encoding', ['nonce=n1', 'kind=directed', 'target=%E0%A4%A']],
  ])('is none with %s', (_what, args) => expect(read(args)).toBeNull());

  it('about a lost pickup has a nonce of its own', () => {
    expect(readMissedNonce(['nonce=n2'])).toBe('n2');
    expect(readMissedNonce(['nonce='])).toBeNull();
    expect(readMissedNonce([])).toBeNull();
  });
});

describe('the dialplan of the pickup codes', () => {
  const options: PickupOptions = {
    door: 'stasis',
    peers: [],
    application: 'warden',
    groupCode: '*7',
    anyCode: '*70',
    directedCode: '*09',
    deadlineMs: 2_500,
    unreadableAnnouncement: 'what',
    unavailableAnnouncement: 'sorry',
  };
  const text = pickupSection(options);
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith(';'));

  it('has the codes, deadline, application and announcements of the settings', () => {
    const entered = (code: string, kind: string, target: string) => [
      `exten => ${code},1,Set(CALLWARDEN_PICKUP_KIND=${kind})`,
      ` same => n,Set(CALLWARDEN_PICKUP_TARGET=${target})`,
      ' same => n,Goto(callwarden-pickup-run,s,1)',
    ];
    expect(lines.slice(1, 13)).toEqual([
      ...entered('*7', 'group', ''),
      ...entered('_*7X!', 'other-group', '${EXTEN:2}'),
      ...entered('*70', 'any', ''),
      ...entered('_*09.', 'directed', '${EXTEN:3}'),
    ]);
    expect(lines.filter((line) => line.includes('Stasis(warden,pickup'))).toHaveLength(2);
    expect(lines.filter((line) => line === ' same => n,Set(TIMEOUT(absolute)=2.500)')).toHaveLength(2);
    expect(text).toContain('CALLWARDEN_ANNOUNCEMENT=sorry');
    expect(text).toContain('CALLWARDEN_ANNOUNCEMENT=what');
  });

  it('answers the picker right before it takes a call, in the one place where it takes one', () => {
    const taking = lines.flatMap((line, index) => (line.includes('PickupChan(') ? [index] : []));
    expect(taking).toHaveLength(1);
    expect(lines[(taking[0] ?? 0) - 1]).toMatch(/Answer\(/);
  });

  it('takes a call only behind the comparison with the nonce of this question', () => {
    const compared = ' same => n,GotoIf($["${CALLWARDEN_CHOICE}" = "take:${CALLWARDEN_NONCE}"]?take,1)';
    expect(lines.filter((line) => /[?:(]take,1/.test(line))).toEqual([compared, compared]);
    expect(text).not.toMatch(/STASISSTATUS/);
  });

  it('draws a nonce, clears the choice and sets the deadline before each question, and clears it after', () => {
    for (const [index, line] of lines.entries()) {
      if (!line.includes('Stasis(')) continue;
      expect(lines[index - 3]).toMatch(/Set\(CALLWARDEN_NONCE=\$\{UNIQUEID\}(\.\$\{RAND\(\d+,\d+\)\}){2}\)/);
      expect(lines[index - 2]).toContain('Set(CALLWARDEN_CHOICE=)');
      expect(lines[index - 1]).toContain('Set(TIMEOUT(absolute)=2.500)');
      expect(lines[index + 1]).toContain('Set(TIMEOUT(absolute)=${CALLWARDEN_TIMEOUT})');
    }
  });

  it('has a cause of its own for each outcome', () => {
    const causes = Object.values(PICKUP_CAUSES);
    expect(new Set(causes).size).toBe(causes.length);
  });

  it.each([{ groupCode: '*8,1' }, { groupCode: '' }, { directedCode: '_X.' }, { directedCode: '*7' }])(
    'is not made with %j',
    (wrong) => expect(() => pickupSection({ ...options, ...wrong })).toThrow(/./),
  );
});
