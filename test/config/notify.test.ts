// Webhooks, mail and messages in the configuration: every problem at once, and no secret that the log would show.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkConfig, loadConfig } from '../../src/config/load.ts';
import { secretForms } from '../../src/config/secrets.ts';
import { AppError } from '../../src/errors.ts';
import { tempFile } from './temp-file.ts';

const LOGIN = '[ari]\nusername = "callwarden"\npassword = "s3cret"\n';
const HOOK = '[[webhooks]]\nurl = "https://example.com/h"\nevents = ["*"]\nsecret = "0123456789abcdef"\n';
const MAIL = '[mail]\nhost = "mail.example.com"\nfrom = "Callwarden <cw@example.com>"\n';

function problemsOf(text: string): readonly string[] {
  try {
    checkConfig('/x/callwarden.toml', `${LOGIN}${text}`);
  } catch (error) {
    if (error instanceof AppError) return error.details;
    throw error;
  }
  return [];
}

describe('the configuration of notices', () => {
  it('has neither webhooks nor mail unless somebody writes them', () => {
    const { webhooks, mail, messages } = checkConfig('x', LOGIN);
    expect([webhooks, mail, messages]).toEqual([[], null, { from: 'callwarden' }]);
    expect(checkConfig('x', `${LOGIN}[mail]\n`).mail).toBeNull();
  });

  it('takes several webhooks, and the usual port of each kind of mail server', () => {
    const { webhooks } = checkConfig('x', `${LOGIN}${HOOK}${HOOK}private-addresses = true\n`);
    const hook = { url: 'https://example.com/h', events: ['*'], secret: '0123456789abcdef' };
    expect(webhooks).toEqual([
      { ...hook, privateAddresses: false },
      { ...hook, privateAddresses: true },
    ]);
    const portOf = (more: string) => checkConfig('x', `${LOGIN}${MAIL}${more}`).mail?.port;
    expect(['', 'tls = "tls"', 'tls = "none"', 'port = 2525'].map(portOf)).toEqual([587, 465, 25, 2525]);
  });

  it('says all that is wrong at once, each with its place', () => {
    const problems = problemsOf(`
      [[webhooks]]\nurl = "ftp://example.com"\nevents = []\nsecret = "0123456789abcdef"
      [[webhooks]]\nurl = "http://user:pw@example.com"\nevents = ["pikcup"]\nsecret = "0123456789abcdef"
      [[webhooks]]\nurl = "http://example.com"\nevents = ["pikcup"]\nsecret = "short"
      [[webhooks]]\nurl = "http://example.com"\nevents = ["*"]
      [[webhooks]]\nurl = "http://example.com"\nevents = ["*"]\nsecret = "0123456789abcdef"\nsecret-file = "x"\nurll = 1
      [mail]\nfrom = "a@b.c, d@e.f"\nport = 0\ntls = "ssl"\npassword = ""
      [messages]\nfrom = "sip:a@b;x=1\\r\\nVia: y"`);
    for (const words of [
      /^\[\[webhooks\]\] 1 url must be a URL/,
      /^\[\[webhooks\]\] 1 events must be a list/,
      /^\[\[webhooks\]\] 2 url must be a URL/,
      /^\[\[webhooks\]\] 3 events: “pikcup” is no kind of event\. Did you mean pickup\?$/,
      /^\[\[webhooks\]\] 3 secret must have at least 16 characters/,
      /^\[\[webhooks\]\] 4 secret is missing/,
      /^\[\[webhooks\]\] 5 urll is unknown\. Did you mean url\?$/,
      /^\[mail\] from must be a mail address/,
      /^\[mail\] port must be a whole number/,
      /^\[mail\] tls must be one of "starttls", "tls", "none"/,
      /^\[mail\] password must be a password/,
      /^\[messages\] from must be a name/,
    ]) {
      expect(
        problems.filter((problem) => words.test(problem)),
        String(words),
      ).toHaveLength(1);
    }
    expect(problems.join()).not.toContain('short"');
  });

  it.each([
    ['webhooks = 5', /must be a list of sections/],
    ['[webhooks]\nurl = "http://example.com"', /must be a list of sections/],
    [HOOK.repeat(11), /at most 10/],
    ['[mail]\nhost = "mail.example.com"', /\[mail\] from is missing/],
    ['[mail]\nfrom = "cw@example.com"', /\[mail\] host is missing/],
    [`${MAIL}username = "a"`, /\[mail\] password is missing/],
    [`${MAIL}password = "a"`, /\[mail\] username is missing/],
    [`${MAIL}username = "a"\npassword = "b"\ntls = "none"`, /must not be "none"/],
    [`${MAIL}username = "a"\npassword-file = "/no/such/file"`, /password-file cannot be used/],
    ['[mial]\nhost = "x"', /Did you mean \[mail\]\?/],
  ])('refuses %j', (text, words) => {
    expect(problemsOf(text.startsWith('webhooks') ? '' : text).join('\n') || onTop(text)).toMatch(words);
  });

  it('reads secrets from files of their own', () => {
    const file = tempFile(
      `${LOGIN}${MAIL}username = "a"\npassword-file = "mail"\n${HOOK.replace(/secret = .*/, 'secret-file = "hook"')}`,
    );
    writeFileSync(join(file, '..', 'mail'), 'p w\n', { mode: 0o600 });
    writeFileSync(join(file, '..', 'hook'), 'from a file, long enough\n', { mode: 0o600 });
    const { mail, webhooks } = loadConfig({ path: file, env: {} });
    expect([mail?.password, webhooks[0]?.secret]).toEqual(['p w', 'from a file, long enough']);
  });

  it('masks secrets in every form, and the place behind the host of a webhook', () => {
    const config = checkConfig(
      'x',
      `${LOGIN}${MAIL}username = "u"\npassword = "p w"\n${HOOK.replace('/h', '/services/T0/abc?k=1')}`,
    );
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    expect(secretForms(config)).toEqual(
      expect.arrayContaining([
        's3cret',
        'p w',
        'p%20w',
        base64('p w'),
        base64('\0u\0p w'),
        '0123456789abcdef',
        '/services/T0/abc?k=1',
      ]),
    );
    expect(secretForms(checkConfig('x', `${LOGIN}${HOOK}`))).not.toContain('/h');
  });
});

/** What must stand above every section. */
function onTop(line: string): string {
  try {
    checkConfig('/x/callwarden.toml', `${line}\n${LOGIN}`);
    return '';
  } catch (error) {
    return error instanceof AppError ? error.details.join('\n') : String(error);
  }
}
