// How people and other programs are told, in callwarden.toml: webhooks, mail, SIP MESSAGE.
import { z } from 'zod';
import { nearestWord } from '../nearest-word.ts';
import { must, oneOf, wholeNumber, word } from './forms.ts';
import type { RawConfig } from './read.ts';

/** Kinds of events that a webhook can ask for. */
export const eventKinds = [
  'pickup',
  'ringing-ended',
  'alert',
  'denial',
  'emergency',
  'quarantine',
  'limit',
  'fraud-sign',
  'pin-locked',
  'unscreened-call',
] as const;

const WEBHOOKS_MAX = 10;
const URL_LENGTH_MAX = 2000;
/** A shorter one can be guessed. */
const SECRET_LENGTH_MIN = 16;

export interface WebhookConfig {
  readonly url: string;
  /** Kinds of events, or `*`. */
  readonly events: readonly string[];
  readonly secret: string;
  readonly privateAddresses: boolean;
}

export interface MailConfig {
  readonly host: string;
  readonly port: number;
  readonly tls: 'starttls' | 'tls' | 'none';
  /** '' where the server asks for none. */
  readonly username: string;
  readonly password: string;
  /** `callwarden@example.com` or `Name <callwarden@example.com>`. */
  readonly from: string;
}

const aUrl = 'a URL such as "https://example.com/hook", without user, password and fragment';
const anAddress = 'a mail address such as "Callwarden <callwarden@example.com>"';
const aSender = 'a name such as "callwarden", or "name@host"';
const MAILBOX = /^(?:[^\p{C}<>"@,;:\\]* <)?[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+>?$/u;

const webhook = z.strictObject({
  url: z.string(must(aUrl)).max(URL_LENGTH_MAX, must(aUrl)).refine(isHookUrl, must(aUrl)),
  events: z
    .array(z.string(must('a list such as ["pickup"]')), must('a list such as ["pickup"], or ["*"] for all'))
    .min(1, must('a list such as ["pickup"], or ["*"] for all')),
  secret: z.string(must('a text in quotes')).optional(),
  'secret-file': word('the path of a file that holds the secret').optional(),
  'private-addresses': z.boolean(must('true or false')).default(false),
});

function isHookUrl(text: string): boolean {
  const url = URL.parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return false;
  return url.username === '' && url.password === '' && url.hash === '';
}

export const notifySections = {
  mail: z.strictObject({
    host: word('an address or a host name').optional(),
    port: wholeNumber(1, 65_535, '').optional(),
    tls: oneOf(['starttls', 'tls', 'none']).default('starttls'),
    username: word('the name of an account at the mail server').optional(),
    password: z.string(must('a password in quotes')).min(1, must('a password in quotes')).optional(),
    'password-file': word('the path of a file that holds the password').optional(),
    from: z.string(must(anAddress)).max(320, must(anAddress)).regex(MAILBOX, must(anAddress)).optional(),
  }),
  messages: z.strictObject({
    from: z
      .string(must(aSender))
      .regex(/^[\w.+-]{1,64}(?:@[\w.:-]{1,200})?$/, must(aSender))
      .default('callwarden'),
  }),
};

/** The hooks that are right; what is wrong with the others is added to `problems`. */
export function readWebhooks(raw: RawConfig, problems: string[]): readonly WebhookConfig[] {
  const found = raw.table['webhooks'];
  if (found === undefined) return [];
  if (!Array.isArray(found) || found.some((one) => typeof one !== 'object')) {
    problems.push('webhooks must be a list of sections: write [[webhooks]] above the keys of each.');
    return [];
  }
  if (found.length > WEBHOOKS_MAX) problems.push(`There may be at most ${WEBHOOKS_MAX} [[webhooks]].`);
  return found.flatMap((one, index) => readWebhook(raw, one, `[[webhooks]] ${index + 1}`, problems));
}

function readWebhook(raw: RawConfig, given: unknown, title: string, problems: string[]): WebhookConfig[] {
  const result = webhook.safeParse(given);
  if (!result.success) {
    for (const issue of result.error.issues) {
      if (issue.code === 'unrecognized_keys') {
        problems.push(
          ...issue.keys.map((key) => `${title} ${key} is unknown. ${known(key, Object.keys(webhook.shape))}`),
        );
      } else {
        problems.push(`${title} ${issue.path.join('.')} ${issue.message}.`);
      }
    }
    return [];
  }
  const { url, events, secret, 'secret-file': file, 'private-addresses': privateAddresses } = result.data;
  const before = problems.length;
  const unknown = events.filter((event) => event !== '*' && !eventKinds.some((kind) => kind === event));
  problems.push(
    ...unknown.map((event) => `${title} events: “${event}” is no kind of event. ${known(event, eventKinds)}`),
  );
  const held = readSecret(raw, { title, key: 'secret', given: secret, file }, problems);
  if (held !== null && held.length < SECRET_LENGTH_MIN) {
    problems.push(
      `${title} secret must have at least ${SECRET_LENGTH_MIN} characters: \`openssl rand -hex 32\` draws one.`,
    );
  }
  if (problems.length > before || held === null) return [];
  return [{ url, events, secret: held, privateAddresses }];
}

const known = (given: string, words: readonly string[]) => {
  const near = nearestWord(given, words);
  return near === null ? `Known are ${words.join(', ')}.` : `Did you mean ${near}?`;
};

interface Secret {
  readonly title: string;
  readonly key: 'secret' | 'password';
  readonly given: string | undefined;
  readonly file: string | undefined;
}

/** Null where there is none, which the problems then say. */
function readSecret(raw: RawConfig, { title, key, given, file }: Secret, problems: string[]): string | null {
  if (given !== undefined && file !== undefined) {
    problems.push(`${title} has both ${key} and ${key}-file. Keep one of them.`);
    return null;
  }
  if (given !== undefined) return given;
  if (file === undefined) {
    problems.push(`${title} ${key} is missing: set it, or name a file that holds it in ${key}-file.`);
    return null;
  }
  const found = raw.secrets.get(file);
  if (found && 'secret' in found) return found.secret;
  problems.push(`${title} ${key}-file cannot be used: ${found?.problem ?? 'it was not read'}.`);
  return null;
}

/** Null where no mail is sent, and where the section is wrong, which the problems then say. */
export function readMail(
  raw: RawConfig,
  mail: z.infer<(typeof notifySections)['mail']>,
  problems: string[],
): MailConfig | null {
  const section = raw.table['mail'];
  if (section === undefined || (typeof section === 'object' && Object.keys(section).length === 0))
    return null;
  const { host, port, tls, username, password, 'password-file': file, from } = mail;
  if (host === undefined) problems.push('[mail] host is missing: it must be the name of a mail server.');
  if (from === undefined) problems.push(`[mail] from is missing: it must be ${anAddress}.`);
  const before = problems.length;
  const wanted = { title: '[mail]', key: 'password', given: password, file } as const;
  const secret = username === undefined ? '' : readSecret(raw, wanted, problems);
  if (username === undefined && (password ?? file) !== undefined) {
    problems.push('[mail] username is missing: the password is of no use without it.');
  }
  if (username !== undefined && tls === 'none' && !isThisMachine(host)) {
    problems.push('[mail] tls must not be "none" where a password is sent to another machine.');
  }
  if (problems.length > before || host === undefined || from === undefined || secret === null) return null;
  const usual = { starttls: 587, tls: 465, none: 25 }[tls];
  return { host, port: port ?? usual, tls, username: username ?? '', password: secret, from };
}

const isThisMachine = (host: string | undefined) =>
  host === 'localhost' || host === '::1' || (host?.startsWith('127.') ?? false);
