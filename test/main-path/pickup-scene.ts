// A PBX with phones for the pickup tests: calls that ring, and what is recorded of those who want them.
import { afterAll, beforeAll, expect } from 'vitest';
import { askRinging } from '../../src/http/client.ts';
import type { RingingCall } from '../../src/pickup/call.ts';
import type { IncomingCall } from '../lab/phone/incoming-call.ts';
import type { OutgoingCall } from '../lab/phone/outgoing-call.ts';
import type { Phone } from '../lab/phone/phone.ts';
import { openPhones, type Phones } from '../lab/phones.ts';
import { eventually } from '../lab/processes.ts';
import { sampleDialplan, startPbx, type Pbx, type PbxOptions } from '../pbx.ts';

export const EXTENSIONS: readonly string[] = ['1001', '1002', '1003', '1004', '1005', '1006'];
const DEADLINE_MS = 20_000;

/**
 * 95 and an extension: Asterisk's own pickup of what rings there, unanswered before, as somebody may have left it in his
 * dialplan. 96 and a call's id: somebody who sends his phones where only those belong that the daemon calls.
 */
const besides = `
[internal](+)
exten => _951XXX,1,PickupChan(PJSIP/\${EXTEN:2}-,p)
 same => n,Hangup(42)
exten => _96.,1,Set(CALLWARDEN_PICKUP_TARGET=\${EXTEN:2})
 same => n,Goto(callwarden-pickup-exact,s,1)
`;
/** Names the sounds that the lab is to have. */
const digits = `[digits]\nexten => s,1,Playback(${Array.from('0123456789', (digit) => `digits/${digit}`).join('&')})\n`;

export interface PickupRow {
  readonly party: string;
  readonly via: string;
  readonly verdict: string;
  readonly reason: string;
  readonly outcome: string | null;
  readonly rule: string;
  readonly number: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface LetRingOptions {
  /** Calls that ring then; one by default. */
  readonly calls?: number;
  /** What the caller says that he is called. */
  readonly name?: string;
}

export interface PickupScene {
  readonly pbx: Pbx;
  readonly phone: (extension: string) => Phone;
  /** Resolves when it rings there and the board shows that many calls. */
  readonly letRing: (
    caller: string,
    called: string,
    given?: LetRingOptions,
  ) => Promise<{ call: OutgoingCall; incoming: IncomingCall }>;
  /** The call that rings there now. */
  readonly rings: (extension: string) => Promise<IncomingCall>;
  /** What the daemon says. */
  readonly ringing: () => Promise<readonly RingingCall[]>;
  readonly untilOnBoard: (calls: number) => Promise<void>;
  /** The last attempt recorded, once it fits. */
  readonly recorded: (expected: Readonly<Record<string, unknown>>) => Promise<PickupRow>;
  /** No channel is left, and nothing rings. */
  quiet(): Promise<void>;
}

/**
 * Starts before the tests of this `describe` and goes after them; options that only a server tells which starts then come
 * from a function.
 */
export function pickupScene(options: PbxOptions | (() => Promise<PbxOptions>)): PickupScene {
  let pbx: Pbx;
  let phones: Phones;
  beforeAll(async () => {
    pbx = await startPbx({
      dialplan: sampleDialplan + besides,
      files: { 'digits.conf': digits },
      ...(typeof options === 'function' ? await options() : options),
    });
    phones = await openPhones(pbx.lab, EXTENSIONS);
  });
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });

  const phone = (extension: string) => phones(extension);
  const rings = async (extension: string): Promise<IncomingCall> => {
    const open = () =>
      phone(extension).incoming.findLast(({ ending, answered }) => ending === null && !answered);
    expect(await eventually(() => open() !== undefined, DEADLINE_MS), `${extension} rings`).toBe(true);
    const found = open();
    if (!found) throw new Error('no call');
    return found;
  };
  const ringing = () => askRinging(`${pbx.directory}/callwarden.sock`);
  const untilOnBoard = async (calls: number) =>
    expect(await eventually(async () => (await ringing()).length === calls, DEADLINE_MS), 'the board').toBe(
      true,
    );
  return {
    get pbx() {
      return pbx;
    },
    phone,
    rings,
    ringing,
    untilOnBoard,
    async letRing(caller, called, { calls = 1, name } = {}) {
      const call = await phone(caller).call(called, name === undefined ? {} : { name });
      await call.waitRinging();
      const incoming = await rings(called);
      await untilOnBoard(calls);
      return { call, incoming };
    },
    async recorded(expected) {
      let row: PickupRow | undefined;
      const look = async () => {
        const { calls } = (await pbx.json('calls --kind pickup --limit 1')) as { calls: PickupRow[] };
        row = calls[0];
        return Object.entries(expected).every(([key, value]) => row?.[key as keyof PickupRow] === value);
      };
      await eventually(look, DEADLINE_MS, 50);
      expect(row).toMatchObject(expected);
      if (!row) throw new Error('nothing is recorded');
      return row;
    },
    async quiet() {
      try {
        await pbx.lab.waitIdle(DEADLINE_MS);
      } catch (error) {
        // The next test is not to suffer for it.
        await pbx.lab.console('channel request hangup all');
        throw error;
      }
      await untilOnBoard(0);
    },
  };
}
