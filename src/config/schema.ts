// The form of callwarden.toml: every section and key with its bounds, its default and its words.
import { z } from 'zod';
import { DEFAULT_DATABASE, DEFAULT_KEY_FILE, DEFAULT_SOCKET } from './config.ts';
import { must, oneOf, wholeNumber, word } from './forms.ts';
import { notifySections } from './notify.ts';
import { webSection } from './web.ts';

/** sockaddr_un(7): a socket's path has 108 bytes, with its closing zero. */
const SOCKET_PATH_BYTES_MAX = 107;
/** Daemons beside this one on one Asterisk. */
const PEERS_MAX = 7;

const absolutePath = (be: string) => z.string(must(be)).regex(/^\/[^\0]*[^/\0]$/, must(be));

const ariUrl = z
  .string(must('a URL such as "http://127.0.0.1:8088/ari"'))
  .refine(isPlainUrl, must('a URL such as "http://127.0.0.1:8088/ari", without a user, password or query'))
  .transform((url) => url.replace(/\/+$/, ''));

function isPlainUrl(text: string): boolean {
  const url = URL.parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return false;
  return url.username === '' && url.password === '' && url.search === '' && url.hash === '';
}

const applicationName = z
  .string(must('a name of letters, digits, "-" and "_"'))
  .regex(/^[\w-]{1,64}$/, must('a name of letters, digits, "-" and "_"'));

const credentials = {
  username: word('the name of a user that Asterisk knows').optional(),
  password: z.string(must('a password in quotes')).min(1, must('a password in quotes')).optional(),
  'password-file': word('the path of a file that holds the password').optional(),
};

const socketPath = absolutePath('an absolute path such as "/run/callwarden/callwarden.sock"').refine(
  (path) => Buffer.byteLength(path) <= SOCKET_PATH_BYTES_MAX,
  must(`a path of at most ${SOCKET_PATH_BYTES_MAX} bytes, as the system allows no longer one for a socket`),
);

export const sections = {
  pbx: z.strictObject({ name: word('a name for this PBX').optional() }),
  ari: z.strictObject({
    url: ariUrl.default('http://127.0.0.1:8088/ari'),
    ...credentials,
    application: applicationName.default('callwarden'),
    transport: oneOf(['auto', 'websocket', 'ari-client']).default('auto'),
    peers: z
      .array(applicationName, must('a list of names such as ["callwarden-b"]'))
      .max(PEERS_MAX, must(`a list of at most ${PEERS_MAX} names`))
      .default([]),
  }),
  agi: z.strictObject({
    enabled: z.boolean(must('true or false')).optional(),
    // It becomes a part of the dialplan.
    host: word('an address such as "127.0.0.1"')
      .regex(/^[\w.:-]+$/, must('an address such as "127.0.0.1"'))
      .default('127.0.0.1'),
    port: wholeNumber(1, 65_535, '').default(4574),
  }),
  dialplan: z.strictObject({
    door: oneOf(['stasis', 'broadcast', 'agi']).default('stasis'),
  }),
  ami: z.strictObject({
    enabled: z.boolean(must('true or false')).optional(),
    host: word('an address or a host name').default('127.0.0.1'),
    port: wholeNumber(1, 65_535, '').default(5038),
    ...credentials,
  }),
  database: z.strictObject({
    path: absolutePath('an absolute path such as "/var/lib/callwarden/callwarden.db"').default(
      DEFAULT_DATABASE,
    ),
  }),
  socket: z.strictObject({ path: socketPath.default(DEFAULT_SOCKET) }),
  security: z.strictObject({
    'key-file': word('the path of a file, such as "callwarden.key"').default(DEFAULT_KEY_FILE),
  }),
  deadlines: z.strictObject({
    'decision-ms': wholeNumber(100, 10_000, ' of milliseconds').default(2_000),
    'command-ms': wholeNumber(100, 10_000, ' of milliseconds').default(1_000),
    'connect-ms': wholeNumber(100, 60_000, ' of milliseconds').default(5_000),
  }),
  log: z.strictObject({
    level: oneOf(['error', 'warn', 'info', 'debug']).default('info'),
    format: oneOf(['auto', 'plain', 'json']).default('auto'),
  }),
  records: z.strictObject({
    'keep-days': wholeNumber(0, 36_500, ' of days').default(90),
    'keep-max': wholeNumber(0, 100_000_000, '').default(1_000_000),
  }),
  web: webSection,
  ...notifySections,
} as const;

export type SectionName = keyof typeof sections;

/** With the one that may stand there several times. */
export const sectionNames: readonly string[] = [...Object.keys(sections), 'webhooks'];
