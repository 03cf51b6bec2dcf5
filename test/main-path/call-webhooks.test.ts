// Who is told of outbound calls: a real web server hears of a refusal, an emergency call and a quarantine, and figures count them.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Phone } from '../lab/phone/phone.ts';
import { eventually } from '../lab/processes.ts';
import { startReceiver, type Receiver } from '../notify/receiver.ts';
import { startPbx, type Pbx } from '../pbx.ts';

const DEADLINE_MS = 20_000;

interface Told {
  readonly id: string;
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const resources = new AsyncDisposableStack();
let receiver: Receiver;
let pbx: Pbx;
let phone: Phone;

beforeAll(async () => {
  receiver = resources.use(await startReceiver());
  const config = `[[webhooks]]
url = "${receiver.url}"
events = ["denial", "emergency", "quarantine", "unscreened-call"]
secret = "a secret that nobody knows"
private-addresses = true
`;
  pbx = resources.use(
    await startPbx({ web: true, config, policy: ['extension set 1001 --name Ana', 'extension set 1002'] }),
  );
  phone = await pbx.lab.phone('1001');
});
afterAll(() => resources.disposeAsync());

const told = () => receiver.received.map(({ body }) => JSON.parse(body) as Told);

async function hears(kind: string, fits: (told: Told) => boolean = () => true): Promise<Told> {
  const find = () => told().find((one) => one.kind === kind && fits(one));
  await eventually(() => find() !== undefined, DEADLINE_MS);
  const found = find();
  if (!found)
    throw new Error(`Nobody was told of ${kind}:\n${JSON.stringify(told(), null, 1)}\n${pbx.log()}`);
  return found;
}

it('tells of a refusal with who, what, why and by which rule', async () => {
  const call = await phone.call('00541938384');
  expect((await call.waitFinal()).status).toBe(403);
  const { id, data } = await hears('denial');
  expect(id).toMatch(/^denial:\w+/);
  expect(data).toMatchObject({
    extension: { extension: '1001', name: 'Ana' },
    dialled: '00541938384',
    destination: { kind: 'international', e164: '+541938384', regions: ['AR'] },
    reason: 'no-international-right',
    via: 'direct',
    heard: true,
    untold: 0,
  });
});

it('tells of an emergency call once, though nobody asked the daemon about it', async () => {
  const call = await phone.call('911');
  expect((await call.waitFinal()).status).toBe(200);
  await call.hangup();
  const { data } = await hears('emergency');
  expect(data).toMatchObject({
    extension: { extension: '1001', name: 'Ana' },
    text: '1001 has called the emergency number 911.',
    number: '911',
  });
  await expect
    .poll(() => pbx.json('notices --kind emergency-call'))
    .toMatchObject({ notices: [{ kind: 'emergency-call', extension: '1001' }] });
});

it('tells of a quarantine that a command made and ended', async () => {
  await pbx.callwarden(['quarantine', 'add', '1002', '--reason', 'Odd calls.', '--for', '4h']);
  const { data } = await hears('quarantine', (one) => one.data['state'] === 'began');
  expect(data).toMatchObject({
    extension: { extension: '1002' },
    by: expect.stringMatching(/^cli:/) as string,
  });
  await pbx.callwarden('quarantine release 1002');
  const released = await hears('quarantine', (one) => one.data['state'] === 'released');
  expect(released.data).toMatchObject({ extension: { extension: '1002' }, until: null });
  expect(told().filter(({ kind }) => kind === 'quarantine')).toHaveLength(2);
  expect(told().filter(({ kind }) => kind === 'emergency')).toHaveLength(1);
});

it('counts all of it for Prometheus, and says that it is well and ready, without login and without a number', async () => {
  const get = async (path: string) => {
    const response = await fetch(`${pbx.web.url}${path}`);
    return { status: response.status, text: await response.text() };
  };
  const seen = async (text: string) => (await get('/metrics')).text.includes(text);
  expect(
    await eventually(() => seen('callwarden_notices_total{kind="released"} 1\n'), DEADLINE_MS, 200),
  ).toBe(true);
  const { status, text } = await get('/metrics');
  expect(status).toBe(200);
  const labels = 'verdict="deny",reason="no-international-right",destination="international",via="direct"';
  for (const line of [
    `callwarden_decisions_total{${labels}} 1`,
    'callwarden_decision_latency_seconds_count 1',
    'callwarden_notices_total{kind="emergency-call"} 1',
    'callwarden_notices_total{kind="quarantined"} 1',
    'callwarden_link_up{link="ari"} 1',
    'callwarden_told_working{way="webhook-1"} 1',
    'callwarden_web_up 1',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
  expect(text).toContain('callwarden_web_requests_total{method="GET",route="/metrics",status="2xx"}');
  // In names and labels; a count of bytes may hold any digits.
  const named = text.split('\n').map((line) => (line.startsWith('#') ? line : line.replace(/ \S+$/, '')));
  expect(named).toContain('callwarden_process_resident_memory_bytes');
  expect(named.join('\n')).not.toMatch(/541938384|1001|1002|127\.0\.0\.1/);
  expect(await get('/health')).toEqual({
    status: 200,
    text: expect.stringMatching(/"health":"(?:green|red)"/),
  });
  expect(await get('/ready')).toEqual({ status: 200, text: '{"ready":true,"reason":""}' });
});
