// What both ARI links do alike with what Asterisk tells.
import { expect, it } from 'vitest';

import type { AriEvent } from '../../../src/asterisk/ari/link.ts';
import { eventually } from '../../lab/processes.ts';
import { APPLICATION, ask, type Contract, EVENT_DEADLINE_MS, placeCall } from './ari-lab.ts';

export function itBringsEvents(contract: Contract): void {
  it('brings a call with the arguments that the dialplan gave', async () => {
    const heard = contract.record();
    await using link = await contract.connect(heard.options());
    await link.ping();
    const before = Date.now();
    const id = await placeCall(contract.lab, 'stasis');
    const start = await heard.waitFor('StasisStart', id);
    expect(start.args).toEqual(['screen', 'two%20words', '5']);
    expect(start.channel).toMatchObject({ state: 'Ring', dialplan: { context: 'lab', exten: 'stasis' } });
    expect(start.channel.dialplan.appName).toBe('Stasis');
    for (const timeMs of [start.atMs, start.channel.creationTimeMs]) {
      expect(Math.abs(timeMs - before)).toBeLessThan(10_000);
    }
  });

  it('still lists a call that came while nobody was connected to hear of it', async () => {
    const heard = contract.record();
    const first = await contract.connect(heard.options());
    const id = await placeCall(contract.lab, 'stasis');
    await heard.waitFor('StasisStart', id);
    await first[Symbol.asyncDispose]();
    await using second = await contract.connect(contract.record().options());
    expect(await second.waitingChannelIds()).toEqual([id]);
    expect(await second.continueInDialplan(id)).toBe('done');
  });

  it('hears of calls that are not in our application', async () => {
    const heard = contract.record();
    await using link = await contract.connect(heard.options());
    await link.ping();
    const id = await placeCall(contract.lab, 'talk');
    await heard.waitFor('ChannelCreated', id);
    expect((await heard.waitFor('ChannelStateChange', id)).channel.state).toBe('Up');
    const dial = await heard.waitFor('Dial');
    expect(dial).toMatchObject({ caller: null, dialstatus: '', peer: { id: id.replace('far', 'near') } });
  });

  it('has everything else filtered at Asterisk', async () => {
    const heard = contract.record();
    await using link = await contract.connect(heard.options());
    const { events_allowed: allowed } = await ask(contract.lab, 'GET', `applications/${APPLICATION}`);
    expect(allowed).toContainEqual({ type: 'StasisStart' });
    expect(allowed).not.toContainEqual({ type: 'ChannelVarset' });
    const id = await placeCall(contract.lab, 'busy');
    await eventually(async () => (await link.getChannel(id))?.dialplan.appName === 'Wait', EVENT_DEADLINE_MS);
    expect(link.droppedEvents).toBe(0);
  });

  it('goes on when a handler throws or rejects', async () => {
    const heard = contract.record();
    const rejecting = async (): Promise<void> => Promise.reject(new Error('rejected on purpose'));
    const onEvent = (event: AriEvent): unknown => {
      heard.events.push(event);
      if (event.type === 'ChannelCreated') throw new Error('thrown on purpose');
      return event.type === 'Dial' ? rejecting() : undefined;
    };
    const options = heard.options({ onEvent });
    await using link = await contract.connect(options);
    const id = await placeCall(contract.lab, 'stasis');
    await heard.waitFor('StasisStart', id);
    await link.ping();
    expect(heard.problems.join('\n')).toContain('thrown on purpose');
    await eventually(() => heard.problems.join('\n').includes('rejected on purpose'), EVENT_DEADLINE_MS);
    expect(heard.problems.join('\n')).toContain('rejected on purpose');
  });
}
