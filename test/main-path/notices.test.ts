// Who is told of a pickup: with real phones, a real web server and a real mail server, on the real daemon.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { TellingStatus } from '../../src/http/telling-ports.ts';
import { eventually } from '../lab/processes.ts';
import { startReceiver, status, type Receiver } from '../notify/receiver.ts';
import { startSmtpServer, type SmtpServer } from '../notify/smtp-server.ts';
import { EXTENSIONS, pickupScene } from './pickup-scene.ts';

const DEADLINE_MS = 20_000;
const SECRET = 'a secret that nobody knows';

const policy = [
  'extension set 1001-1005',
  'extension set 1002 --mail ana@example.com',
  'extension set 1003 --name Bob',
  'extension set 1004 --pickup-notice none --mail eve@example.com',
  'pickup group create sales',
  'pickup group add sales 1002 1003 1004',
  'settings set pickup-notice message mail',
];

interface Told {
  readonly version: number;
  readonly id: string;
  readonly kind: string;
  readonly pbx: string;
  readonly data: Readonly<Record<string, unknown>>;
}

describe('notices of pickups', () => {
  let receiver: Receiver;
  let mailServer: SmtpServer;
  const servers = new AsyncDisposableStack();
  const scene = pickupScene(async () => {
    receiver = servers.use(await startReceiver());
    mailServer = servers.use(await startSmtpServer());
    const config = `[[webhooks]]
url = "${receiver.url}"
events = ["*"]
secret = "${SECRET}"
private-addresses = true
[[webhooks]]
url = "http://127.0.0.1:${receiver.port}/inside"
events = ["pickup"]
secret = "${SECRET}"
[mail]
host = "127.0.0.1"
port = ${mailServer.port}
tls = "none"
from = "callwarden@example.com"
`;
    return { policy, config, logLevel: 'debug', modules: ['res_pjsip_messaging'] };
  });
  const { phone, letRing } = scene;
  afterAll(() => servers.disposeAsync());
  beforeEach(() => {
    receiver.received.length = 0;
    receiver.answer = status(204);
    mailServer.taken.length = 0;
    for (const one of EXTENSIONS) phone(one).agent.texts.length = 0;
  });

  const told = (kind: string): readonly Told[] =>
    receiver.received.map(({ body }) => JSON.parse(body) as Told).filter((event) => event.kind === kind);
  const waitTold = async (kind: string, count = 1) => {
    expect(await eventually(() => told(kind).length >= count, DEADLINE_MS)).toBe(true);
    return told(kind);
  };
  const telling = async () => (await scene.pbx.status()).telling as TellingStatus;

  it('tells the owner by message and mail who took his call, and programs what happened', async () => {
    const { call } = await letRing('1001', '1002');
    const pickup = await phone('1003').call('**1002');
    await pickup.waitAnswered();
    await call.waitAnswered();
    const texts = () => phone('1002').agent.texts.map(({ text }) => text);
    expect(await eventually(() => texts().length > 0, DEADLINE_MS)).toBe(true);
    const sentence = /^Bob \(1003\) took your call from 1001(?: \(.*\))? at \d\d:\d\d\.$/;
    expect(texts()).toEqual([expect.stringMatching(sentence)]);
    expect(await eventually(() => mailServer.taken.length > 0, DEADLINE_MS)).toBe(true);
    expect(mailServer.taken.map(({ to }) => to)).toEqual([['RCPT TO:<ana@example.com>']]);
    expect(mailServer.taken[0]?.data).toContain('Subject: Bob (1003) took your call\r\n');
    await pickup.hangup();
    const [event] = await waitTold('pickup');
    expect(event).toMatchObject({
      version: 1,
      pbx: 'lab',
      data: {
        outcome: 'won',
        code: 'directed',
        target: '1002',
        picker: { extension: '1003', name: 'Bob' },
        call: { from: { extension: '1002' }, caller: { extension: '1001' } },
      },
    });
    const [ended] = await waitTold('ringing-ended');
    expect(ended).toMatchObject({
      pbx: 'lab',
      data: {
        outcome: 'rescued',
        answeredBy: '1003',
        takenFrom: '1002',
        callerExtension: '1001',
        dialled: '1002',
        extensions: [{ extension: '1002', outcome: 'taken' }],
      },
    });
    // Nobody else is told, least of all who did it himself.
    const others = EXTENSIONS.filter((one) => one !== '1002').flatMap((one) => phone(one).agent.texts);
    expect([others, mailServer.taken.length]).toEqual([[], 1]);
  });

  it('tells nobody who does not want to know, and programs of refusals with their reason', async () => {
    const { call } = await letRing('1001', '1004');
    const refused = await phone('1005').call('**1004');
    await refused.waitEnded();
    const pickup = await phone('1003').call('*8');
    await Promise.all([pickup.waitAnswered(), call.waitAnswered()]);
    await pickup.hangup();
    await call.waitEnded();
    const events = await waitTold('pickup', 2);
    expect(events.map(({ data }) => [data['outcome'], data['reason']])).toEqual([
      ['refused', 'no-right'],
      ['won', null],
    ]);
    expect([phone('1004').agent.texts, mailServer.taken]).toEqual([[], []]);
    expect(new Set(receiver.received.map(({ headers }) => headers['x-callwarden-id'])).size).toBe(
      receiver.received.length,
    );
  });

  it('keeps the name of a caller in its place, whatever it holds', async () => {
    const name = 'x"} at 14:05.\\r\\n.\\u2028 \u202Eevil\u0007, “漢字”';
    const { call } = await letRing('1001', '1002', { name });
    const pickup = await phone('1003').call('**1002');
    await pickup.waitAnswered();
    const texts = () => phone('1002').agent.texts.map(({ text }) => text);
    expect(await eventually(() => texts().length > 0 && mailServer.taken.length > 0, DEADLINE_MS)).toBe(true);
    expect(texts()[0]).toMatch(
      /^Bob \(1003\) took your call from 1001[^\p{C}\p{Zl}\p{Zp}]* at \d\d:\d\d\.$/u,
    );
    await pickup.hangup();
    await call.waitEnded();
    await waitTold('pickup');
  });

  it('says by a command what comes of a test, and in status what does not work', async () => {
    const run = async (words: string) => {
      const { code, output } = await scene.pbx.callwarden(`notify test ${words}`);
      return { code, output };
    };
    expect(await run('mail --to ana@example.com')).toMatchObject({ code: 0 });
    expect(mailServer.taken.at(-1)?.data).toContain('This is a test of callwarden on lab.');
    expect(await run('message --to 1002')).toMatchObject({ code: 0 });
    expect(phone('1002').agent.texts.at(-1)?.text).toBe('This is a test of callwarden on lab.');
    expect(await run('message --to 1099')).toMatchObject({
      code: 1,
      output: expect.stringContaining('no phone of 1099'),
    });
    // The second hook leads to this machine, which nobody allowed it.
    const hooks = await run('webhook');
    expect(hooks.code).toBe(1);
    expect(hooks.output).toMatch(/sent[^]*NOT sent: leads to 127\.0\.0\.1/);
    expect(told('test')).toHaveLength(1);
    expect(await run('mial --to a@b.c')).toMatchObject({
      code: 2,
      output: expect.stringContaining('Did you mean mail?'),
    });
    expect((await run('mail')).code).toBe(2);
    const state = await telling();
    expect(state.webhooks.map(({ working }) => working)).toEqual([true, false]);
    expect((await scene.pbx.status()).problems.join(' ')).toContain(
      `The webhook http://127.0.0.1:${receiver.port} leads to`,
    );
    expect(scene.pbx.log()).not.toContain('s3cret-place');
    expect(scene.pbx.log()).not.toContain(SECRET);
    expect(scene.pbx.log().match(/notify-problem/g)).toHaveLength(1);
  });

  it('drops a message while Asterisk is away, and says so in the log alone', async () => {
    await scene.pbx.lab.kill('SIGSTOP');
    expect(await eventually(async () => (await scene.pbx.status()).ari.state === 'down', 20_000)).toBe(true);
    const { code, output } = await scene.pbx.callwarden('notify test message --to 1002');
    expect([code, output]).toEqual([1, expect.stringContaining('Asterisk is not connected')]);
    await scene.pbx.lab.kill('SIGCONT');
    expect(await eventually(async () => (await scene.pbx.status()).ari.state === 'up', 20_000)).toBe(true);
    expect((await scene.pbx.callwarden('notify test message --to 1002')).code).toBe(0);
  });

  it('lets calls go on while nobody takes what is told, and stops in time with full queues', async () => {
    receiver.answer = () => undefined;
    mailServer.instead = () => '';
    for (let round = 0; round < 3; round += 1) {
      const { call } = await letRing('1001', '1002');
      const pickup = await phone('1003').call('**1002');
      await Promise.all([pickup.waitAnswered(), call.waitAnswered()]);
      await pickup.hangup();
      await call.waitEnded();
    }
    const isFull = async () => {
      const { webhooks, mail } = await telling();
      return (webhooks[0]?.queued ?? 0) > 0 && (mail?.queued ?? 0) > 0;
    };
    expect(await eventually(isFull, DEADLINE_MS)).toBe(true);
    expect(await scene.pbx.endDaemon('SIGTERM')).toBe(0);
    await scene.pbx.startDaemon();
    // Killed, it leaves nothing that would keep the next one from its work.
    await scene.pbx.endDaemon('SIGKILL');
    await scene.pbx.startDaemon();
    receiver.answer = status(204);
    mailServer.instead = () => null;
    expect((await scene.pbx.callwarden('notify test mail --to ana@example.com')).code).toBe(0);
  });
});
