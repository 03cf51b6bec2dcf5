// A caller, a phone that rings and two who want the call, against a link that a test leads.
import type { AriEvent } from '../../../src/asterisk/ari/link.ts';
import type { PickupRecord } from '../../../src/asterisk/pickup-record.ts';
import { createPickup } from '../../../src/asterisk/pickup-session.ts';
import { compileRights } from '../../../src/pickup/rights.ts';
import { ariChannel, fakeLink } from './fake-link.ts';
import { POLICY } from './pickup-lab.ts';

export const caller = ariChannel('a', 'PJSIP/trunk-0000000a', 'Ring');
export const leg = ariChannel('b', 'PJSIP/1002-0000000b', 'Ringing');
export const picker = ariChannel('p', 'PJSIP/1003-0000000f', 'Ring');
export const other = ariChannel('q', 'PJSIP/1004-00000010', 'Ring');

export const asks = (nonce: string) => ['pickup', `nonce=${nonce}`, 'kind=group', 'target='];
export const ended = (cause: number): AriEvent => ({
  type: 'ChannelDestroyed',
  atMs: 1,
  channel: leg,
  cause,
});

export function scene() {
  const records: PickupRecord[] = [];
  const problems: string[] = [];
  const pickup = createPickup({
    rights: () => compileRights(POLICY),
    isExtension: (endpoint) => /^10\d\d$/.test(endpoint),
    nowMs: Date.now,
    monotonicUs: () => 0,
    record: (record) => records.push(record),
    onProblem: (problem) => problems.push(problem),
  });
  const link = fakeLink();
  link.channels = [caller, leg];
  link.variables.set('b CHANNEL(linkedid)', 'a');
  return { pickup, link, records, problems };
}

/** Where 1003 has been told to take the call of 1002. */
export async function sceneWithChoice() {
  const all = scene();
  await all.pickup.onUp(all.link);
  all.pickup.onStasisStart(all.link, picker, asks('n1'));
  await all.pickup.idle();
  return all;
}
