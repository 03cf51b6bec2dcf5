// Mail over a real SMTP server, one that behaves badly too: hostile names stay text, TLS is verified, nothing is for ever.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMailer, type MailOptions, type MailPorts } from '../../src/notify/mail.ts';
import { eventually } from '../lab/processes.ts';
import { startSmtpServer, type SmtpServer } from './smtp-server.ts';

const DEADLINE_MS = 10_000;
const mail = { to: 'ana@example.com', subject: 'Bob took your call', text: 'Bob (1003) took your call.' };

function make(
  server: Pick<SmtpServer, 'port'>,
  rest: Partial<MailOptions> = {},
  ports: Partial<MailPorts> = {},
) {
  return createMailer(
    {
      host: 'localhost',
      port: server.port,
      tls: 'none',
      username: '',
      password: '',
      from: 'Callwarden <callwarden@example.com>',
      ...rest,
    },
    { nowMs: Date.now, onProblem: () => undefined, bounds: { firstPauseMs: 1, pauseMaxMs: 5 }, ...ports },
  );
}

/** The lines of the head, those that go on joined. */
const headOf = (data: string) =>
  (data.split('\r\n\r\n')[0] ?? '').replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');

describe('mail', () => {
  it('arrives as plain text from the configured sender, and says that a program wrote it', async () => {
    await using server = await startSmtpServer();
    await using mailer = make(server);
    mailer.put(mail);
    expect(await eventually(() => server.taken.length === 1, DEADLINE_MS)).toBe(true);
    const [taken] = server.taken;
    expect(taken).toMatchObject({
      from: 'MAIL FROM:<callwarden@example.com>',
      to: ['RCPT TO:<ana@example.com>'],
    });
    expect(headOf(taken?.data ?? '')).toEqual(
      expect.arrayContaining([
        'From: Callwarden <callwarden@example.com>',
        'To: ana@example.com',
        'Subject: Bob took your call',
        'Auto-Submitted: auto-generated',
      ]),
    );
    expect(taken?.data).toContain('Bob (1003) took your call.');
    expect(await eventually(() => mailer.state().sent === 1, DEADLINE_MS)).toBe(true);
  });

  it('has no header, receiver or command that a name could add', async () => {
    await using server = await startSmtpServer();
    await using mailer = make(server);
    const evil =
      'x\r\nBcc: evil@example.net\r\n\r\n.\r\nRCPT TO:<evil@example.net>\r\n\u2028\0漢字 "<a@b.c>", =?utf-8?q?x?=';
    expect(await mailer.tryOnce({ ...mail, subject: evil, text: `${evil}\n.\nRSET` })).toEqual({
      kind: 'sent',
    });
    const [taken] = server.taken;
    expect(taken?.to).toEqual(['RCPT TO:<ana@example.com>']);
    const names = headOf(taken?.data ?? '').map((line) => line.split(':')[0]);
    expect(names).toHaveLength(9);
    expect(names).toEqual(
      expect.arrayContaining([
        'Auto-Submitted',
        'Content-Transfer-Encoding',
        'Content-Type',
        'Date',
        'From',
        'MIME-Version',
        'Message-ID',
        'Subject',
        'To',
      ]),
    );
    expect(server.lines.filter((line) => line.includes('evil'))).toEqual([]);
  });

  it.each([
    '',
    'ana',
    'ana@example.com, eve@example.net',
    'Ana <ana@example.com>',
    'ana@example.com\r\nRCPT TO:<eve@example.net>',
    '"a b"@example.com',
    'ana@example.com>',
    `${'a'.repeat(300)}@example.com`,
  ])('goes to one plain address or nowhere: %j', async (to) => {
    await using server = await startSmtpServer();
    await using mailer = make(server);
    expect(await mailer.tryOnce({ ...mail, to })).toMatchObject({ kind: 'refused' });
    expect(server.lines).toEqual([]);
  });

  it('is tried again after 451 and a cut connection, given up after 550, and the next one goes out', async () => {
    await using server = await startSmtpServer();
    const answers = ['451 later', '421 later'];
    server.instead = (line) => (line.startsWith('MAIL') ? (answers.shift() ?? null) : null);
    await using mailer = make(server);
    mailer.put(mail);
    expect(await eventually(() => mailer.state().sent === 1, DEADLINE_MS)).toBe(true);
    server.instead = (line) => (line.includes('gone@') ? '550 no such user' : null);
    mailer.put({ ...mail, to: 'gone@example.com' });
    mailer.put(mail);
    expect(await eventually(() => mailer.state().sent === 2, DEADLINE_MS)).toBe(true);
    expect(mailer.state()).toMatchObject({ failed: 1, lastProblem: 'refuses the mail (550)', working: true });
    expect(server.lines.filter((line) => line.includes('gone@'))).toHaveLength(1);
  });

  it('gives up on a server that is silent, and stops within its deadline with a full queue', async () => {
    await using server = await startSmtpServer();
    server.instead = () => '';
    const mailer = make(server);
    for (let number = 0; number < 250; number += 1) mailer.put(mail);
    expect(await eventually(() => server.connections() === 1, DEADLINE_MS)).toBe(true);
    const startedMs = performance.now();
    await mailer[Symbol.asyncDispose]();
    expect(performance.now() - startedMs).toBeLessThan(DEADLINE_MS);
    const { queued, failed, dropped } = mailer.state();
    expect([queued, failed + dropped]).toEqual([0, 250]);
    expect(await eventually(() => server.connections() === 0, DEADLINE_MS)).toBe(true);
    await using other = make(server);
    expect(await other.tryOnce(mail)).toMatchObject({ kind: 'failed' });
    expect(await eventually(() => server.connections() === 0, DEADLINE_MS)).toBe(true);
  }, 30_000);

  it('says nothing to a server that offers no TLS where TLS is asked for', async () => {
    await using server = await startSmtpServer({ auth: true });
    await using mailer = make(server, { tls: 'starttls', username: 'callwarden', password: 's3cret' });
    const result = await mailer.tryOnce(mail);
    expect(result.kind).toBe('failed');
    expect(server.lines.filter((line) => !/^(EHLO|STARTTLS|QUIT)/.test(line))).toEqual([]);
    expect(JSON.stringify(result)).not.toContain('s3cret');
  });
});

describe.runIf(existsSync('/usr/bin/openssl'))('mail over TLS', () => {
  const directory = mkdtempSync(join(tmpdir(), 'callwarden-mail-'));
  let tls = { key: '', cert: '' };
  beforeAll(() => {
    const words =
      'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost';
    const files = ['-keyout', join(directory, 'key'), '-out', join(directory, 'cert')];
    execFileSync('openssl', [...words.split(' '), ...files], { stdio: 'ignore' });
    tls = {
      key: readFileSync(join(directory, 'key'), 'utf8'),
      cert: readFileSync(join(directory, 'cert'), 'utf8'),
    };
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it.each(['starttls', 'tls'] as const)(
    'is sent with a login once the certificate is right: %s',
    async (way) => {
      await using server = await startSmtpServer({ tls, implicit: way === 'tls', auth: true });
      const login = { tls: way, username: 'callwarden', password: 's3cret' };
      await using stranger = make(server, login);
      expect(await stranger.tryOnce(mail)).toMatchObject({ kind: 'failed' });
      await using elsewhere = make(server, { ...login, host: '127.0.0.1' }, { ca: tls.cert });
      expect(await elsewhere.tryOnce(mail)).toMatchObject({ kind: 'failed' });
      expect([server.taken, server.lines.filter((line) => line.startsWith('AUTH'))]).toEqual([[], []]);
      await using mailer = make(server, login, { ca: tls.cert });
      expect(await mailer.tryOnce(mail)).toEqual({ kind: 'sent' });
      expect(server.taken[0]).toMatchObject({ encrypted: true, login: '|callwarden|s3cret' });
    },
  );

  it('says of a login that is refused no more than that', async () => {
    await using server = await startSmtpServer({ tls, auth: true });
    server.instead = (line) => (line.startsWith('AUTH') ? '535 5.7.8 no s3cret for you' : null);
    await using mailer = make(
      server,
      { tls: 'starttls', username: 'callwarden', password: 's3cret' },
      { ca: tls.cert },
    );
    expect(await mailer.tryOnce(mail)).toEqual({ kind: 'failed', problem: 'refuses the login (535)' });
  });
});
