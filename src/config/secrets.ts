// The secrets of a configuration in every form in which they could turn up in a text.
import type { Config } from './config.ts';

/**
 * For the logger, which masks them: as written, as in a URL, as in an HTTP header, as in SMTP, and what stands behind the host in a
 * webhook's URL, which may be a secret, too. The longest first.
 */
export function secretForms({
  ari,
  ami,
  mail,
  webhooks,
}: Pick<Config, 'ari' | 'ami' | 'mail' | 'webhooks'>): readonly string[] {
  const logins = [ari, ami, ...(mail ? [mail] : [])].filter(({ password }) => password !== '');
  const forms = [
    ...logins.flatMap(loginForms),
    ...webhooks.flatMap(({ secret }) => plainForms(secret)),
    ...webhooks.map(({ url }) => placeOf(new URL(url))).filter((place) => place.length >= PLACE_LENGTH_MIN),
  ];
  return [...new Set(forms)].toSorted((a, b) => b.length - a.length);
}

/** Shorter ones are no secrets, and would mask half of a log. */
const PLACE_LENGTH_MIN = 12;

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

const placeOf = ({ pathname, search }: URL) => `${pathname}${search}`;

const loginForms = ({ username, password }: { readonly username: string; readonly password: string }) => [
  base64(`${username}:${password}`),
  base64(`\0${username}\0${password}`),
  ...plainForms(password),
];

const plainForms = (secret: string) => [encodeURIComponent(secret.toWellFormed()), base64(secret), secret];
