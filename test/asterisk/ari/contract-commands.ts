// What both ARI links do alike when they are given commands.
import { expect, it } from 'vitest';

import type { AriLink } from '../../../src/asterisk/ari/link.ts';
import { eventually } from '../../lab/processes.ts';
import { type Contract, EVENT_DEADLINE_MS, failureOf, placeCall } from './ari-lab.ts';

/** Values that a careless encoding, a URL parser or the dialplan would change. */
const hostileValues = [
  'a&b=c&value=d',
  'one+two three%20four',
  '100%',
  '"quoted" \'single\' `back`',
  '${EXTEN} $[1+1] ${SHELL(id)}',
  'line\r\nbreak\ttab',
  'semi;colon, comma | pipe \\ backslash',
  'é ß 漢字 😀 ١٢٣',
  '#/?:@[]{}<>^~',
  ' leading and trailing ',
  '',
];

/** Asterisk says "done" when a command is in the channel's queue; its thread gets to it a moment later. */
async function settled(link: AriLink, channelId: string, wanted: string): Promise<string> {
  await eventually(
    async () => (await link.getVariable(channelId, 'LAB_VALUE')) === wanted,
    EVENT_DEADLINE_MS,
  );
  return link.getVariable(channelId, 'LAB_VALUE');
}

export function itCarriesOutCommands(contract: Contract): void {
  it('sets and reads variables, whatever their value holds', async () => {
    const heard = contract.record();
    await using link = await contract.connect(heard.options());
    const id = await placeCall(contract.lab, 'stasis');
    await heard.waitFor('StasisStart', id);
    for (const value of hostileValues) {
      expect(await link.setVariable(id, 'LAB_VALUE', value)).toBe('done');
      expect(await settled(link, id, value)).toBe(value);
    }
    expect(await link.getVariable(id, 'LAB_NEVER_SET')).toBe('');
    const { code } = await failureOf(link.setVariable(id, 'LAB_VALUE', 'cut\0here'));
    expect(code).toBe('invalid');
    expect(await link.getVariable(id, 'LAB_VALUE')).toBe('');
  });

  it('carries out the commands for a channel in the order they were given', async () => {
    const heard = contract.record();
    await using link = await contract.connect(heard.options());
    const id = await placeCall(contract.lab, 'stasis');
    await heard.waitFor('StasisStart', id);
    const numbers = Array.from({ length: 40 }, (_, index) => String(index + 1));
    const sent = numbers.map((value) => link.setVariable(id, 'LAB_VALUE', value));
    const left = link.continueInDialplan(id);
    expect(new Set(await Promise.all(sent))).toEqual(new Set(['done']));
    expect(await left).toBe('done');
    await heard.waitFor('StasisEnd', id);
    expect(await link.getVariable(id, 'LAB_VALUE')).toBe('40');
  });

  it('lets a call go on at the next priority', async () => {
    const heard = contract.record();
    await using link = await contract.connect(heard.options());
    const id = await placeCall(contract.lab, 'stasis');
    await heard.waitFor('StasisStart', id);
    expect(await link.continueInDialplan(id)).toBe('done');
    await heard.waitFor('StasisEnd', id);
    await eventually(async () => (await link.getChannel(id))?.dialplan.appName === 'Wait', EVENT_DEADLINE_MS);
    expect((await link.getChannel(id))?.dialplan).toMatchObject({ exten: 'stasis', appName: 'Wait' });
  });

  it('lets a call go on at a named place', async () => {
    const heard = contract.record();
    await using link = await contract.connect(heard.options());
    const id = await placeCall(contract.lab, 'stasis');
    await heard.waitFor('StasisStart', id);
    const target = { context: 'lab', extension: 'target', priority: 2 };
    expect(await link.continueInDialplan(id, target)).toBe('done');
    await heard.waitFor('StasisEnd', id);
    await eventually(async () => (await link.getChannel(id))?.dialplan.appName === 'Wait', EVENT_DEADLINE_MS);
    expect((await link.getChannel(id))?.dialplan).toMatchObject({ exten: 'target', priority: 2 });
  });

  it('answers a call', async () => {
    const heard = contract.record();
    await using link = await contract.connect(heard.options());
    const id = await placeCall(contract.lab, 'stasis');
    await heard.waitFor('StasisStart', id);
    expect(await link.answer(id)).toBe('done');
    const change = await heard.waitFor('ChannelStateChange', id);
    expect(change.channel.state).toBe('Up');
  });

  it('hangs up with the cause it is given', async () => {
    const heard = contract.record();
    await using link = await contract.connect(heard.options());
    const id = await placeCall(contract.lab, 'stasis');
    await heard.waitFor('StasisStart', id);
    expect(await link.hangup(id, 21)).toBe('done');
    expect(await heard.waitFor('ChannelDestroyed', id)).toMatchObject({ cause: 21 });
  });

  it('calls a channel gone that has hung up, has left us, or never was', async () => {
    const heard = contract.record();
    await using link = await contract.connect(heard.options());
    const left = await placeCall(contract.lab, 'stasis');
    await heard.waitFor('StasisStart', left);
    await link.continueInDialplan(left);
    await heard.waitFor('StasisEnd', left);
    const ended = await placeCall(contract.lab, 'stasis');
    await heard.waitFor('StasisStart', ended);
    await link.hangup(ended, 16);
    await heard.waitFor('ChannelDestroyed', ended);
    for (const id of [left, ended, 'never-was', '1234.5/../../asterisk/ping']) {
      expect(await link.setVariable(id, 'LAB_VALUE', '1')).toBe('gone');
      expect(await link.continueInDialplan(id)).toBe('gone');
      expect(await link.answer(id)).toBe('gone');
    }
    expect(await link.hangup(ended, 16)).toBe('gone');
    expect(await link.getVariable(ended, 'LAB_VALUE')).toBe('');
    expect(await link.getChannel(ended)).toBeNull();
    expect((await link.getChannel(left))?.id).toBe(left);
  });

  it('lists all channels, and those that wait in our application', async () => {
    const heard = contract.record();
    await using link = await contract.connect(heard.options());
    const waiting = await placeCall(contract.lab, 'stasis');
    await heard.waitFor('StasisStart', waiting);
    const elsewhere = await placeCall(contract.lab, 'other');
    const left = await placeCall(contract.lab, 'stasis');
    await heard.waitFor('StasisStart', left);
    await link.continueInDialplan(left);
    await heard.waitFor('StasisEnd', left);
    const listed = (await link.listChannels()).map((channel) => channel.id);
    const both = [waiting, elsewhere, left].flatMap((id) => [id, id.replace('far', 'near')]);
    expect(listed).toEqual(expect.arrayContaining(both));
    expect(await link.waitingChannelIds()).toEqual([waiting]);
  });
}
