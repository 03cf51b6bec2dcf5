// The console and the API in callwarden.toml: where they listen, by which certificate, and under which names.
import { isIP } from 'node:net';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { must, word } from './forms.ts';
import type { RawConfig } from './read.ts';

const NAMES_MAX = 32;
const PORT_MAX = 65_535;
const LOOPBACK_PROXIES = ['127.0.0.1', '::1'];

export interface WebConfig {
  readonly enabled: boolean;
  /** An address. */
  readonly host: string;
  /** 0: a free one, which `status` tells. */
  readonly port: number;
  /** Null: plain HTTP. */
  readonly tls: { readonly certificate: string; readonly key: string } | null;
  /** Addresses and networks whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed; empty without a proxy. */
  readonly trustedProxies: readonly string[];
  /** Names by which browsers come, in lower case, beside those of this machine itself. */
  readonly hosts: readonly string[];
  /** Whether `/metrics` answers. */
  readonly metrics: boolean;
}

const aListen = 'an address and a port such as "127.0.0.1:8880" or "[::1]:8880"';
const aNetwork = 'addresses or networks such as ["127.0.0.1", "10.0.0.0/24"]';
const aName = 'names such as ["callwarden.example.com"], without scheme and port';

const listOf = (be: string, fits: (text: string) => boolean) =>
  z
    .array(z.string(must(`a list of ${be}`)).refine(fits, must(`a list of ${be}`)), must(`a list of ${be}`))
    .max(NAMES_MAX, must(`a list of at most ${NAMES_MAX} ${be}`));

export const webSection = z.strictObject({
  enabled: z.boolean(must('true or false')).default(true),
  listen: z
    .string(must(aListen))
    .refine((text) => addressOf(text) !== null, must(aListen))
    .default('127.0.0.1:8880'),
  certificate: word('the path of a file with the certificate and its chain').optional(),
  key: word('the path of a file with the private key').optional(),
  'behind-proxy': z.boolean(must('true or false')).default(false),
  'trusted-proxies': listOf(aNetwork, isNetwork).default([...LOOPBACK_PROXIES]),
  hosts: listOf(aName, isHostName).default([]),
  insecure: z.boolean(must('true or false')).default(false),
  metrics: z.boolean(must('true or false')).default(true),
});

/** Null where it is none. Names are not looked up: where a name leads is no matter of this file. */
function addressOf(listen: string): { readonly host: string; readonly port: number } | null {
  const [, six, four, digits] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(listen) ?? [];
  const host = six ?? four ?? '';
  if (isIP(host) !== (six === undefined ? 4 : 6) || Number(digits) > PORT_MAX) return null;
  return { host, port: Number(digits) };
}

function isNetwork(text: string): boolean {
  const [address = '', bits, more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more !== undefined) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function isHostName(text: string): boolean {
  return /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/i.test(text) || isIP(text) === 6;
}

/** Whether only this machine can reach it. */
export const isLoopback = (host: string): boolean => host.startsWith('127.') || host === '::1';

/** Null where the section is wrong, which the problems then say. */
export function readWeb(
  { file }: Pick<RawConfig, 'file'>,
  web: z.infer<typeof webSection>,
  problems: string[],
): WebConfig | null {
  const { enabled, certificate, key, hosts, insecure, metrics, 'trusted-proxies': proxies } = web;
  const address = addressOf(web.listen);
  const before = problems.length;
  if ((certificate === undefined) !== (key === undefined)) {
    const [missing, given] = certificate === undefined ? ['certificate', 'key'] : ['key', 'certificate'];
    problems.push(`[web] ${missing} is missing: the ${given} is of no use without it.`);
  }
  const isPlain = certificate === undefined;
  if (enabled && address !== null && isPlain && !insecure && !isLoopback(address.host)) {
    problems.push(
      `[web] listen must stay on this machine, as "127.0.0.1:8880", where no certificate is set: passwords would cross the ` +
        'network readable. Set certificate and key, or put a proxy with TLS on this machine before it (docs/web.md).',
    );
  }
  if (!web['behind-proxy'] && proxies.join(' ') !== LOOPBACK_PROXIES.join(' ')) {
    problems.push('[web] trusted-proxies is of no use without behind-proxy = true.');
  }
  if (problems.length > before || address === null) return null;
  const inFolder = (path: string) => resolve(dirname(file), path);
  return {
    enabled,
    ...address,
    tls:
      certificate === undefined || key === undefined
        ? null
        : { certificate: inFolder(certificate), key: inFolder(key) },
    trustedProxies: web['behind-proxy'] ? proxies : [],
    hosts: hosts.map((name) => name.toLowerCase()),
    metrics,
  };
}
