// `callwarden check`: the verdict of the live decision in words, as JSON and as an exit status.
import { describe, expect, it } from 'vitest';
import { COMMANDS_DEADLINE_MS, installInMexico } from './callwarden.ts';

const paris = '0033140205050';

describe('callwarden check', { timeout: COMMANDS_DEADLINE_MS }, () => {
  it('tells that a PIN would be asked for, which ones count, and what a right one does', async () => {
    const { run, json } = await installInMexico();
    await json('extension', 'set', '1001', '--international', 'on', '--pin', 'when-denied');
    await json('pin', 'add', '--name', 'Ana', '--extension', '1001');
    const { pins } = (await json('pin', 'list')) as { pins: { id: string }[] };
    const id = pins[0]?.id ?? '';

    const asked = await run('check', paris, '--from', '1001', '--json');
    expect(asked.status).toBe(0);
    expect(JSON.parse(asked.stdout)).toMatchObject({
      verdict: 'challenge',
      reason: 'pin-required',
      instead: 'country-not-allowed',
      pins: [id],
      announcement: 'agent-pass',
      cause: null,
      rule: { id: 'country:FR' },
    });
    const words = (await run('check', paris, '--from', '1001')).stdout;
    expect(words).toMatch(/^verdict +challenge \(pin-required\)/);
    expect(words).toMatch(/^without one +deny \(country-not-allowed\)$/m);
    expect(await json('check', paris, '--from', '1001', '--pin', id)).toMatchObject({
      verdict: 'continue',
      reason: 'pin-accepted',
      rule: { id: `pin:${id}` },
    });
    expect((await run('check', paris, '--from', '1001', '--pin', 'p-none')).status).toBe(3);
  });

  it('tells what only observes, what a call counts as, and how long it may last', async () => {
    const { run, json } = await installInMexico();
    await json('extension', 'set', '1001', '--international', 'on');
    await json('country', 'allow', 'FR');
    await json('rule', 'deny', '+331', '--observe', '--reason', 'too dear');
    await json('limit', 'set', 'duration', '10m');
    expect(await json('check', paris, '--from', '1001')).toMatchObject({
      verdict: 'continue',
      classes: ['chargeable', 'international'],
      maxDurationMs: 600_000,
      observed: [{ would: 'deny', reason: 'number-denied', rule: { origin: 'organisation' } }],
    });
    const words = (await run('check', paris, '--from', '1001')).stdout;
    expect(words).toMatch(/^observed +would deny \(number-denied\): rule:\d+: .*\(too dear\)\.$/m);
    expect(words).toMatch(/^lasts at most +600 s$/m);
  });

  it('knows who is in quarantine, and what is said in the language of the caller', async () => {
    const { run, json } = await installInMexico();
    await json('extension', 'set', '1001', '--international', 'on');
    await json('country', 'allow', 'FR');
    await json('announcement', 'set', 'quarantined', 'custom/locked', '--language', 'fr');
    await json('quarantine', 'add', '1001', '--for', '4h', '--reason', 'odd calls');
    const refused = await run('check', paris, '--from', '1001', '--language', 'fr_CA', '--json');
    expect(refused.status).toBe(3);
    expect(JSON.parse(refused.stdout)).toMatchObject({
      reason: 'quarantined',
      announcement: 'custom/locked',
      rule: { id: 'quarantine:1001', text: expect.stringContaining('odd calls') },
    });
    expect((await run('check', '5512345678', '--from', '1001')).status).toBe(0);
  });

  it('judges somebody who calls in from outside by the lists that admit', async () => {
    const { run } = await installInMexico();
    const outside = await run('check', paris, '--from', '', '--outside-caller', '+541143211234', '--json');
    expect(outside.status).toBe(3);
    expect(JSON.parse(outside.stdout)).toMatchObject({ reason: 'unknown-payer', verdict: 'deny' });
  });
});
