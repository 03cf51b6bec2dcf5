// Who is at the other end of a request, also behind a proxy, and whether what he sends is readable on the way.
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** Addresses in `X-Forwarded-For` that are looked at, from the nearest on. */
const HOPS_MAX = 16;

export interface Peer {
  /** Without a port; '' where there is none, as in a test without a socket. */
  readonly address: string;
  /** By TLS all the way, as far as we and our proxy know. */
  readonly isSecure: boolean;
  /** As the browser shows it: the `Host` header. */
  readonly host: string;
}

const peers = new WeakMap<Request, Peer>();

/** Of a request that has come through `rememberPeer`; of others what their headers say. */
export function peerOf(context: Context): Peer {
  const known = peers.get(context.req.raw);
  return known ?? { address: '', isSecure: false, host: context.req.header('host') ?? '' };
}

export interface PeerReader {
  /** From the socket, and from the headers of a proxy that is trusted. */
  remember(context: Context<{ Bindings: HttpBindings }>): Peer;
}

export function createPeerReader(trusted: readonly string[], isTls: boolean): PeerReader {
  const proxies = blockListOf(trusted);
  return {
    remember: (context) => {
      const socketAddress = plain(context.env.incoming.socket.remoteAddress ?? '');
      const isProxied = isIn(proxies, socketAddress);
      const forwardedProto = context.req.header('x-forwarded-proto')?.split(',').at(-1)?.trim().toLowerCase();
      const peer = {
        address: isProxied
          ? clientBehind(proxies, socketAddress, context.req.header('x-forwarded-for') ?? '')
          : socketAddress,
        isSecure: isTls || (isProxied && forwardedProto === 'https'),
        host: context.req.header('host') ?? '',
      };
      peers.set(context.req.raw, peer);
      return peer;
    },
  };
}

function blockListOf(trusted: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of trusted) {
    const [address = '', bits] = network.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/** An IPv4 address as a socket that listens on IPv6 shows it. */
const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '');

function isIn(list: BlockList, address: string): boolean {
  if (isIPv4(address)) return list.check(address, 'ipv4');
  return isIPv6(address) && list.check(address, 'ipv6');
}

/** The nearest address that is no proxy of ours: what stands further away, the client may have written himself. */
function clientBehind(proxies: BlockList, proxy: string, forwardedFor: string): string {
  const hops = forwardedFor.split(',').map((hop) => plain(hop.trim()));
  let nearest = proxy;
  for (const hop of hops.slice(-HOPS_MAX).toReversed()) {
    if (!isIPv4(hop) && !isIPv6(hop)) return nearest;
    nearest = hop;
    if (!isIn(proxies, hop)) return nearest;
  }
  return nearest;
}
