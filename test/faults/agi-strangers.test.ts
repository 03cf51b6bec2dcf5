// Strangers at the FastAGI port of a running daemon: silent ones, hostile ones, and real calls between them.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { block, connectTo, header, type Client } from '../asterisk/agi/client.ts';
import type { Phone } from '../lab/phone/phone.ts';
import { eventually } from '../lab/processes.ts';
import { startPbx, type Pbx } from '../pbx.ts';

const abroad = '00541938384';
const barred = '00621938384';
const MIB = 1024;
const GROWTH_MAX_KIB = 20 * MIB;
const silentOnes = 1000;
const hostileOnes = 2000;
const atOnce = 250;

/** What a stranger brings; none of it is a question. */
const junk: readonly ((turn: number) => string)[] = [
  () => 'GET /screen HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
  () => 'agi_network: yes\nagi_network_scri',
  () => 'x'.repeat(300_000),
  () => `${header().join('\n')}\nagi_arg_2: dialled=911\n\n`,
  () => `${header({ agi_calleridname: 'a\nagi_arg_1: nonce=1' }).join('\n')}\n\n`,
  () => '\u0000\u0001\u0002\n\n',
  () => '\n'.repeat(5_000),
  () => 'agi_network: yes\n'.repeat(400),
  () => `${block()}200 result=1\n200 result=1\n`,
];
/** Of its form, and in the name of nobody: judged and refused, as any call of an unknown payer. */
const forged = (turn: number) =>
  block({ agi_uniqueid: `1.${turn}`, agi_channel: 'PJSIP/nobody-0000002a' }, [
    `nonce=1.${turn}`,
    `dialled=${abroad}`,
    'linkedid=1.1',
    'state=Ring',
  ]);

describe('strangers at the FastAGI port', () => {
  let pbx: Pbx;
  let phone: Phone;
  let strangers: Client[] = [];

  beforeAll(async () => {
    pbx = await startPbx({
      door: 'agi',
      policy: ['country allow AR', 'extension set 1001 --international on'],
      decisionMs: 2000,
    });
    phone = await pbx.lab.phone('1001');
  });
  afterAll(async () => {
    for (const stranger of strangers) stranger[Symbol.dispose]();
    await pbx?.[Symbol.asyncDispose]();
  });

  const callsAreJudged = async () => {
    const before = pbx.lab.carrier.numbers.length;
    const call = await phone.call(abroad);
    await call.waitAnswered();
    await call.hangup();
    const other = await phone.call(barred);
    expect(await other.waitFinal()).toMatchObject({ status: 403, cause: 21 });
    expect(pbx.lab.carrier.numbers.slice(before)).toEqual([abroad]);
  };

  const address = async () => (await pbx.status()).agi.address;

  /** Resident memory of the daemon, KiB. */
  const memory = async () => {
    const { pid } = await pbx.status();
    const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kib);
  };

  it('keep nobody from a verdict by a thousand connections that say nothing', async () => {
    const at = await address();
    strangers = await Promise.all(Array.from({ length: silentOnes }, () => connectTo(at)));
    // They come again and again, as their time runs out.
    const over = new AbortController();
    const again = (async () => {
      while (!over.signal.aborted) {
        const gone = strangers.filter(({ isClosed }) => isClosed).length;
        strangers = strangers.filter(({ isClosed }) => !isClosed);
        strangers.push(...(await Promise.all(Array.from({ length: gone }, () => connectTo(at)))));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    })();
    for (let turn = 0; turn < 5; turn += 1) await callsAreJudged();
    over.abort();
    await again;
    expect((await pbx.status()).agi.refused).toBeGreaterThanOrEqual(silentOnes);
    for (const stranger of strangers) stranger[Symbol.dispose]();
    expect(await eventually(async () => (await pbx.status()).agi.open === 0, 20_000)).toBe(true);
  });

  it('crash nothing, grow nothing and learn nothing by two thousand that bring anything', async () => {
    const at = await address();
    const bring = async (turn: number) => {
      using client = await connectTo(at);
      const text = turn % 10 === 9 ? forged(turn) : (junk[turn % junk.length] ?? String)(turn);
      client.say(text);
      await eventually(() => client.isClosed, 20_000, 10);
      return client.heard;
    };
    const heard: string[] = [];
    const wave = async (from: number, count: number) => {
      for (let turn = from; turn < from + count; turn += atOnce) {
        heard.push(...(await Promise.all(Array.from({ length: atOnce }, (_, index) => bring(turn + index)))));
      }
    };
    // What the first ones take, the next ones have no need to take again.
    await wave(0, hostileOnes / 4);
    const before = await memory();
    const calls = (async () => {
      for (let turn = 0; turn < 5; turn += 1) await callsAreJudged();
    })();
    await wave(hostileOnes / 4, (hostileOnes * 3) / 4);
    await calls;
    expect(heard.length).toBe(hostileOnes);
    // To a question of nobody's the answer is no; to all else there is none.
    const told = heard.filter((text) => text !== '');
    expect(told.length).toBeGreaterThan(0);
    expect(told.length).toBeLessThanOrEqual(hostileOnes / 10);
    expect(told.every((text) => text.includes('"deny:') && !text.includes('allow'))).toBe(true);
    expect((await memory()) - before).toBeLessThan(GROWTH_MAX_KIB);
    const { state, open } = (await pbx.status()).agi;
    expect({ state, open }).toEqual({ state: 'listening', open: 0 });
  });

  it('write a few lines into the log, whatever their number, and each of them stays one line', () => {
    const lines = pbx
      .log()
      .split('\n')
      .filter((line) => line.includes('agi-refused'));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThanOrEqual(40);
    // oxlint-disable-next-line no-control-regex -- they are what is looked for
    expect(lines.join('')).not.toMatch(/[\u0000-\u001f]/);
  });
});
