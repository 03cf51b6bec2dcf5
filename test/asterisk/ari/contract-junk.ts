// What both ARI links do alike when what comes over the socket is not what it should be, or does not come at all.
import { expect, it } from 'vitest';

import type { AriOptions } from '../../../src/asterisk/ari/link.ts';
import { type Contract, failureOf, placeCall } from './ari-lab.ts';
import { type Proxy, startProxy } from '../../lab/proxy.ts';

const event = (type: string, rest: object) =>
  JSON.stringify({ type, timestamp: '2026-01-31T09:00:00.000+0000', application: 'callwarden', ...rest });

/** Each is one message; none of them is an event that we know. */
const junk: readonly (string | Buffer)[] = [
  '',
  '{',
  'null',
  '[]',
  '"text"',
  '17',
  '{}',
  '{"type":null}',
  '{"type":""}',
  '{"type":"__proto__"}',
  '{"type":"constructor","timestamp":"2026-01-31T09:00:00.000+0000"}',
  event('NoSuchEvent', { channel: {} }),
  event('StasisStart', {}),
  event('StasisStart', { args: 'screen', channel: null }),
  event('StasisStart', { args: [], channel: { id: 17 } }),
  event('ChannelDestroyed', { cause: 'x', channel: { id: 'x'.repeat(100_000) } }),
  event('Dial', { peer: [] }),
  Buffer.from([0, 1, 2, 255]),
  'x'.repeat(1_000_000),
];

export function itSurvivesJunk(contract: Contract): void {
  const through = async (): Promise<{ proxy: Proxy; changes: Partial<AriOptions> }> => {
    const proxy = await startProxy(Number(new URL(contract.lab.ari.url).port));
    return { proxy, changes: { url: `http://127.0.0.1:${proxy.port}/ari` } };
  };

  it('drops and counts what is no event, and goes on', async () => {
    const { proxy, changes } = await through();
    await using _ = proxy;
    const heard = contract.record();
    await using link = await contract.connect(heard.options(changes));
    for (const payload of junk) proxy.inject(payload);
    const id = await placeCall(contract.lab, 'stasis');
    await heard.waitFor('StasisStart', id);
    expect(link.droppedEvents).toBe(junk.length);
    expect(heard.problems.length).toBeGreaterThan(0);
    expect(heard.problems.length).toBeLessThan(junk.length);
    expect(await link.continueInDialplan(id)).toBe('done');
  });

  it('brings an event with a field that is new, and cuts text that anybody may choose', async () => {
    const { proxy, changes } = await through();
    await using _ = proxy;
    const heard = contract.record();
    await using link = await contract.connect(heard.options(changes));
    const id = await placeCall(contract.lab, 'stasis');
    const { channel } = await heard.waitFor('StasisStart', id);
    const caller = { name: 'n'.repeat(5000), number: '1' };
    const told = { id, name: channel.name, state: 'Up', caller, connected: {}, brand_new: [{}] };
    const dialplan = { context: 'lab', exten: 's', priority: 1 };
    const times = { creationtime: '2026-01-31T09:00:00.000-0600' };
    proxy.inject(event('StasisEnd', { brand_new: 1, channel: { ...told, dialplan, ...times } }));
    const end = await heard.waitFor('StasisEnd', id);
    expect(end.channel.caller.name).toBe('n'.repeat(256));
    expect(end.channel.creationTimeMs).toBe(Date.UTC(2026, 0, 31, 15));
    expect(end.channel.dialplan.appName).toBe('');
    expect(link.droppedEvents).toBe(0);
  });

  it('finds out that the socket is open but dead', async () => {
    const { proxy, changes } = await through();
    await using _ = proxy;
    const options = { ...changes, heartbeatIntervalMs: 500, commandDeadlineMs: 300 };
    await using link = await contract.connect(contract.record().options(options));
    await link.ping();
    proxy.stall();
    const asked = failureOf(link.ping());
    expect(await link.closed).toContain('heartbeats');
    expect((await asked).code).toBe('unavailable');
  });

  it('ends when the connection is cut', async () => {
    const { proxy, changes } = await through();
    await using _ = proxy;
    await using link = await contract.connect(contract.record().options(changes));
    proxy.cut();
    expect(await link.closed).toMatch(/closed|socket/);
    expect((await failureOf(link.ping())).message).toContain('lost');
  });
}
