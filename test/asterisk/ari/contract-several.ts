// What both ARI links do alike where several applications share the calls of one Asterisk.
import { expect, it } from 'vitest';
import { takeOverWaiting, claimOffered } from '../../../src/asterisk/adopt-waiting.ts';
import { eventually } from '../../lab/processes.ts';
import { type Contract, EVENT_DEADLINE_MS, placeCall } from './ari-lab.ts';

const OTHER = 'callwarden-b';
const QUESTION = ['screen', 'two%20words', '5'];

export function itSharesCalls(contract: Contract, asterisk: 16 | 22): void {
  it('moves a call here that waits in an application whose daemon is gone', async () => {
    const [here, there] = [contract.record(), contract.record()];
    await using link = await contract.connect(here.options());
    const other = await contract.connect(there.options({ application: OTHER }));
    const id = await placeCall(contract.lab, 'second');
    await there.waitFor('StasisStart', id);
    await other[Symbol.asyncDispose]();
    expect(await link.waitingIn(OTHER)).toEqual([id]);
    expect(await takeOverWaiting(link, OTHER, () => true)).toBe(1);
    expect((await here.waitFor('StasisStart', id)).args).toEqual(QUESTION);
    expect(await link.waitingChannelIds()).toEqual([id]);
    expect(await link.waitingIn(OTHER)).toEqual([]);
    expect(await link.continueInDialplan(id)).toBe('done');
    await here.waitFor('StasisEnd', id);
    expect(await link.moveHere(id, QUESTION)).toBe('gone');
    expect(await link.waitingIn('never-was')).toEqual([]);
  });

  it('tells another daemon that it is alive, and hears of it', async () => {
    const [here, there] = [contract.record(), contract.record()];
    await using link = await contract.connect(here.options());
    expect(await link.tellPeer(OTHER)).toBe('gone');
    await using other = await contract.connect(there.options({ application: OTHER }));
    expect(await link.tellPeer(OTHER)).toBe('done');
    expect((await there.waitFor('PeerBeat')).application).toBe('callwarden');
    expect(other.droppedEvents).toBe(0);
  });

  it.skipIf(asterisk === 16)('gives a call that both are offered to the first that claims it', async () => {
    const [here, there] = [contract.record(), contract.record()];
    await using link = await contract.connect(here.options());
    await using other = await contract.connect(there.options({ application: OTHER }));
    const id = await placeCall(contract.lab, 'offered');
    await Promise.all([here.waitFor('CallBroadcast', id), there.waitFor('CallBroadcast', id)]);
    expect(await link.claim(id)).toBe('done');
    expect(await other.claim(id)).toBe('gone');
    expect((await here.waitFor('StasisStart', id)).args).toEqual(QUESTION);
    expect(await link.waitingChannelIds()).toEqual([id]);
    expect(await other.waitingChannelIds()).toEqual([]);
    expect(there.events.map(({ type }) => type)).not.toContain('StasisStart');
    expect(await other.claim('never-was')).toBe('gone');
  });

  it.skipIf(asterisk === 16)('claims a call that was offered while nobody was connected', async () => {
    const id = await placeCall(contract.lab, 'offered');
    const another = await placeCall(contract.lab, 'anybody');
    const heard = contract.record();
    await using link = await contract.connect(heard.options());
    const isOffered = async () => (await link.getChannel(id))?.dialplan.appName === 'StasisBroadcast';
    expect(await eventually(isOffered, EVENT_DEADLINE_MS)).toBe(true);
    await claimOffered(link);
    expect((await heard.waitFor('StasisStart', id)).args).toEqual(QUESTION);
    // Whoever else it was meant for can have it.
    expect(await link.claim(another)).toBe('done');
  });
}
