// The PBX of a pickup soak: lanes side by side, each a small office of its own, so that several calls ring at once.
import { askRinging } from '../../../src/http/client.ts';
import { join } from 'node:path';
import type { Phone } from '../../../test/lab/phone/phone.ts';
import { startPbx, type Pbx } from '../../../test/pbx.ts';
import { PICKERS_MAX, type PickupCode, type RingKind } from './plan.ts';

export const LANES_MAX = 9;
const TARGETS = 3;
const DECISION_MS = 2000;

/** One office: who calls, whose phones ring, who may take the call, and one who may not. */
export interface Lane {
  readonly index: number;
  readonly caller: Phone;
  readonly targets: readonly Phone[];
  readonly pickers: readonly Phone[];
  readonly stranger: Phone;
}

export interface PickupHouse extends AsyncDisposable {
  readonly pbx: Pbx;
  readonly lanes: readonly Lane[];
  /** Extensions of the phones that the daemon knows to ring for this caller. */
  ringingFor(caller: string): Promise<readonly string[]>;
  /** Channels of this lane's phones that exist now, by id. */
  channelsOf(lane: Lane): Promise<readonly OpenChannel[]>;
  /** Reads of every channel what asks chan_pjsip's own threads, again and again until it is stopped; resolves with their count. */
  storm(until: AbortSignal): Promise<number>;
  /** Ends a channel that was left behind, so that the next round does not see it. */
  clear(channelId: string): Promise<void>;
}

export interface OpenChannel {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly dialplan: { readonly app_name: string; readonly app_data: string };
}

const extensionOf = (lane: number, place: number) => String(1000 + lane * 10 + place);
const callerOf = (lane: number) => extensionOf(lane, 0);
const targetsOf = (lane: number) => range(TARGETS, (at) => extensionOf(lane, 1 + at));
const pickersOf = (lane: number) => range(PICKERS_MAX, (at) => extensionOf(lane, 1 + TARGETS + at));
const strangerOf = (lane: number) => extensionOf(lane, 9);

const firstDigit = { group: '61', queue: '62', local: '63' } as const;

/** What the caller of a lane dials for this kind of call, and how many of the lane's phones ring then. */
export function dialledFor(lane: Lane, kind: RingKind): { readonly number: string; readonly rings: number } {
  if (kind === 'direct') return { number: targetsOf(lane.index)[0] ?? '', rings: 1 };
  return { number: `${firstDigit[kind]}${lane.index}`, rings: kind === 'local' ? 2 : TARGETS };
}

export function codeFor(code: PickupCode, lane: Lane, target: Phone): string {
  switch (code) {
    case 'group':
      return '*8';
    case 'number':
      return `*8${lane.index}`;
    case 'any':
      return '*8*';
    case 'directed':
      return `**${target.extension}`;
  }
}

/** Rejects as `startPbx` does. */
export async function openHouse(laneCount: number): Promise<PickupHouse> {
  await using resources = new AsyncDisposableStack();
  const laneNumbers = range(laneCount, (lane) => lane);
  const extensions = laneNumbers.flatMap((lane) => range(10, (place) => extensionOf(lane, place)));
  const pbx = resources.use(
    await startPbx({
      extensions,
      decisionMs: DECISION_MS,
      verbosity: 0,
      dialplan: dialplan(laneNumbers),
      files: { 'queues.conf': queues(laneNumbers) },
      policy: [
        `extension set ${extensions.join(' ')}`,
        ...laneNumbers.flatMap((lane) => [
          `pickup group create lane${lane} --number ${lane}`,
          `pickup group add lane${lane} ${[...targetsOf(lane), ...pickersOf(lane)].join(' ')}`,
        ]),
      ],
    }),
  );
  const open = (extension: string) => pbx.lab.phone(extension);
  const lanes: Lane[] = [];
  for (const index of laneNumbers) {
    lanes.push({
      index,
      caller: await open(callerOf(index)),
      targets: await Promise.all(targetsOf(index).map(open)),
      pickers: await Promise.all(pickersOf(index).map(open)),
      stranger: await open(strangerOf(index)),
    });
  }
  const ask = ariOf(pbx);
  const held = resources.move();
  return {
    pbx,
    lanes,
    ringingFor: async (caller) => {
      const calls = await askRinging(join(pbx.directory, 'callwarden.sock'));
      const own = calls.filter(({ callerExtension }) => callerExtension === caller);
      return own.flatMap(({ legs }) => legs.map(({ extension }) => extension));
    },
    channelsOf: async (lane) => {
      // Our own Asterisk's answer, as documented for GET /channels.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      const channels = (await (await ask('GET', 'channels')).json()) as readonly OpenChannel[];
      const prefix = callerOf(lane.index).slice(0, 3);
      return channels.filter(({ name }) => name.startsWith(`${name.split('/')[0]}/${prefix}`));
    },
    storm: async (until) => {
      let reads = 0;
      while (!until.aborted) {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion
        const channels = (await (await ask('GET', 'channels')).json()) as readonly OpenChannel[];
        for (const { id } of channels) {
          for (const field of ['call-id', 'target_uri']) {
            const answer = await ask('GET', `channels/${id}/variable?variable=CHANNEL(pjsip,${field})`);
            if (answer.ok) reads += 1;
          }
        }
        await new Promise((wake) => setTimeout(wake, 1));
      }
      return reads;
    },
    clear: async (channelId) => void (await ask('DELETE', `channels/${channelId}`)),
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}

function ariOf({ lab: { ari } }: Pbx): (method: string, path: string) => Promise<Response> {
  const authorization = `Basic ${Buffer.from(`${ari.username}:${ari.password}`).toString('base64')}`;
  return (method, path) =>
    fetch(`${ari.url}/${path}`, {
      method,
      headers: { authorization },
      signal: AbortSignal.timeout(DECISION_MS),
    });
}

function dialplan(lanes: readonly number[]): string {
  const groups = lanes.map((lane) => {
    const [first, second] = targetsOf(lane);
    const phones = targetsOf(lane).map((extension) => `PJSIP/${extension}`);
    return `exten => ${firstDigit.group}${lane},1,Dial(${phones.join('&')},30)
 same => n,Hangup()
exten => ${firstDigit.queue}${lane},1,Answer()
 same => n,Queue(lane${lane},,,,30)
 same => n,Hangup()
exten => ${firstDigit.local}${lane},1,Dial(Local/${first}@internal/n&Local/${second}@internal/n,30)
 same => n,Hangup()
`;
  });
  return `#include callwarden.conf
[phones]
include => callwarden-pickup
include => internal

[internal]
exten => _10XX,1,Dial(PJSIP/\${EXTEN},30)
 same => n,Hangup()
${groups.join('')}
[from-trunk]
include => internal
`;
}

function queues(lanes: readonly number[]): string {
  const queue = (lane: number) => {
    const members = targetsOf(lane).map((extension) => `member => PJSIP/${extension}\n`);
    return `[lane${lane}]\nstrategy=ringall\ntimeout=30\nretry=1\nringinuse=yes\n${members.join('')}`;
  };
  return `[general]\npersistentmembers=no\n\n${lanes.map(queue).join('\n')}`;
}

function range<T>(length: number, make: (at: number) => T): T[] {
  return Array.from({ length }, (_, at) => make(at));
}
