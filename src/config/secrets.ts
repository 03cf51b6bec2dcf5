// The secrets of a configuration in every form in which they could turn up in a text.
import type { Config } from './config.ts';

/** For the logger, which masks them: as written, as in a URL, and as in an HTTP header. The longest first. */
export function secretForms({ ari, ami }: Pick<Config, 'ari' | 'ami'>): readonly string[] {
  const forms = [ari, ami].flatMap(({ username, password }) =>
    password === ''
      ? []
      : [
          Buffer.from(`${username}:${password}`, 'utf8').toString('base64'),
          encodeURIComponent(password.toWellFormed()),
          password,
        ],
  );
  return [...new Set(forms)].toSorted((a, b) => b.length - a.length);
}
