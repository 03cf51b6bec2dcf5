// Where a name leads, and which of its addresses may be connected to: looked up once, so that what was checked is what is used.
import type { LookupAddress } from 'node:dns';
import { lookup as ask } from 'node:dns/promises';
import { BlockList, type LookupFunction } from 'node:net';

/**
 * Node asks for names in its pool of four threads, in which PINs are checked, too: a name server that is silent must not
 * hold all of them.
 */
const LOOKUPS_MAX = 2;
/** Addresses of one name that are considered. */
const ADDRESSES_MAX = 8;

/** Rejects when the name is not found, or when the signal says so. */
export type FindAddresses = (host: string, signal: AbortSignal) => Promise<readonly LookupAddress[]>;

let underWay = 0;
const waiting = new Set<() => void>();

/** By the system's resolver, so that /etc/hosts counts; two names at once in the whole process. */
export const findAddresses: FindAddresses = async (host, signal) => {
  signal.throwIfAborted();
  if (underWay >= LOOKUPS_MAX) {
    await aFreeThread(signal);
    return findAddresses(host, signal);
  }
  underWay += 1;
  const found = ask(host, { all: true }).finally(() => {
    underWay -= 1;
    for (const wake of waiting) wake();
  });
  return (await unlessAborted(found, signal)).slice(0, ADDRESSES_MAX);
};

async function aFreeThread(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  waiting.add(resolve);
  try {
    await unlessAborted(promise, signal);
  } finally {
    waiting.delete(resolve);
  }
}

/** What cannot be ended is left alone. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  // Whichever comes second, nobody waits for it any more.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** For `connect`: these addresses and no others, whatever the name leads to by now. */
export function pinnedTo(addresses: readonly LookupAddress[]): LookupFunction {
  return (_host, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family);
  };
}

/**
 * Not the Internet: this machine, its networks, multicast, documentation, and what answers with a machine's own secrets in clouds
 * (IANA's special-purpose registries; 168.63.129.16 is Azure's).
 */
const notPublic4 = listOf('ipv4', [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
]);
/** In IPv6 what is public lies in one block; inside it tunnels, which lead to any IPv4 address, and documentation. */
const public6 = listOf('ipv6', ['2000::/3']);
const notPublic6 = listOf('ipv6', ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']);

export function isPublic({ address, family }: LookupAddress): boolean {
  if (family === 4) return !notPublic4.check(address, 'ipv4');
  return public6.check(address, 'ipv6') && !notPublic6.check(address, 'ipv6');
}

function listOf(family: 'ipv4' | 'ipv6', blocks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const block of blocks) {
    const [address = '', bits = ''] = block.split('/');
    list.addSubnet(address, Number(bits), family);
  }
  return list;
}
