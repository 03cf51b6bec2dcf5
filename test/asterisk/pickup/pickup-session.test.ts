// The picking side where the link, the PBX or the order of things fails it.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FOLLOWED_MS } from '../../../src/asterisk/pickup-attempts.ts';
import { CLAIM_MS } from '../../../src/pickup/claims.ts';
import { ariChannel } from './fake-link.ts';
import { asks, caller, ended, leg, other, picker, scene, sceneWithChoice } from './picking-scene.ts';
import { POLICY } from './pickup-lab.ts';

describe('the picking side', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('sets the leg, then the choice, then lets the picker go on', async () => {
    const { link, records } = await sceneWithChoice();
    expect(link.sent).toEqual(['set CALLWARDEN_CANDIDATE=b', 'set CALLWARDEN_CHOICE=take:n1', 'continue']);
    expect(records).toMatchObject([{ id: 'pickup:n1', choice: 'take', outcome: null, picker: '1003' }]);
  });

  it('answers a question once that comes by event and by listing', async () => {
    const { pickup, link } = await sceneWithChoice();
    pickup.onStasisStart(link, picker, asks('n1'));
    await pickup.idle();
    expect(link.sent).toHaveLength(3);
  });

  it('waits with its answer until the board is true after a connect', async () => {
    const { pickup, link } = scene();
    const listing = Promise.withResolvers<void>();
    link.beforeListing = () => listing.promise;
    const up = pickup.onUp(link);
    pickup.onStasisStart(link, picker, asks('n1'));
    expect(link.sent).toEqual([]);
    listing.resolve();
    await up;
    await pickup.idle();
    expect(link.sent).toContain('set CALLWARDEN_CHOICE=take:n1');
  });

  it('lets nobody else at the call while the outcome is open, and for no longer than a claim stands', async () => {
    const { pickup, link } = await sceneWithChoice();
    pickup.onStasisStart(link, other, asks('n2'));
    await pickup.idle();
    expect(link.sent).toContain('set CALLWARDEN_CHOICE=refuse:n2');
    vi.advanceTimersByTime(CLAIM_MS + 1);
    pickup.onStasisStart(link, other, asks('n3'));
    await pickup.idle();
    expect(link.sent).toContain('set CALLWARDEN_CHOICE=take:n3');
  });

  it('frees the call at once when the picker has hung up before he was told', async () => {
    const all = scene();
    all.link.outcome = () => Promise.resolve('gone');
    await all.pickup.onUp(all.link);
    all.pickup.onStasisStart(all.link, picker, asks('n1'));
    await all.pickup.idle();
    expect(all.records.at(-1)).toMatchObject({ outcome: 'abandoned', takenBy: null });
    expect(all.pickup.counts().attempts).toBe(0);
  });

  it('records the outcome as unknown when the link is lost on the way', async () => {
    const all = scene();
    all.link.outcome = () => Promise.reject(new Error('lost'));
    await all.pickup.onUp(all.link);
    all.pickup.onStasisStart(all.link, picker, asks('n1'));
    await all.pickup.idle();
    expect(all.records.at(-1)).toMatchObject({ choice: 'take', outcome: 'unknown' });
  });

  it('knows from the answer of the dial who won', async () => {
    const { pickup, records } = await sceneWithChoice();
    pickup.onEvent({ type: 'Dial', atMs: 1, caller, peer: picker, dialstatus: 'ANSWER', dialstring: '' });
    expect(records.at(-1)).toMatchObject({ id: 'pickup:n1', outcome: 'won', takenBy: '1003' });
    expect(records.at(-1)?.call).toMatchObject({ callId: 'a', from: '1002' });
  });

  it('tells who comes while a call changes hands of this call, not of an earlier one on the same phone', async () => {
    const { pickup, link } = await sceneWithChoice();
    pickup.onEvent({
      type: 'Dial',
      atMs: Date.now(),
      caller,
      peer: leg,
      dialstatus: 'CANCEL',
      dialstring: '',
    });
    link.sent.length = 0;
    pickup.onStasisStart(link, other, ['pickup', 'nonce=n2', 'kind=directed', 'target=1002']);
    await pickup.idle();
    const sounds = `${POLICY.announcements['already-taken']}&digits/1&digits/0&digits/0&digits/3`;
    expect(link.sent).toContain(`set CALLWARDEN_ANNOUNCEMENT=${sounds}`);
  });

  it('asks where a queue says nothing, and takes the hint of AMI only for a leg of its own', async () => {
    const asked = await sceneWithChoice();
    asked.link.channels = [ariChannel('p', picker.name, 'Up', 'AppQueue')];
    asked.pickup.onEvent(ended(26));
    await vi.advanceTimersByTimeAsync(1);
    expect(asked.records.at(-1)).toMatchObject({ outcome: 'won' });

    const hinted = await sceneWithChoice();
    hinted.pickup.onAmiPickup({ pickerChannelId: 'p', targetChannelId: 'somebody-else' });
    hinted.pickup.onEvent(ended(26));
    await vi.advanceTimersByTimeAsync(1);
    expect(hinted.records).toHaveLength(1);
    hinted.pickup.onAmiPickup({ pickerChannelId: 'p', targetChannelId: 'b' });
    expect(hinted.records.at(-1)).toMatchObject({ outcome: 'won' });
  });

  it('knows from the end of a picker who has hung up whether he had the call', async () => {
    for (const [application, outcome] of [
      ['AppQueue', 'won'],
      ['', 'abandoned'],
    ] as const) {
      const { pickup, records } = await sceneWithChoice();
      pickup.onEvent(ended(26));
      const channel = ariChannel('p', picker.name, 'Up', application);
      pickup.onEvent({ type: 'ChannelDestroyed', atMs: 1, channel, cause: 16 });
      expect(records.at(-1), application).toMatchObject({ outcome });
    }
  });

  it('counts a picker who does not come back as winner when his leg went elsewhere, and otherwise as unknown', async () => {
    const won = await sceneWithChoice();
    won.pickup.onEvent(ended(26));
    await vi.advanceTimersByTimeAsync(CLAIM_MS + 1);
    expect(won.records.at(-1)).toMatchObject({ outcome: 'won' });
    const unknown = await sceneWithChoice();
    await vi.advanceTimersByTimeAsync(FOLLOWED_MS + 1);
    expect(unknown.records.at(-1)).toMatchObject({ outcome: 'unknown', takenBy: null });
  });

  it('tells a picker who comes back while the leg still rings that somebody else is taking the call', async () => {
    const { pickup, link, records } = await sceneWithChoice();
    pickup.onStasisStart(link, picker, ['pickup-missed', 'nonce=n2']);
    await pickup.idle();
    expect(link.sent).toContain('set CALLWARDEN_CHOICE=refuse:n2');
    expect(records.at(-1)).toMatchObject({ outcome: 'lost', told: 'already-taken', takenBy: null });
  });

  describe('of a call that rings on two phones', () => {
    const second = ariChannel('c', 'PJSIP/1004-0000000c', 'Ringing');
    const missed = ['pickup-missed', 'nonce=n2'];

    async function chosen() {
      const all = scene();
      all.link.channels = [caller, leg, second];
      all.link.variables.set('c CHANNEL(linkedid)', 'a');
      await all.pickup.onUp(all.link);
      all.pickup.onStasisStart(all.link, picker, asks('n1'));
      await all.pickup.idle();
      expect(all.link.sent).toContain('set CALLWARDEN_CANDIDATE=b');
      all.link.sent.length = 0;
      return all;
    }

    it('is told as taken also to who reaches for the other one, in the instant in which that one is silenced', async () => {
      const all = scene();
      all.link.channels = [caller, leg, second];
      all.link.variables.set('c CHANNEL(linkedid)', 'a');
      await all.pickup.onUp(all.link);
      const directed = (nonce: string, target: string) => [
        'pickup',
        `nonce=${nonce}`,
        'kind=directed',
        `target=${target}`,
      ];
      all.pickup.onStasisStart(all.link, picker, directed('n1', '1002'));
      await all.pickup.idle();
      const cancelled = { type: 'Dial', atMs: Date.now(), dialstatus: 'CANCEL', dialstring: '' } as const;
      all.pickup.onEvent({ ...cancelled, caller, peer: second });
      all.pickup.onStasisStart(
        all.link,
        ariChannel('r', 'PJSIP/1005-00000011', 'Ring'),
        directed('n2', '1004'),
      );
      await all.pickup.idle();
      expect(all.records.at(-1)).toMatchObject({ picker: '1005', told: 'already-taken', takenBy: '1003' });
    });

    it('tries the other one when the first has stopped ringing, and records whose call was taken', async () => {
      const { pickup, link, records } = await chosen();
      link.channels = [caller, second];
      pickup.onEvent(ended(21));
      pickup.onStasisStart(link, picker, missed);
      await pickup.idle();
      expect(link.sent).toEqual(['set CALLWARDEN_CANDIDATE=c', 'set CALLWARDEN_CHOICE=take:n2', 'continue']);
      pickup.onEvent({ type: 'Dial', atMs: 1, caller, peer: picker, dialstatus: 'ANSWER', dialstring: '' });
      expect(records.at(-1)).toMatchObject({ id: 'pickup:n1', outcome: 'won', call: { from: '1004' } });
    });

    it('is nobody else’s once one of them was taken, though the other still seems to ring', async () => {
      const { pickup, link, records } = await chosen();
      link.channels = [ariChannel('p', picker.name, 'Up', 'AppDial'), caller, second];
      pickup.onEvent(ended(26));
      await vi.advanceTimersByTimeAsync(1);
      expect(records.at(-1)).toMatchObject({ outcome: 'won', takenBy: '1003' });
      expect(pickup.ringing()).toHaveLength(1);
      pickup.onStasisStart(link, other, asks('n3'));
      await pickup.idle();
      expect(link.sent).toContain('set CALLWARDEN_CHOICE=refuse:n3');
      expect(records.at(-1)).toMatchObject({ picker: '1004', told: 'already-taken', takenBy: '1003' });
    });

    it('does not when the first was answered, though the other still seems to ring', async () => {
      const { pickup, link, records } = await chosen();
      link.channels = [caller, ariChannel('b', leg.name, 'Up'), second];
      pickup.onStasisStart(link, picker, missed);
      await pickup.idle();
      expect(link.sent).toContain('set CALLWARDEN_CHOICE=refuse:n2');
      expect(records.at(-1)).toMatchObject({ outcome: 'lost', told: 'already-taken', takenBy: '1002' });
    });
  });

  it('tries no more than five phones of one call that stop ringing one after the other', async () => {
    const all = scene();
    const legs = ['e', 'f', 'g', 'h', 'i', 'j'].map((id, index) =>
      ariChannel(id, `PJSIP/1005-0000001${index}`, 'Ringing'),
    );
    all.link.channels = [caller, ...legs];
    for (const { id } of legs) all.link.variables.set(`${id} CHANNEL(linkedid)`, 'a');
    await all.pickup.onUp(all.link);
    all.pickup.onStasisStart(all.link, picker, asks('n1'));
    await all.pickup.idle();
    for (const [index, channel] of legs.slice(0, 5).entries()) {
      all.link.channels = [caller, ...legs.slice(index + 1)];
      all.pickup.onEvent({ type: 'ChannelDestroyed', atMs: 1, channel, cause: 21 });
      all.pickup.onStasisStart(all.link, picker, ['pickup-missed', `nonce=m${index}`]);
      await all.pickup.idle();
    }
    const tried = all.link.sent.filter((line) => line.includes('CANDIDATE'));
    expect(tried).toEqual(['e', 'f', 'g', 'h', 'i'].map((id) => `set CALLWARDEN_CANDIDATE=${id}`));
    expect(all.link.sent).toContain('set CALLWARDEN_CHOICE=refuse:m4');
  });

  it('has a picker who lost try the next call, three in all, in one record, and holds each only while he tries it', async () => {
    const all = scene();
    const legs = ['e', 'f', 'g'].map((id, index) => ariChannel(id, `PJSIP/1005-0000001${index}`, 'Ringing'));
    all.link.channels = [caller, leg, ...legs];
    for (const { id } of legs) all.link.variables.set(`${id} CHANNEL(linkedid)`, `call-${id}`);
    await all.pickup.onUp(all.link);
    all.pickup.onStasisStart(all.link, picker, asks('n1'));
    await all.pickup.idle();
    for (const nonce of ['m1', 'm2', 'm3']) {
      all.pickup.onStasisStart(all.link, picker, ['pickup-missed', `nonce=${nonce}`]);
      await all.pickup.idle();
    }
    const said = all.link.sent.filter((line) => /CANDIDATE|CHOICE/.test(line));
    expect(said).toEqual([
      'set CALLWARDEN_CANDIDATE=b',
      'set CALLWARDEN_CHOICE=take:n1',
      'set CALLWARDEN_CANDIDATE=e',
      'set CALLWARDEN_CHOICE=take:m1',
      'set CALLWARDEN_CANDIDATE=f',
      'set CALLWARDEN_CHOICE=take:m2',
      'set CALLWARDEN_CHOICE=refuse:m3',
    ]);
    expect(new Set(all.records.map(({ id }) => id))).toEqual(new Set(['pickup:n1']));
    expect(all.records.at(-1)).toMatchObject({
      outcome: 'lost',
      call: { callId: 'call-f' },
      lost: [{ callId: 'a' }, { callId: 'call-e' }],
    });
    expect(all.pickup.counts().attempts).toBe(0);
  });

  it('tells a picker of whom it knows nothing that nothing rings', async () => {
    const { pickup, link } = scene();
    await pickup.onUp(link);
    pickup.onStasisStart(link, picker, ['pickup-missed', 'nonce=n2']);
    await pickup.idle();
    expect(link.sent).toContain(`set CALLWARDEN_ANNOUNCEMENT=${POLICY.announcements['nothing-ringing']}`);
  });

  it.each([[['pickup', 'kind=group']], [['pickup-missed']], [['wash-up', 'nonce=n1']], [[]]])(
    'says nothing to the question %j, and lets the dialplan refuse',
    async (args) => {
      const { pickup, link, problems } = scene();
      await pickup.onUp(link);
      pickup.onStasisStart(link, picker, args);
      await pickup.idle();
      expect(link.sent).toEqual(['continue']);
      expect(problems).toHaveLength(1);
    },
  );
});
