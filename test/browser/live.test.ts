// The page “Live” on a real PBX: what rings appears, grows old, and is taken by a button that rings one's own phone.
import { afterEach, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { pickupScene } from '../main-path/pickup-scene.ts';
import { axe, fitsItsWidth, openConsole, shot } from './console.ts';

const policy = [
  'extension set 1001-1006',
  'extension set 1002 --name Eva',
  'pickup group create sales',
  'pickup group add sales 1002 1003 1004',
];

const seconds = (clock: string) => {
  const [minutes = '0', rest = '0'] = clock.split(':');
  return Number(minutes) * 60 + Number(rest);
};

const callOf = (page: Page, caller: string) => page.getByRole('listitem', { name: `Call of ${caller}` });

describe('the page “Live”', () => {
  const scene = pickupScene({ web: true, policy });
  const { letRing, rings, recorded, phone } = scene;
  afterEach(() => scene.quiet());

  it('shows a ringing call, whose time grows, and takes it by the button on the own phone', async () => {
    await using console = await openConsole(scene.pbx, {
      as: 'supervisor',
      extension: '1003',
      path: '/live',
    });
    const { page } = console;
    await page.getByText('No call is ringing').waitFor();
    const { call, incoming } = await letRing('1001', '1002');
    const card = callOf(page, 'Phone 1001 (1001)');
    await card.getByText('Rings on 1002 Eva').waitFor();
    const time = card.getByRole('timer');
    const before = seconds(await time.innerText());
    await expect
      .poll(async () => seconds(await time.innerText()), { timeout: 20_000 })
      .toBeGreaterThan(before);
    await axe(page);
    await shot(page, 'live-1280-light');
    await card.getByRole('button', { name: 'Pick up' }).click();
    await page.getByText('Your phone 1003 is ringing: answer it to take the call of Phone 1001').waitFor();
    const picker = await rings('1003');
    expect(picker.from).toEqual({ number: '1001', name: 'Phone 1001' });
    await picker.answer();
    await call.waitAnswered();
    await picker.waitVoice('1001');
    await incoming.waitCancelled();
    await page.getByText('You have the call of Phone 1001 (1001) that rang on 1002 Eva.').waitFor();
    await page.getByText('1003 took the call of Phone 1001 (1001) that rang on 1002 Eva').waitFor();
    const { detail } = await recorded({ party: '1003', via: 'exact', outcome: 'won', number: '1002' });
    expect(detail['by']).toBe(`user:${console.account}`);
    await picker.hangup();
    await call.waitEnded();
  });

  it('shows no call to who may not take it, and each call to who sees all', async () => {
    await using supervisor = await openConsole(scene.pbx, {
      as: 'supervisor',
      extension: '1005',
      path: '/live',
    });
    await using auditor = await openConsole(scene.pbx, { as: 'auditor', path: '/live' });
    await supervisor.page.getByText('No call is ringing').waitFor();
    const { call } = await letRing('1001', '1006');
    const card = callOf(auditor.page, 'Phone 1001 (1001)');
    await card.getByText('Rings on 1006').waitFor();
    expect(await card.getByRole('button').count()).toBe(0);
    expect(await callOf(supervisor.page, 'Phone 1001 (1001)').count()).toBe(0);
    const own = await letRing('1002', '1005', { calls: 2 });
    await callOf(supervisor.page, 'Eva (1002)').getByText('Rings on your phone').waitFor();
    expect(await callOf(supervisor.page, 'Phone 1001 (1001)').count()).toBe(0);
    await own.call.cancel();
    await call.cancel();
    await auditor.page.getByText('Abandoned').first().waitFor();
    await supervisor.page.getByText('No call is ringing').waitFor();
  });

  it('stays on a wall as a board that takes no call, until its session is ended', async () => {
    const { pbx } = scene;
    const options = { as: 'supervisor', extension: '1003', path: '/live', expects: [/401/] } as const;
    await using console = await openConsole(pbx, options);
    const { page } = console;
    const stay = { name: 'Stay on as a wallboard' };
    await page.getByRole('button', stay).click();
    await page.getByRole('dialog').getByRole('button', stay).click();
    await page.getByText('Wallboard: signed in until').waitFor();
    expect(await page.getByRole('button', stay).count()).toBe(0);
    const { call } = await letRing('1001', '1002');
    const card = callOf(page, 'Phone 1001 (1001)');
    await card.getByText('Rings on 1002 Eva').waitFor();
    expect(await card.getByRole('button').count()).toBe(0);
    await axe(page);
    await shot(page, 'live-board');
    await page.reload();
    await page.getByText('Wallboard: signed in until').waitFor();
    await card.waitFor();
    await call.cancel();
    await pbx.callwarden(['user', 'sessions', console.account, '--end']);
    await page.getByText('Your session has ended').waitFor();
  });

  it('says that somebody was quicker', async () => {
    await using console = await openConsole(scene.pbx, {
      as: 'supervisor',
      extension: '1003',
      path: '/live',
    });
    const { page } = console;
    const { call } = await letRing('1001', '1002');
    await callOf(page, 'Phone 1001 (1001)').getByRole('button', { name: 'Pick up' }).click();
    const picker = await rings('1003');
    const quicker = await phone('1004').call('*8');
    await quicker.waitAnswered();
    const reasons = await picker.waitCancelled();
    expect(reasons).toContainEqual(expect.objectContaining({ protocol: 'SIP', cause: 200 }));
    await page.getByText('1004 has the call already.').waitFor();
    await quicker.hangup();
    await call.waitEnded();
  });

  it('shows decisions as they happen, and leads from a refused one to why', async () => {
    await using console = await openConsole(scene.pbx, { path: '/live', width: 360, theme: 'dark' });
    const { page } = console;
    await page.getByText('Nothing has happened yet').waitFor();
    const refused = await phone('1002').call('00541143211234');
    await refused.waitEnded();
    const line = page.getByRole('listitem').filter({ hasText: '+541143211234' });
    await line.getByText('Refused').waitFor();
    await line.getByText('Argentina').waitFor();
    const { call } = await letRing('1001', '1002');
    await callOf(page, 'Phone 1001 (1001)').waitFor();
    await fitsItsWidth(page);
    await axe(page);
    await shot(page, 'live-360-dark');
    await line.getByRole('link').click();
    await page.waitForURL(/\/try\?/);
    expect(new URL(page.url()).searchParams.get('number')).toBe('00541143211234');
    expect(new URL(page.url()).searchParams.get('from')).toBe('1002');
    await call.cancel();
  });

  it('says so while the daemon is away, and shows what rings when it is back', async () => {
    const away = [/Failed to load resource/, /ERR_/];
    await using console = await openConsole(scene.pbx, { path: '/live', expects: away });
    const { page } = console;
    await page.getByText('No call is ringing').waitFor();
    await scene.pbx.endDaemon('SIGKILL');
    await page.getByText('Not connected', { exact: true }).first().waitFor({ timeout: 15_000 });
    await scene.pbx.startDaemon();
    await expect
      .poll(() => page.getByText('The daemon does not answer').count(), { timeout: 45_000 })
      .toBe(0);
    const { call } = await letRing('1001', '1002');
    await callOf(page, 'Phone 1001 (1001)').waitFor({ timeout: 20_000 });
    await call.cancel();
    await page.reload();
    await page.getByText('No call is ringing').waitFor();
  });
});
