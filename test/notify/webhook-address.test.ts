// Where a webhook may lead: into the Internet, and inside only where somebody said so.
import { describe, expect, it } from 'vitest';
import type { FindAddresses } from '../../src/notify/addresses.ts';
import { event, make } from './hooks.ts';
import { startReceiver } from './receiver.ts';

describe('the address of a webhook', () => {
  const isRefused = async (url: string, find?: FindAddresses) => {
    await using hook = make(url, { privateAddresses: false }, find ? { find } : {}).hook;
    return await hook.tryOnce(event(1));
  };

  it.each([
    '127.0.0.1',
    'localhost',
    '0.0.0.0',
    '0x7f.1',
    '2130706433',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '[fe80::1]',
    '[fd00:ec2::254]',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.100.100.200',
    '168.63.129.16',
    '224.0.0.1',
    '255.255.255.255',
  ])('is refused where it is not in the Internet: %s', async (host) => {
    await using receiver = await startReceiver();
    const result = await isRefused(`http://${host}:${receiver.port}/`);
    expect(result).toMatchObject({ kind: 'refused', problem: expect.stringContaining('private-addresses') });
    expect(receiver.received).toEqual([]);
  });

  it('is refused where a name leads inside, and looked up once, so that it cannot lead elsewhere afterwards', async () => {
    await using receiver = await startReceiver();
    const inside = { address: '127.0.0.1', family: 4 };
    expect((await isRefused(`http://evil.example:${receiver.port}/`, async () => [inside])).kind).toBe(
      'refused',
    );
    let asked = 0;
    // Documentation's 192.0.2.0/24 is refused, too; 203.0.114.1 is public, and nobody is there.
    const changing: FindAddresses = async () => {
      asked += 1;
      return asked === 1 ? [{ address: '203.0.114.1', family: 4 }] : [inside];
    };
    expect((await isRefused(`http://evil.example:${receiver.port}/`, changing)).kind).toBe('failed');
    expect([asked, receiver.received]).toEqual([1, []]);
    const both: FindAddresses = async () => [inside, { address: '203.0.114.1', family: 4 }];
    expect((await isRefused(`http://evil.example:${receiver.port}/`, both)).kind).toBe('failed');
    expect(receiver.received).toEqual([]);
  }, 20_000);

  it('is the one that was found, with the name in the header', async () => {
    await using receiver = await startReceiver();
    const find: FindAddresses = async () => [{ address: '127.0.0.1', family: 4 }];
    await using hook = make(`http://hooks.example:${receiver.port}/x`, {}, { find }).hook;
    expect(await hook.tryOnce(event(1))).toEqual({ kind: 'sent' });
    expect(receiver.received[0]?.headers.host).toBe(`hooks.example:${receiver.port}`);
  });

  it('may be unknown, or refuse the connection, and the problem says so without the path', async () => {
    const unknown = make('http://no-such-name.invalid/s3cret');
    await using unknownHook = unknown.hook;
    expect(await unknownHook.tryOnce(event(1))).toMatchObject({ kind: 'failed' });
    const nobody = make('http://127.0.0.1:1/s3cret');
    await using nobodyHook = nobody.hook;
    expect(await nobodyHook.tryOnce(event(1))).toEqual({
      kind: 'failed',
      problem: 'cannot be reached (ECONNREFUSED)',
    });
    expect([...unknown.problems, ...nobody.problems].join(' ')).not.toContain('s3cret');
  }, 20_000);
});
