// The guard where it cannot look itself: what Asterisk says of channels that are about to go.
import { expect, it } from 'vitest';
import type { AriEvent } from '../../src/asterisk/ari/link.ts';
import { createGuard, type UnscreenedCall } from '../../src/asterisk/guard.ts';
import { compilePlan } from '../../src/numbering/compile-plan.ts';
import { createReader } from '../../src/numbering/reader.ts';
import { ariChannel, fakeLink } from './pickup/fake-link.ts';
import { planFor } from '../barring/policy.ts';

const DIALLED = '00541938384';
const read = createReader(
  compilePlan(planFor({ internationalPrefixes: ['00'], internalPatterns: ['10XX'] })),
);
const caller = ariChannel('1.1', 'PJSIP/1001-00000001', 'Up');
const leg = ariChannel('1.2', 'PJSIP/trunk-00000002', 'Up');
const dial: AriEvent = {
  type: 'Dial',
  atMs: 0,
  caller,
  peer: leg,
  dialstatus: '',
  dialstring: `${DIALLED}@trunk`,
};

/** What the guard of one of two daemons says of a call, whose channels have these variables. */
async function accused(variables: Readonly<Record<string, string>>): Promise<readonly UnscreenedCall[]> {
  const calls: UnscreenedCall[] = [];
  const problems: string[] = [];
  const guard = createGuard({
    mode: () => 'watch',
    isTrunk: (endpoint) => endpoint === 'trunk',
    read,
    hasPeers: true,
    nowMs: () => 0,
    onUnscreened: (call) => calls.push(call),
    onProblem: (problem) => problems.push(problem),
  });
  const link = fakeLink();
  // Asterisk still shows both.
  link.channels = [caller, leg];
  for (const [name, value] of Object.entries(variables)) link.variables.set(name, value);
  guard.onEvent(link, dial);
  await new Promise((resolve) => void setImmediate(resolve));
  expect(problems).toEqual([]);
  return calls;
}

it('accuses a leg that is there and has no verdict of any daemon', async () => {
  expect(await accused({ '1.2 UNIQUEID': '1.2' })).toMatchObject([{ number: DIALLED, trunk: 'trunk' }]);
});

it('accuses no leg that tells the verdict of another daemon', async () => {
  expect(await accused({ '1.2 UNIQUEID': '1.2', '1.2 CALLWARDEN_PASS': DIALLED })).toEqual([]);
});

it('accuses no leg that Asterisk still shows, though it has no variables any more', async () => {
  expect(await accused({})).toEqual([]);
});
