// AMI on a real Asterisk: pickups are told, a wrong secret and a lost connection are, and nothing can be smuggled in.
import assert from 'node:assert';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { AppError } from '../../../src/errors.ts';
import { connectAmi, type AmiOptions } from '../../../src/asterisk/ami/connection.ts';
import type { AmiPickup } from '../../../src/asterisk/ami/message.ts';
import { superviseAmi } from '../../../src/asterisk/ami/supervisor.ts';
import { plainDialplan } from '../../lab/etc/telephony.ts';
import { type Lab, startLab } from '../../lab/lab.ts';
import { eventually } from '../../lab/processes.ts';

const DEADLINE_MS = 20_000;
const dialplan = `${plainDialplan(['1001', '1002', '1003'])}
[phones](+)
exten => 700,1,Answer()
 same => n,PickupChan(PJSIP/1002)
 same => n,Hangup()
`;

describe('AMI', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab({ extensions: ['1001', '1002', '1003'], dialplan });
  }, 900_000);
  afterAll(async () => {
    await lab?.[Symbol.asyncDispose]();
  });

  const signal = new AbortController().signal;
  const options = (changes: Partial<AmiOptions> = {}): AmiOptions => ({
    ...lab.ami,
    commandDeadlineMs: 1000,
    connectDeadlineMs: 3000,
    onPickup: () => {},
    onProblem: () => {},
    ...changes,
  });
  const failure = async (changes: Partial<AmiOptions>): Promise<AppError> => {
    const error: unknown = await connectAmi(options(changes), signal).catch((reason: unknown) => reason);
    assert(error instanceof AppError, 'it did not fail');
    return error;
  };

  it('answers what is asked for status', async () => {
    await using ami = await connectAmi(options(), signal);
    const settings = await ami.action('CoreSettings');
    expect(settings['asteriskversion']).toContain(lab.asteriskVersion);
    const status = await ami.action('CoreStatus');
    expect(status['corecurrentcalls']).toBe('0');
  });

  it('tells who took whose call', async () => {
    const pickups: AmiPickup[] = [];
    await using _ = await connectAmi(options({ onPickup: (pickup) => void pickups.push(pickup) }), signal);
    await using caller = await lab.phone('1001');
    await using owner = await lab.phone('1002');
    await using picker = await lab.phone('1003');
    const call = await caller.call('1002');
    await owner.nextCall();
    const taking = await picker.call('700');
    await call.waitAnswered();
    await eventually(() => pickups.length > 0, DEADLINE_MS);
    expect(pickups).toHaveLength(1);
    const [pickup] = pickups;
    expect(pickup?.pickerChannelName).toMatch(/^PJSIP\/1003-/);
    expect(pickup?.targetChannelName).toMatch(/^PJSIP\/1002-/);
    expect(pickup?.pickerChannelId).toMatch(/^\d+\.\d+$/);
    expect(pickup?.targetChannelId).not.toBe(pickup?.pickerChannelId);
    expect(pickup?.linkedId).not.toBe(pickup?.targetChannelId);
    await taking.hangup();
    await lab.waitIdle();
  });

  it('goes on when the handler of a pickup throws', async () => {
    const problems: string[] = [];
    const onPickup = (): void => {
      throw new Error('thrown on purpose');
    };
    const onProblem = (message: string): void => void problems.push(message);
    await using ami = await connectAmi(options({ onPickup, onProblem }), signal);
    await using caller = await lab.phone('1001');
    await using owner = await lab.phone('1002');
    await using picker = await lab.phone('1003');
    await caller.call('1002');
    await owner.nextCall();
    const taking = await picker.call('700');
    await eventually(() => problems.length > 0, DEADLINE_MS);
    expect(problems[0]).toContain('thrown on purpose');
    await ami.action('Ping');
    await taking.hangup();
    await lab.waitIdle();
  });

  it('sends no field that would be read as an action of its own', async () => {
    await using ami = await connectAmi(options(), signal);
    const smuggled = 'x\r\n\r\nAction: DBPut\r\nFamily: lab\r\nKey: smuggled\r\nVal: yes';
    await expect(ami.action('Ping', { Note: smuggled })).rejects.toMatchObject({ code: 'invalid' });
    await expect(ami.action('Ping', { [smuggled]: 'x' })).rejects.toMatchObject({ code: 'invalid' });
    await ami.action('Ping', { Note: 'harmless' });
    expect(await lab.console('database show lab')).toContain('0 results');
    expect((await failure({ username: smuggled })).code).toBe('invalid');
  });

  it('says what is wrong with a wrong secret, a closed port and a silent peer', async () => {
    const refused = await failure({ password: 'not-the-secret' });
    expect(refused.code).toBe('unauthorized');
    expect(refused.message).toContain('ami.password');
    expect(refused.message).not.toContain('not-the-secret');
    const silent = createServer((socket) => void socket.on('error', () => {}).resume());
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const unanswered = await failure({ port, connectDeadlineMs: 300 });
    expect(unanswered).toMatchObject({ code: 'unavailable' });
    expect(unanswered.message).toContain('300 ms');
    silent.close();
    await once(silent, 'close');
    const closed = await failure({ port });
    expect(closed).toMatchObject({ code: 'unavailable' });
    expect(closed.message).toContain('ECONNREFUSED');
  });

  it('gives an action up at its deadline, and itself when Asterisk is frozen', async () => {
    await using ami = await connectAmi(
      options({ commandDeadlineMs: 300, heartbeatIntervalMs: 1000 }),
      signal,
    );
    await lab.kill('SIGSTOP');
    try {
      expect(await ami.closed).toContain('heartbeats');
      await expect(ami.action('Ping')).rejects.toMatchObject({ code: 'unavailable' });
    } finally {
      await lab.kill('SIGCONT');
    }
  });

  it('comes back when Asterisk is started again, prints nothing, and stays away once stopped', async () => {
    const printed = vi.spyOn(console, 'log').mockImplementation(() => {});
    const story: string[] = [];
    const supervisor = superviseAmi({
      ...options(),
      onUp: () => void story.push('up'),
      onDown: () => void story.push('down'),
    });
    await using _ = supervisor;
    await eventually(() => story.length === 1, DEADLINE_MS);
    await lab.restart();
    await eventually(() => story.length === 3, DEADLINE_MS);
    expect(supervisor.state()).toMatchObject({ reconnects: 1, lastError: null });
    await supervisor.connection()?.action('Ping');
    await Promise.all([supervisor.stop(), supervisor.stop()]);
    expect(story).toEqual(['up', 'down', 'up', 'down']);
    expect(supervisor.connection()).toBeNull();
    expect(printed).not.toHaveBeenCalled();
  });
});
