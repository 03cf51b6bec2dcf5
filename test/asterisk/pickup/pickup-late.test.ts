// What is heard of an attempt behind the end of its claim: the record stays one, and true.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FOLLOWED_MS } from '../../../src/asterisk/pickup-attempts.ts';
import { CLAIM_MS } from '../../../src/pickup/claims.ts';
import { ariChannel } from './fake-link.ts';
import { asks, caller, ended, other, picker, sceneWithChoice } from './picking-scene.ts';

describe('a pickup behind the end of its claim', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('records once, and truly, what it hears of behind the end of the claim, as after it stood still', async () => {
    const { pickup, link, records } = await sceneWithChoice();
    await vi.advanceTimersByTimeAsync(CLAIM_MS + 1);
    expect(records.filter(({ outcome }) => outcome !== null)).toEqual([]);
    pickup.onStasisStart(link, other, asks('n2'));
    await pickup.idle();
    pickup.onEvent({ type: 'Dial', atMs: 1, caller, peer: picker, dialstatus: 'ANSWER', dialstring: '' });
    expect(records.filter(({ id }) => id === 'pickup:n1').map(({ outcome }) => outcome)).toEqual([
      null,
      'won',
    ]);
    link.channels = [caller, ariChannel('p', picker.name, 'Up', 'AppDial')];
    pickup.onEvent(ended(26));
    pickup.onStasisStart(link, other, ['pickup-missed', 'nonce=n3']);
    await pickup.idle();
    expect(records.at(-1)).toMatchObject({
      id: 'pickup:n2',
      outcome: 'lost',
      told: 'already-taken',
      takenBy: '1003',
    });
    expect(pickup.counts().attempts).toBe(0);
  });

  it('ends the attempt of a picker who asks once more, and follows the new one for its whole time', async () => {
    const { pickup, link, records } = await sceneWithChoice();
    vi.advanceTimersByTime(CLAIM_MS + 1);
    pickup.onStasisStart(link, picker, asks('n2'));
    await pickup.idle();
    expect(records.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['pickup:n1', null],
      ['pickup:n1', 'unknown'],
      ['pickup:n2', null],
    ]);
    vi.advanceTimersByTime(FOLLOWED_MS - 1);
    expect(pickup.counts().attempts).toBe(1);
    vi.advanceTimersByTime(2);
    expect(pickup.counts().attempts).toBe(0);
    expect(records.at(-1)).toMatchObject({ id: 'pickup:n2', outcome: 'unknown' });
  });

  it('tells who comes back behind the end of his claim by whom the call was taken meanwhile', async () => {
    const { pickup, link, records } = await sceneWithChoice();
    await vi.advanceTimersByTimeAsync(CLAIM_MS + 1);
    pickup.onStasisStart(link, other, asks('n2'));
    await pickup.idle();
    pickup.onEvent({
      type: 'Dial',
      atMs: Date.now(),
      caller,
      peer: other,
      dialstatus: 'ANSWER',
      dialstring: '',
    });
    link.channels = [caller, ariChannel('q', other.name, 'Up', 'AppDial')];
    pickup.onEvent(ended(26));
    pickup.onStasisStart(link, picker, ['pickup-missed', 'nonce=n3']);
    await pickup.idle();
    expect(records.at(-1)).toMatchObject({ id: 'pickup:n1', told: 'already-taken', takenBy: '1004' });
  });
});
