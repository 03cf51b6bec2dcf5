// The demo's console: its login works, and what it shows are real calls, which the one who watches can take.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addDemoLogin, type DemoLogin } from '../../scripts/demo/console.ts';
import { placeLiveCalls, type Household } from '../../scripts/demo/live.ts';
import { eventually } from '../lab/processes.ts';
import { startPbx, type Pbx } from '../pbx.ts';

const DEADLINE_MS = 20_000;

let pbx: Pbx;
let login: DemoLogin;
let household: Household;

beforeAll(async () => {
  const group = ['pickup group create sales --number 7', 'pickup group add sales 1002 1003 1004'];
  pbx = await startPbx({ web: true, policy: ['extension set 1001-1005', ...group] });
  login = await addDemoLogin(pbx, '1003');
  const phones = ['1001', '1002', '1003', '1004', '1005'].map((extension) => pbx.lab.phone(extension));
  const [alice, bob, carol, dave, eve] = await Promise.all(phones);
  household = { alice, bob, carol, dave, eve } as Household;
});
afterAll(() => pbx?.[Symbol.asyncDispose]());

it('lets in whoever has the printed login, shows what rings, and its button takes a call', async () => {
  const headers = { 'content-type': 'application/json', origin: login.url };
  const body = JSON.stringify({ name: login.name, password: login.password });
  const signedIn = await fetch(`${login.url}/api/v1/session`, { method: 'POST', headers, body });
  expect(signedIn.status).toBe(200);
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const { csrfToken } = (await signedIn.json()) as { csrfToken: string };
  const ask = async (method: string, path: string, sent?: object) => {
    const response = await fetch(`${login.url}/api/v1${path}`, {
      method,
      headers: { ...headers, cookie, 'x-csrf-token': csrfToken },
      ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
    });
    return { status: response.status, body: await response.json() };
  };
  let isOver = false;
  const calls = placeLiveCalls(household, { ringMs: 8000, pauseMs: 200, isOver: () => isOver });
  isOver = true;
  let callId = '';
  const rings = async () => {
    const { ringing } = (await ask('get', '/ringing')).body as { ringing: { callId: string }[] };
    callId = ringing[0]?.callId ?? '';
    return callId !== '';
  };
  expect(await eventually(rings, DEADLINE_MS, 100)).toBe(true);
  const taken = await ask('post', `/ringing/${encodeURIComponent(callId)}/pickup`);
  expect(taken.body).toMatchObject({ outcome: 'taken', from: '1002' });
  await calls;
  expect(await eventually(async () => (await pbx.status()).web.sessions === 1, DEADLINE_MS, 100)).toBe(true);
  const recorded = async () => {
    const { calls: rows } = (await pbx.json('calls --limit 20')) as {
      calls: { kind: string; verdict: string }[];
    };
    return (
      rows.filter(({ kind }) => kind === 'decision').length >= 3 &&
      rows.some(({ verdict }) => verdict === 'deny') &&
      rows.some(({ kind, verdict }) => kind === 'pickup' && verdict === 'take')
    );
  };
  expect(await eventually(recorded, DEADLINE_MS, 100)).toBe(true);
});
