// Who of several daemons takes whose calls, in a clock of the test's own.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchPeers, type Peers } from '../../src/asterisk/peers.ts';
import { ariChannel, fakeLink, type FakeLink } from './pickup/fake-link.ts';

describe('the other daemons', () => {
  let link: FakeLink;
  let story: string[];
  let ready: boolean;
  let peers: Peers;
  const moved: string[] = [];

  const watch = (application: string, others: readonly string[]) => {
    peers = watchPeers({
      application,
      peers: others,
      isReady: () => ready,
      monotonicMs: () => performance.now(),
      onSilent: (peer) => story.push(`silent ${peer}`),
      onBack: (peer) => story.push(`back ${peer}`),
      onTaken: (peer, calls) => story.push(`taken ${peer} ${calls}`),
    });
    peers.onUp(link);
  };
  const waits = (id: string) => {
    const channel = ariChannel(id, `PJSIP/${id}`, 'Ring', 'Stasis');
    return { ...channel, dialplan: { ...channel.dialplan, appData: `a,screen,nonce=${id}` } };
  };

  beforeEach(() => {
    vi.useFakeTimers();
    story = [];
    ready = true;
    moved.length = 0;
    link = fakeLink();
    link.waitingIn = (application) =>
      Promise.resolve(application === 'a' ? link.channels.map(({ id }) => id) : []);
    link.moveHere = (id, args) => {
      moved.push(`${id} ${args.join(',')}`);
      return Promise.resolve('done');
    };
  });
  afterEach(() => {
    peers[Symbol.dispose]();
    vi.useRealTimers();
  });

  it('are left alone as long as they are heard', async () => {
    link.channels = [waits('1')];
    watch('b', ['a']);
    for (let beat = 0; beat < 20; beat += 1) {
      peers.onBeat('a');
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(story).toEqual([]);
    expect(moved).toEqual([]);
    expect(peers.silent()).toEqual([]);
  });

  it('lose their calls when they fall silent, each once, until they are heard again', async () => {
    link.channels = [waits('1')];
    watch('b', ['a']);
    await vi.advanceTimersByTimeAsync(1500);
    link.channels = [waits('1'), waits('2')];
    await vi.advanceTimersByTimeAsync(1500);
    expect(moved).toEqual(['1 screen,nonce=1', '2 screen,nonce=2']);
    expect(story).toEqual(['silent a', 'taken a 1', 'taken a 1']);
    peers.onBeat('a');
    expect(peers.silent()).toEqual([]);
    link.channels = [waits('3')];
    await vi.advanceTimersByTimeAsync(400);
    expect(moved).toHaveLength(2);
    expect(story.at(-1)).toBe('back a');
  });

  it('leave them to the first of those that are alive', async () => {
    link.channels = [waits('1')];
    watch('c', ['a', 'b']);
    for (let beat = 0; beat < 10; beat += 1) {
      peers.onBeat('b');
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(story).toEqual(['silent a']);
    expect(moved).toEqual([]);
    await vi.advanceTimersByTimeAsync(1500);
    expect(moved).toEqual(['1 screen,nonce=1']);
  });

  it('are not silent because this daemon was frozen, had no link or no policy', async () => {
    link.channels = [waits('1')];
    watch('b', ['a']);
    peers.onBeat('a');
    vi.setSystemTime(Date.now() + 60_000);
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000);
    await vi.advanceTimersByTimeAsync(200);
    vi.restoreAllMocks();
    expect(story).toEqual([]);
    ready = false;
    await vi.advanceTimersByTimeAsync(3000);
    expect(story).toEqual([]);
    ready = true;
    peers.onDown();
    await vi.advanceTimersByTimeAsync(3000);
    peers.onUp(link);
    expect(story).toEqual([]);
    expect(moved).toEqual([]);
  });
});
