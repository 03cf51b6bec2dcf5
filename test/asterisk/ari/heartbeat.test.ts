// The heartbeat ends a dead connection after two misses, and not a live one.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { startHeartbeat } from '../../../src/asterisk/ari/heartbeat.ts';

describe('the heartbeat', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** Beats that are answered while `answering` is true, unless `answers` says otherwise. */
  function start(answers: (beat: number) => boolean = () => true) {
    const state = { answering: true, beats: 0, dead: 0 };
    const heartbeat = startHeartbeat({
      intervalMs: 2000,
      beat: () => {
        state.beats += 1;
        return state.answering && answers(state.beats) ? Promise.resolve() : new Promise(() => {});
      },
      onDead: () => (state.dead += 1),
    });
    return { state, heartbeat };
  }

  it('beats once an interval while it is answered', async () => {
    const { state, heartbeat } = start();
    await vi.advanceTimersByTimeAsync(20_100);
    expect(state).toMatchObject({ beats: 10, dead: 0 });
    heartbeat.stop();
  });

  it('finds a connection dead within two intervals', async () => {
    const { state } = start();
    await vi.advanceTimersByTimeAsync(2001);
    state.answering = false;
    await vi.advanceTimersByTimeAsync(4000);
    expect(state).toMatchObject({ beats: 3, dead: 1 });
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(state.dead).toBe(1);
  });

  it('forgives a single miss', async () => {
    const { state, heartbeat } = start((beat) => beat % 2 === 0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(state.beats).toBeGreaterThan(20);
    expect(state.dead).toBe(0);
    heartbeat.stop();
  });

  it('takes a beat that could not be sent for a miss', async () => {
    let dead = '';
    startHeartbeat({
      intervalMs: 100,
      beat: () => Promise.reject(new Error('not sent')),
      onDead: (reason) => (dead = reason),
    });
    await vi.advanceTimersByTimeAsync(250);
    expect(dead).toContain('heartbeats');
  });

  it('leaves no timer when it is stopped', async () => {
    const { state, heartbeat } = start();
    state.answering = false;
    await vi.advanceTimersByTimeAsync(2500);
    heartbeat.stop();
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(state.dead).toBe(0);
  });
});
