// [web]: where the console and the API listen, and what is refused because passwords would cross a network readable.
import { describe, expect, it } from 'vitest';
import { checkConfig } from '../../src/config/load.ts';
import { AppError } from '../../src/errors.ts';

const LOGIN = '[ari]\nusername = "callwarden"\npassword = "s3cret"\n';

const load = (web: string) => checkConfig('/etc/callwarden/callwarden.toml', `${LOGIN}[web]\n${web}`).web;

function problemsOf(web: string): readonly string[] {
  try {
    load(web);
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.details;
  }
}

describe('the section [web]', () => {
  it('is on, for this machine alone, where nothing is said', () => {
    expect(load('')).toEqual({
      enabled: true,
      host: '127.0.0.1',
      port: 8880,
      tls: null,
      trustedProxies: [],
      hosts: [],
      metrics: true,
    });
  });

  it('takes every key, with paths that start where the file is', () => {
    expect(
      load(`enabled = true\nlisten = "[::]:443"\ncertificate = "web.crt"\nkey = "/etc/ssl/web.key"\nbehind-proxy = true
        trusted-proxies = ["10.0.0.0/24", "fd00::1"]\nhosts = ["PBX.example.com"]\nmetrics = false`),
    ).toEqual({
      enabled: true,
      host: '::',
      port: 443,
      tls: { certificate: '/etc/callwarden/web.crt', key: '/etc/ssl/web.key' },
      trustedProxies: ['10.0.0.0/24', 'fd00::1'],
      hosts: ['pbx.example.com'],
      metrics: false,
    });
    expect(load('behind-proxy = true').trustedProxies).toEqual(['127.0.0.1', '::1']);
    expect(load('listen = "[::1]:0"')).toMatchObject({ host: '::1', port: 0 });
  });

  it.each(['0.0.0.0:8880', '[::]:8880', '192.0.2.7:80', '[fd00::1]:8880'])(
    'does not listen on %s without a certificate, unless told that it is insecure',
    (listen) => {
      expect(problemsOf(`listen = "${listen}"`)).toEqual([
        expect.stringMatching(
          /^\[web\] listen must stay on this machine.*certificate and key.*docs\/web\.md/,
        ),
      ]);
      expect(load(`listen = "${listen}"\ninsecure = true`).tls).toBeNull();
      expect(load(`listen = "${listen}"\nenabled = false`).enabled).toBe(false);
      expect(load(`listen = "${listen}"\ncertificate = "a"\nkey = "b"`).tls).not.toBeNull();
    },
  );

  it('tells all that is wrong at once, each with its key and in a sentence', () => {
    const problems = problemsOf(`listen = "0.0.0.0:8880"\ncertificate = "a"\ntrusted-proxies = ["10.0.0.1"]`);
    expect(problems).toEqual([
      '[web] key is missing: the certificate is of no use without it.',
      '[web] trusted-proxies is of no use without behind-proxy = true.',
    ]);
  });

  it.each([
    ['listen = "8880"', /an address and a port/],
    ['listen = "localhost:8880"', /an address and a port/],
    ['listen = "127.0.0.1:70000"', /an address and a port/],
    ['listen = "::1:8880"', /an address and a port/],
    ['hosts = ["https://pbx.example.com"]', /without scheme and port/],
    ['hosts = ["pbx.example.com:8880"]', /without scheme and port/],
    ['hosts = ["*"]', /without scheme and port/],
    ['trusted-proxies = ["proxy.example.com"]\nbehind-proxy = true', /addresses or networks/],
    ['trusted-proxies = ["10.0.0.0/33"]\nbehind-proxy = true', /addresses or networks/],
    ['key = "b"', /certificate is missing/],
    ['certifcate = "b"', /Did you mean certificate\?/],
  ])('refuses %s', (line, words) => {
    expect(problemsOf(line)).toEqual([expect.stringMatching(words)]);
  });
});
