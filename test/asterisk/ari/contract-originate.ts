// What both ARI links do alike when they place a call.
import { expect, it } from 'vitest';

import { eventually } from '../../lab/processes.ts';
import { type Contract, EVENT_DEADLINE_MS } from './ari-lab.ts';

/** What a dialplan, a URL or JSON might read something into. */
const value = 'a&b=c, "d" 100% ${EXTEN} é 漢';

export function itOriginates(contract: Contract): void {
  const call = {
    endpoint: 'Local/talk@lab/n',
    context: 'lab',
    extension: 'stasis',
    callerId: '"Ana López" <5551234>',
    timeoutS: 5,
    variables: { LAB_VALUE: value, LAB_OTHER: '' },
  };

  it('places a call under the id it is given, which enters the dialplan once it is answered', async () => {
    const heard = contract.record();
    await using link = await contract.connect(heard.options());
    expect(await link.originate({ ...call, channelId: 'ours-1' })).toBe('done');
    const { channel } = await heard.waitFor('StasisStart', 'ours-1');
    expect(channel).toMatchObject({ caller: { name: 'Ana López', number: '5551234' }, state: 'Up' });
    expect(await link.getVariable('ours-1', 'LAB_VALUE')).toBe(value);
    expect(await link.hangup('ours-1', 16)).toBe('done');
    await heard.waitFor('ChannelDestroyed', 'ours-1');
  });

  it('gives up a call that nobody answers in time, and ends one with the cause that it is told', async () => {
    const heard = contract.record();
    await using link = await contract.connect(heard.options());
    const ringing = { ...call, endpoint: 'Local/quiet@lab/n' };
    expect(await link.originate({ ...ringing, channelId: 'ours-2', timeoutS: 1 })).toBe('done');
    expect(await link.originate({ ...ringing, channelId: 'ours-3', timeoutS: 30 })).toBe('done');
    await heard.waitFor('ChannelDestroyed', 'ours-2');
    expect(await link.hangup('ours-3', 26)).toBe('done');
    expect(await heard.waitFor('ChannelDestroyed', 'ours-3')).toMatchObject({ cause: 26 });
    const entered = heard.events.filter(({ type }) => type === 'StasisStart');
    expect(entered).toEqual([]);
  });

  it('places none under an id that is taken, and none to an endpoint that there is not', async () => {
    const heard = contract.record();
    await using link = await contract.connect(heard.options());
    const ringing = { ...call, endpoint: 'Local/quiet@lab/n', timeoutS: 30 };
    expect(await link.originate({ ...ringing, channelId: 'ours-4' })).toBe('done');
    const again = await link.originate({ ...ringing, channelId: 'ours-4' }).catch((error: unknown) => error);
    expect(again).not.toBe('done');
    const nowhere = { ...call, endpoint: 'PJSIP/nobody', channelId: 'ours-5' };
    const lost = await link.originate(nowhere).catch((error: unknown) => error);
    expect(lost === 'gone' || (lost instanceof Error && 'code' in lost)).toBe(true);
    expect(await eventually(async () => (await link.getChannel('ours-5')) === null, EVENT_DEADLINE_MS)).toBe(
      true,
    );
    expect(await link.hangup('ours-4', 16)).toBe('done');
  });
}
