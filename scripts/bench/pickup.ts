// What a pickup costs: from the dialled code to the 200, by Asterisk's own means and by ours, the ways in turn in one run.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askRinging } from '../../src/http/client.ts';
import type { Phone } from '../../test/lab/phone/phone.ts';
import { eventually } from '../../test/lab/processes.ts';
import { startPbx, type Pbx } from '../../test/pbx.ts';
import { sampleOf, type Sample } from './latency.ts';

const PICKUPS_EACH = 200;
const WARM_UP_EACH = 15;
const DEADLINE_MS = 5000;
const target = '1002';

/** `own` and `device`: Asterisk's group pickup from the dialplan, and by chan_pjsip before any dialplan. */
export const pickupWays = ['own', 'device', 'bare', 'group', 'directed'] as const;
export type PickupWay = (typeof pickupWays)[number];

const codes: Readonly<Record<PickupWay, string>> = {
  own: '7101',
  device: '*77',
  bare: '7102',
  group: '*8',
  directed: `**${target}`,
};

export interface PickupTimes {
  /** To the picker's 200. */
  readonly answered: Sample;
  /** Until he hears the caller. */
  readonly heard: Sample;
}

export interface PickupLatency {
  readonly asterisk: string;
  readonly link: string;
  readonly times: Readonly<Record<PickupWay, PickupTimes>>;
}

/** `bare`: as our routine does it, without asking anybody and without a right. */
const dialplan = `
#include callwarden.conf
[phones]
include => callwarden-pickup
exten => _10XX,1,Dial(PJSIP/\${EXTEN},30)
exten => ${codes.own},1,Pickup()
exten => ${codes.bare},1,Answer(,i)
 same => n,PickupChan(PJSIP/${target})
[from-trunk]
`;

export async function measurePickup(transport: 'websocket' | 'ari-client'): Promise<PickupLatency> {
  await using pbx = await startPbx({
    transport,
    dialplan,
    verbosity: 0,
    files: { 'features.conf': `[general]\npickupexten=${codes.device}\n` },
    policy: ['extension set 1001-1003', 'pickup group create bench', `pickup group add bench ${target} 1003`],
  });
  await joinPickupGroup(pbx);
  const [caller, rung, picker] = await Promise.all(['1001', target, '1003'].map((one) => pbx.lab.phone(one)));
  if (!caller || !rung || !picker) throw new Error('A phone is missing.');
  const answered: Record<PickupWay, number[]> = { own: [], device: [], bare: [], group: [], directed: [] };
  const heard: Record<PickupWay, number[]> = { own: [], device: [], bare: [], group: [], directed: [] };
  for (let round = 0; round < WARM_UP_EACH + PICKUPS_EACH; round += 1) {
    for (const way of pickupWays) {
      const times = await takeOne(pbx, caller, rung, picker, way);
      if (round < WARM_UP_EACH) continue;
      answered[way].push(times.answeredMs);
      heard[way].push(times.heardMs);
    }
  }
  const timesOf = (way: PickupWay): PickupTimes => ({
    answered: sampleOf(answered[way]),
    heard: sampleOf(heard[way]),
  });
  return {
    asterisk: pbx.lab.asteriskVersion,
    link: transport,
    times: {
      own: timesOf('own'),
      device: timesOf('device'),
      bare: timesOf('bare'),
      group: timesOf('group'),
      directed: timesOf('directed'),
    },
  };
}

/** One call that rings, and one pickup of it. */
async function takeOne(
  pbx: Pbx,
  caller: Phone,
  rung: Phone,
  picker: Phone,
  way: PickupWay,
): Promise<{ answeredMs: number; heardMs: number }> {
  const call = await caller.call(target);
  const incoming = await rung.nextCall();
  const socket = join(pbx.directory, 'callwarden.sock');
  // All ways alike, so that each meets the same machine.
  const isShown = async () => (await askRinging(socket)).length === 1;
  if (!(await eventually(isShown, DEADLINE_MS))) throw new Error('The board does not show the call.');
  const dialledAtMs = performance.now();
  const taking = await picker.call(codes[way]);
  const final = await taking.waitFinal(DEADLINE_MS);
  if (final.status !== 200) throw new Error(`A pickup by ${codes[way]} failed.\n${taking.story()}`);
  await taking.waitVoice('1001', DEADLINE_MS);
  const heardMs = performance.now() - dialledAtMs;
  await incoming.waitCancelled(DEADLINE_MS);
  await taking.hangup();
  await call.waitEnded(DEADLINE_MS);
  await pbx.lab.waitIdle(DEADLINE_MS);
  return { answeredMs: final.afterMs, heardMs };
}

/** Asterisk's own pickup goes by the groups of the endpoints. */
async function joinPickupGroup({ lab }: Pbx): Promise<void> {
  const file = join(lab.directory, 'etc/pjsip.conf');
  const group = 'type=endpoint\nnamed_call_group=bench\nnamed_pickup_group=bench\n';
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('type=endpoint\n', group));
  await lab.console('module reload res_pjsip.so');
  const isRead = async () => (await lab.console(`pjsip show endpoint ${target}`)).includes(': bench');
  if (!(await eventually(isRead, DEADLINE_MS))) throw new Error('Asterisk does not know the pickup group.');
}
