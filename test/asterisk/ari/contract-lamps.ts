// What both ARI links do alike with the lamps of keys.
import { expect, it } from 'vitest';
import { ask, type Contract } from './ari-lab.ts';

export function itSetsLamps(contract: Contract): void {
  it('sets the state of a device of ours, and it stays when the link goes', async () => {
    const link = await contract.connect(contract.record().options());
    expect(await link.setDeviceState('callwarden-group-1', 'RINGING')).toBe('done');
    expect(await link.setDeviceState('callwarden-group-2', 'RINGING')).toBe('done');
    expect(await link.setDeviceState('callwarden-group-2', 'NOT_INUSE')).toBe('done');
    await link[Symbol.asyncDispose]();
    const stateOf = (name: string) => ask(contract.lab, 'GET', `deviceStates/Stasis%3A${name}`);
    expect(await stateOf('callwarden-group-1')).toMatchObject({ state: 'RINGING' });
    expect(await stateOf('callwarden-group-2')).toMatchObject({ state: 'NOT_INUSE' });
  });
}
