// The dialogue for a PIN against a link that a test leads: what is sent when, and what must never be sent while a prompt plays.
import { describe, expect, it } from 'vitest';

import type { AriEvent, AriLink, Done } from '../../../src/asterisk/ari/link.ts';
import type { PinPorts } from '../../../src/asterisk/pin-ports.ts';
import { createPinSessions, promptId, type PinDialogue } from '../../../src/asterisk/pin-session.ts';
import { pinTiming } from '../../../src/asterisk/pin-timing.ts';
import { eventually } from '../../lab/processes.ts';
import { ariChannel, fakeLink } from '../pickup/fake-link.ts';

const PIN = '73910462';

const dialogue = (channelId = '1.1'): PinDialogue => ({
  channelId,
  answered: false,
  who: '1001',
  pins: ['p-1'],
  entry: 'early',
  prompt: 'agent-pass',
  wrong: 'auth-incorrect',
});

const quick = { ...pinTiming, promptMs: 200, firstDigitMs: 100, silenceMs: 100, stopMs: 100, checkMs: 100 };

/** With a deadline over the prompt; a shorter one comes behind it. */
const begun = ['set TIMEOUT(absolute)=13', 'play agent-pass'];

/** A link that notes what it is told; `playing` is what Asterisk would do meanwhile. */
function toldLink(stopped: () => Promise<Done> = () => Promise.resolve('done')) {
  const told: string[] = [];
  const note = (words: string, answer: () => Promise<Done> = () => Promise.resolve('done')) => {
    told.push(words);
    return answer();
  };
  const link: AriLink = Object.assign(fakeLink(), {
    setVariable: (_id: string, name: string, value: string) => note(`set ${name}=${value}`),
    answer: () => note('answer'),
    play: (_id: string, sounds: readonly string[]) => note(`play ${sounds.join('+')}`),
    stopPlayback: () => note('stop', stopped),
  });
  return { link, told };
}

function start(pins: Partial<PinPorts> = {}, timing = quick) {
  const checked: string[] = [];
  const abandoned: string[] = [];
  const sessions = createPinSessions({
    pins: {
      check: ({ digits }) => {
        checked.push(digits);
        return Promise.resolve(
          digits === PIN ? { kind: 'right', id: 'p-1' } : { kind: 'wrong', lockedUntilMs: null },
        );
      },
      abandoned: (who) => void abandoned.push(who),
      ...pins,
    },
    nowMs: () => 1_000,
    timing,
  });
  const channel = (id: string) => ariChannel(id, 'PJSIP/1001-00000001', 'Ring', 'Stasis');
  const press = (digits: string, id = '1.1') => {
    for (const digit of digits) {
      sessions.onEvent({ type: 'ChannelDtmfReceived', atMs: 1, channel: channel(id), digit });
    }
  };
  const finished = (id = '1.1'): AriEvent => ({
    type: 'PlaybackFinished',
    atMs: 1,
    playbackId: promptId(id),
    channelId: id,
  });
  const gone = (id = '1.1') => sessions.onEvent({ type: 'StasisEnd', atMs: 1, channel: channel(id) });
  return { sessions, checked, abandoned, press, finished, gone };
}

describe('a PIN dialogue', () => {
  it('takes digits that were typed ahead of the prompt', async () => {
    const { sessions, press, finished, checked } = start();
    const { link, told } = toldLink(() => {
      sessions.onEvent(finished());
      return Promise.resolve('done');
    });
    const outcome = sessions.ask(link, dialogue());
    press(`${PIN}#`);
    expect(await outcome).toEqual({ kind: 'right', id: 'p-1', tries: 1 });
    expect(told).toEqual([...begun, 'stop', 'set TIMEOUT(absolute)=12']);
    expect(checked).toEqual([PIN]);
  });

  it('sends nothing that waits for the channel while a prompt plays that cannot be stopped', async () => {
    const { sessions, press } = start();
    const { link, told } = toldLink(() => Promise.resolve('gone'));
    const outcome = sessions.ask(link, dialogue());
    press('1');
    expect(await outcome).toMatchObject({ kind: 'lost' });
    expect(told).toEqual([...begun, 'stop', 'stop']);
  });

  it('ends as lost when a command is refused, and as abandoned when the channel is gone', async () => {
    const { sessions } = start();
    const refusing = toldLink().link;
    Object.assign(refusing, { play: () => Promise.reject(new Error('no')) });
    expect(await sessions.ask(refusing, dialogue())).toEqual({ kind: 'lost', tries: 0 });
    const leaving = toldLink().link;
    Object.assign(leaving, { play: () => Promise.resolve('gone') });
    expect(await sessions.ask(leaving, dialogue())).toEqual({ kind: 'abandoned', tries: 0 });
    expect(sessions.size).toBe(0);
  });

  it('gives the same channel one dialogue, and many callers no more than it can bear', async () => {
    const { sessions } = start({}, { ...quick, promptMs: 60_000 });
    const { link } = toldLink();
    const open = Array.from({ length: 500 }, (_, index) => sessions.ask(link, dialogue(`1.${index}`)));
    expect(await sessions.ask(link, dialogue('1.7'))).toMatchObject({ kind: 'unavailable' });
    expect(await sessions.ask(link, dialogue('2.1'))).toMatchObject({ kind: 'unavailable' });
    expect(sessions.size).toBe(500);
    sessions.onDown();
    expect(new Set((await Promise.all(open)).map(({ kind }) => kind))).toEqual(new Set(['lost']));
    expect(sessions.size).toBe(0);
  });

  it('ends all at the stop, and begins none after it', async () => {
    const { sessions, abandoned, press } = start({}, { ...quick, promptMs: 60_000 });
    const { link, told } = toldLink();
    const outcome = sessions.ask(link, dialogue());
    press('73');
    sessions.stop();
    expect(await outcome).toMatchObject({ kind: 'stopped' });
    expect(await sessions.ask(link, dialogue('2.1'))).toEqual({ kind: 'stopped', tries: 0 });
    expect(told).toContain('stop');
    expect(abandoned).toEqual([]);
  });

  it('does not count a try twice where the caller hangs up while it is checked', async () => {
    const { promise, resolve } = Promise.withResolvers<never>();
    const checks: string[] = [];
    const check: PinPorts['check'] = ({ digits }) => {
      checks.push(digits);
      return promise;
    };
    const { sessions, press, finished, gone, abandoned } = start({ check }, { ...quick, checkMs: 60_000 });
    const { link } = toldLink();
    const outcome = sessions.ask(link, dialogue());
    sessions.onEvent(finished());
    press(`${PIN}#`);
    expect(await eventually(() => checks.length === 1, 20_000)).toBe(true);
    gone();
    expect(await outcome).toMatchObject({ kind: 'abandoned', tries: 1 });
    expect(abandoned).toEqual([]);
    resolve({} as never);
  });

  it('puts off the deadline that Asterisk keeps while it waits, and no more once it has ended', async () => {
    const { sessions, press, finished } = start({}, { ...quick, firstDigitMs: 60_000, leaseMs: 40 });
    const { link, told } = toldLink();
    const outcome = sessions.ask(link, dialogue());
    await new Promise((resolve) => setTimeout(resolve, 60));
    // Not while the prompt plays: the command would wait for its end, and all others behind it.
    expect(told).toHaveLength(2);
    sessions.onEvent(finished());
    expect(await eventually(() => told.length > 6, 20_000)).toBe(true);
    press(`${PIN}#`);
    await outcome;
    const { length } = told;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(told).toHaveLength(length);
  });

  it('gives no verdict while it is not known whether a deadline of its own comes behind it', async () => {
    const { sessions, press, finished } = start({}, { ...quick, firstDigitMs: 60_000, leaseMs: 40 });
    const { link, told } = toldLink();
    const outcome = sessions.ask(link, dialogue());
    sessions.onEvent(finished());
    expect(await eventually(() => told.length > begun.length, 20_000)).toBe(true);
    const { promise, reject } = Promise.withResolvers<never>();
    const before = told.length;
    Object.assign(link, { setVariable: () => (told.push('set'), promise) });
    expect(await eventually(() => told.length > before, 20_000)).toBe(true);
    press(`${PIN}#`);
    setTimeout(() => reject(new Error('no answer')), 20);
    expect(await outcome).toMatchObject({ kind: 'lost', tries: 1 });
  });

  it('takes no notice of other channels, other sounds and digits that nobody asked for', async () => {
    const { sessions, press, finished, gone } = start();
    press(`${PIN}#`);
    sessions.onEvent(finished('9.9'));
    gone('9.9');
    const { link } = toldLink();
    const outcome = sessions.ask(link, dialogue());
    sessions.onEvent({ type: 'PlaybackFinished', atMs: 1, playbackId: 'another', channelId: '1.1' });
    press(`${PIN}#`, '9.9');
    sessions.onEvent(finished());
    press(`${PIN}#`);
    expect(await outcome).toMatchObject({ kind: 'right' });
  });
});
