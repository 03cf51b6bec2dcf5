// The door of the console and the API: under which names one comes in, who is asking, what is too much, and what two may not do at once.
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { addressKey, createRateLimiter } from '../../src/http/rate-limit.ts';
import { isOurHost } from '../../src/http/host-names.ts';
import { eventually } from '../lab/processes.ts';
import { AS, askWeb, webHouse } from './web-house.ts';

const as = (account: string) => ({ [AS]: account });

describe('the door of the web side', () => {
  it('answers under the names of this machine and those of the configuration, and under no other', async () => {
    const { port } = await webHouse({ hosts: ['pbx.example.com'] });
    const statusOf = async (host: string) =>
      (await askWeb(port, '/api/v1/settings', { headers: { host } })).status;
    for (const host of ['127.0.0.1', `127.0.0.1:${port}`, 'localhost:1', '[::1]:80', 'PBX.example.com:443']) {
      expect([host, await statusOf(host)]).toEqual([host, 401]);
    }
    for (const host of ['rebound.example.net', 'pbx.example.com.evil.net', '10.0.0.1', '127.0.0.1.nip.io']) {
      expect([host, await statusOf(host)]).toEqual([host, 403]);
    }
    const refused = await askWeb(port, '/metrics', {
      headers: { host: 'rebound.example.net', ...as('maria') },
    });
    expect(JSON.parse(refused.text)).toMatchObject({
      status: 403,
      detail: expect.stringContaining('[web] hosts'),
    });
  });

  it.each([
    ['192.0.2.7', '192.0.2.7', true],
    ['192.0.2.7:8880', '::ffff:192.0.2.7', true],
    ['[2001:db8::1]', '2001:db8::1', true],
    ['192.0.2.8', '192.0.2.7', false],
    ['[::1', '::1', false],
    ['localhost.', '127.0.0.1', false],
  ])('takes the host %s on the address %s: %s', (host, localAddress, expected) => {
    expect(isOurHost(host, new Set(), localAddress)).toBe(expected);
  });

  it('tells the browser with each answer to run and show nothing of others', async () => {
    const { port } = await webHouse();
    for (const path of ['/api/v1/settings', '/nowhere', '/api/v1/nowhere', '/health']) {
      const { headers } = await askWeb(port, path);
      expect([path, headers['content-security-policy']]).toEqual([
        path,
        expect.stringContaining("frame-ancestors 'none'"),
      ]);
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
      expect(headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  it('says of each address which methods it takes, and of one that is not there only that', async () => {
    const { port } = await webHouse();
    const ask = async (method: string, path: string) => {
      const { status, headers } = await askWeb(port, path, { method });
      return [status, headers.allow ?? ''];
    };
    expect(await ask('PUT', '/api/v1/settings')).toEqual([405, 'GET, HEAD, OPTIONS, PATCH']);
    expect(await ask('HEAD', '/api/v1/sign-in')).toEqual([404, '']);
    expect(await ask('PUT', '/api/v1/openapi.json')).toEqual([405, 'GET, HEAD, OPTIONS']);
    for (const path of ['/', '/health', '/ready']) {
      expect(await ask('POST', path)).toEqual([405, 'GET, HEAD, OPTIONS']);
      expect(await ask('OPTIONS', path)).toEqual([204, 'GET, HEAD, OPTIONS']);
    }
    for (const path of ['/api/v1', '/api/v1/', '/api/v1/nowhere', '/api/v1/settings/', '/nowhere']) {
      expect([path, await ask('DELETE', path)]).toEqual([path, [404, '']]);
    }
    expect(await ask('PATCH', '/api/v1/settings')).toEqual([401, '']);
  });

  it('gives one account 429 and when to come again, and another one nothing of that', async () => {
    const { port } = await webHouse({ monotonicMs: () => 0 });
    const ask = (account: string) => askWeb(port, '/api/v1/settings', { headers: as(account) });
    const burst = await Promise.all(Array.from({ length: 600 }, () => ask('maria')));
    const refused = burst.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(200);
    expect(new Set(burst.map(({ status }) => status))).toEqual(new Set([200, 429]));
    expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThan(0);
    expect((await ask('otto')).status).toBe(200);
  });

  it('makes an account wait who asks for one file after the other, and answers its pages meanwhile', async () => {
    const { port } = await webHouse({ monotonicMs: () => 0 });
    const ask = (path: string, account = 'maria') => askWeb(port, `/api/v1${path}`, { headers: as(account) });
    const files = await Promise.all(Array.from({ length: 30 }, () => ask('/policy.toml')));
    const refused = files.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(10);
    expect(JSON.parse(refused[0]?.text ?? '').detail).toMatch(/Too many files by maria; try again in \d+ s/);
    expect((await ask('/rules.csv')).status).toBe(429);
    expect((await ask('/settings')).status).toBe(200);
    expect((await ask('/policy.toml', 'otto')).status).toBe(200);
  });

  it('makes whole files in the thread for reports, and answers others meanwhile', async () => {
    const asked = Promise.withResolvers<void>();
    const made = Promise.withResolvers<never>();
    const read = () => {
      asked.resolve();
      return made.promise;
    };
    const { port } = await webHouse({ ports: { heavy: { read } } });
    const ask = (path: string) => askWeb(port, `/api/v1${path}`, { headers: as('maria') });
    const files = Promise.all(['/policy.toml', '/extensions.csv'].map(ask));
    await asked.promise;
    expect((await ask('/settings')).status).toBe(200);
    made.reject(new AppError('unavailable', 'Too long; try again later.'));
    expect((await files).map(({ status }) => status)).toEqual([503, 503]);
  });

  it('believes a proxy that it knows who asks, and nobody else', async () => {
    const seen: string[] = [];
    const { peerOf } = await import('../../src/http/peer.ts');
    const remember = {
      identify: (context: Parameters<typeof peerOf>[0]) => {
        const { address, isSecure } = peerOf(context);
        seen.push(`${address} ${isSecure}`);
        return Promise.resolve({ kind: 'unknown' as const });
      },
    };
    const forwarded = {
      'x-forwarded-for': '198.51.100.9, 203.0.113.5, 10.0.0.3',
      'x-forwarded-proto': 'https',
    };
    const behind = await webHouse({ ports: remember, trusted: ['127.0.0.1', '10.0.0.0/24'] });
    await askWeb(behind.port, '/api/v1/settings', { headers: forwarded });
    await askWeb(behind.port, '/api/v1/settings', { headers: { 'x-forwarded-for': 'nonsense, ' } });
    const open = await webHouse({ ports: remember });
    await askWeb(open.port, '/api/v1/settings', { headers: forwarded });
    expect(seen).toEqual(['203.0.113.5 true', '127.0.0.1 false', '127.0.0.1 false']);
  });

  it('lets one of two administrators through who change the same thing, and tells the other', async () => {
    const { port } = await webHouse();
    const read = await askWeb(port, '/api/v1/settings', { headers: as('maria') });
    const etag = read.headers.etag ?? '';
    const patch = (account: string, value: string) =>
      askWeb(port, '/api/v1/settings', {
        method: 'PATCH',
        headers: { ...as(account), 'if-match': etag, 'content-type': 'application/json' },
        body: JSON.stringify({ mode: [value] }),
      });
    const answers = await Promise.all([patch('maria', 'observe'), patch('otto', 'observe')]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412]);
  });

  it('refuses a body that is too long, and one that is no JSON, with a sentence', async () => {
    const { port } = await webHouse();
    const patch = (body: string) =>
      askWeb(port, '/api/v1/settings', {
        method: 'PATCH',
        headers: { ...as('maria'), 'if-match': '*', 'content-type': 'application/json' },
        body,
      });
    expect(await patch('x'.repeat(65 * 1024))).toMatchObject({ status: 413 });
    expect(await patch('{')).toMatchObject({ status: 400, text: expect.stringContaining('not valid JSON') });
    expect((await askWeb(port, '/api/v1/settings', { headers: as('maria') })).status).toBe(200);
  });

  it('takes in so many files at once as it has room for, and more when they are done', async () => {
    const { port } = await webHouse();
    const file = 'x'.repeat(50 * 1024 * 1024);
    const headers = { ...as('maria'), 'content-type': 'text/csv', 'content-length': file.length + 1 };
    const first = request({
      host: '127.0.0.1',
      port,
      path: '/api/v1/extensions.csv',
      method: 'POST',
      headers,
    });
    first.on('error', () => undefined);
    await new Promise((resolve) => void first.write(file, resolve));
    const send = async () => {
      const question = { method: 'POST', headers: { ...headers, 'content-length': file.length }, body: file };
      return (await askWeb(port, '/api/v1/extensions.csv', question).catch(() => ({ status: 503 }))).status;
    };
    expect(await eventually(async () => (await send()) === 503, 15_000, 200)).toBe(true);
    expect((await askWeb(port, '/api/v1/settings', { headers: as('maria') })).status).toBe(200);
    first.destroy();
    expect(await eventually(async () => (await send()) === 400, 15_000, 200)).toBe(true);
  });
});

describe.each([
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:DB8:1:2::9', '2001:db8:1:2'],
  ['2001:db8::9', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('the address %s', (address, key) => {
  it(`counts as ${key}`, () => expect(addressKey(address)).toBe(key));
});

describe('a rate limit', () => {
  it('fills again with time, and forgets who asked longest ago', () => {
    let nowMs = 0;
    const limiter = createRateLimiter({ burst: 3, perSecond: 0.5 }, () => nowMs);
    expect([1, 2, 3, 4].map(() => limiter.take('a'))).toEqual([0, 0, 0, 2]);
    nowMs = 2_000;
    expect([limiter.take('a'), limiter.take('a')]).toEqual([0, 2]);
    for (let other = 0; other < 10_000; other += 1) limiter.take(`other ${other}`);
    expect(limiter.take('a')).toBe(0);
  });
});
