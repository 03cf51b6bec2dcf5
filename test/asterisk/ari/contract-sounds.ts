// What both ARI links do alike with sounds and digits.
import { expect, it } from 'vitest';

import { eventually } from '../../lab/processes.ts';
import { type Contract, EVENT_DEADLINE_MS, failureOf, placeCall, type Recorder } from './ari-lab.ts';

/** Each lasts 0.3 s in the lab. */
const sound = 'beep';

export function itPlaysAndListens(contract: Contract): void {
  const finished = (heard: Recorder, playbackId: string) =>
    eventually(
      () =>
        heard.events.some((event) => event.type === 'PlaybackFinished' && event.playbackId === playbackId),
      EVENT_DEADLINE_MS,
    );

  it('plays sounds on an unanswered channel, and says when the last has ended', async () => {
    const heard = contract.record();
    await using link = await contract.connect(heard.options());
    const id = await placeCall(contract.lab, 'stasis');
    await heard.waitFor('StasisStart', id);
    expect(await link.play(id, [sound, 'pbx-invalid'], 'first')).toBe('done');
    expect(await finished(heard, 'first')).toBe(true);
    expect(heard.events.filter(({ type }) => type === 'PlaybackFinished')).toEqual([
      { type: 'PlaybackFinished', atMs: expect.any(Number), playbackId: 'first', channelId: id },
    ]);
    expect((await link.getChannel(id))?.state).toBe('Ring');
    expect(await link.play(id, [sound], 'second', 'fr')).toBe('done');
    expect(await finished(heard, 'second')).toBe(true);
  });

  it('says that a sound has ended which does not exist', async () => {
    const heard = contract.record();
    await using link = await contract.connect(heard.options());
    const id = await placeCall(contract.lab, 'stasis');
    await heard.waitFor('StasisStart', id);
    expect(await link.play(id, ['no-such-sound&?=%/../x'], 'none')).toBe('done');
    expect(await finished(heard, 'none')).toBe(true);
    expect((await failureOf(link.play(id, [`${sound},number:1`], 'two'))).code).toBe('invalid');
  });

  it('stops a sound, and the channel takes commands at once', async () => {
    const heard = contract.record();
    await using link = await contract.connect(heard.options());
    const id = await placeCall(contract.lab, 'stasis');
    await heard.waitFor('StasisStart', id);
    // A Local channel that is not answered takes no sound: it would end at once.
    expect(await link.answer(id)).toBe('done');
    // Half a minute of sound.
    const long = Array.from({ length: 100 }, () => sound);
    expect(await link.play(id, long, 'long')).toBe('done');
    expect(await link.stopPlayback('long')).toBe('done');
    expect(await finished(heard, 'long')).toBe(true);
    expect(await link.setVariable(id, 'LAB_VALUE', '1')).toBe('done');
    expect(await link.stopPlayback('long')).toBe('gone');
    expect(await link.stopPlayback('never/was ?')).toBe('gone');
    expect(await link.play('never-was', [sound], 'nowhere')).toBe('gone');
  });

  it('brings the digits that are pressed on a channel of ours, in order, and of no other', async () => {
    const heard = contract.record();
    await using link = await contract.connect(heard.options());
    await placeCall(contract.lab, 'talk', 'press');
    const id = await placeCall(contract.lab, 'stasis', 'press');
    await heard.waitFor('StasisStart', id);
    await link.answer(id);
    const digits = () =>
      heard.events.flatMap((event) =>
        event.type === 'ChannelDtmfReceived' ? [`${event.channel.id} ${event.digit}`] : [],
      );
    await eventually(() => digits().length >= 7, EVENT_DEADLINE_MS);
    expect(digits()).toEqual(['0', '4', '9', '*', 'A', 'D', '#'].map((digit) => `${id} ${digit}`));
    expect(link.droppedEvents).toBe(0);
    expect(heard.problems).toEqual([]);
  });
}
