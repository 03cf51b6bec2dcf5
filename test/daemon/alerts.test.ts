// Alerts of the running daemon without an Asterisk: what people and programs are told, and when nobody is.
import { describe, expect, it } from 'vitest';
import type { Logger } from '../../src/config/logger.ts';
import { createAlerts, type AlertPorts } from '../../src/daemon/alerts.ts';
import type { LiveNews } from '../../src/http/live-ports.ts';
import type { RingingCall } from '../../src/pickup/call.ts';
import { compileRights } from '../../src/pickup/rights.ts';
import { eventually } from '../lab/processes.ts';
import { pickupGroup, pickupPolicy } from '../pickup/policy.ts';

const DEADLINE_MS = 20_000;
const settings = { ...pickupPolicy({}).settings, alertAfterS: 1, alertBy: ['message'] as const };
const groups = [pickupGroup('sales', { 1002: 'both', 1003: 'both' })];

const call = (rest: Partial<RingingCall> = {}): RingingCall => ({
  callId: 'a',
  callerChannelId: null,
  callerExtension: null,
  callerNumber: '5551234',
  callerName: 'Bob',
  dialled: [],
  ringingSinceMs: Date.now() - 12_000,
  legs: [{ channelId: '1', channelName: 'PJSIP/1002-1', extension: '1002', ringingSinceMs: 0 }],
  ...rest,
});

const world = (rest: Partial<AlertPorts> = {}) => {
  const emitted: LiveNews[] = [];
  const told: unknown[] = [];
  const lines: string[] = [];
  const log = (event: string) => void lines.push(event);
  const logger: Logger = { debug: log, info: log, warn: log, error: log };
  const telling: ReturnType<AlertPorts['telling']> = {
    toExtension: (extension, ways, message) => void told.push({ extension, ways, ...message }),
    event: (event) => void told.push(event),
  };
  const rights = compileRights(pickupPolicy({ groups, settings }));
  const alerts = createAlerts({
    logger,
    rights: () => rights,
    ringing: () => [],
    isUp: () => true,
    leads: () => true,
    hub: { emit: (news) => void emitted.push(news) },
    telling: () => telling,
    nowMs: Date.now,
    ...rest,
  });
  return { alerts, emitted, told, lines };
};

describe('alerts of the daemon', () => {
  it('tell programs with an id that is the same everywhere, and each person what to dial', () => {
    const { alerts, emitted, told, lines } = world();
    alerts.onRinging([call()]);
    const atMs = expect.any(Number) as number;
    const data = expect.objectContaining({ callId: 'a', extensions: ['1002'], told: ['1003'] }) as object;
    expect(told).toEqual([
      { id: 'alert:a:1', kind: 'alert', atMs, data },
      {
        extension: '1003',
        ways: ['message'],
        subject: 'Call for 1002 is ringing',
        text: 'Call from 5551234 for 1002 has been ringing for 12 s. Dial **1002 to take it.',
        isStillTrue: expect.any(Function) as () => boolean,
      },
    ]);
    expect(emitted).toEqual([{ type: 'alert', data }]);
    expect(lines).toEqual(['alert']);
  });

  it('show whatever a caller sends as his number in one short printable line', () => {
    const { alerts, told } = world();
    alerts.onRinging([
      call({ callerNumber: '\r\nSubject: x\u001B[2J\u202E' + '9'.repeat(500) }),
      call({ callId: 'b', callerNumber: '' }),
    ]);
    const texts = JSON.stringify(
      told.flatMap((one) => Object.entries(one as object).filter(([key]) => key === 'text')),
    );
    expect(texts).toContain(String.raw`Call from \\r\\nSubject: x\\u001b[2J`);
    expect(texts).toContain('Call from a withheld number for 1002');
    expect(texts.length).toBeLessThan(500);
  });

  it('come by themselves when they are due, though nothing else happens, and once', async () => {
    const ringing = [call({ ringingSinceMs: Date.now() })];
    const { alerts, emitted } = world({ ringing: () => ringing });
    alerts.onRinging(ringing);
    expect(emitted).toEqual([]);
    expect(await eventually(() => emitted.length > 0, DEADLINE_MS)).toBe(true);
    alerts.onRinging(ringing);
    expect(emitted).toHaveLength(1);
    alerts[Symbol.dispose]();
  });

  it('do not come for a call that has stopped meanwhile, nor after the end of the daemon', async () => {
    let looks = 0;
    const stopped = world({ ringing: () => ((looks += 1), []) });
    stopped.alerts.onRinging([call({ ringingSinceMs: Date.now() })]);
    const ended = world({ ringing: () => [call()] });
    ended.alerts.onRinging([call({ ringingSinceMs: Date.now() })]);
    ended.alerts[Symbol.dispose]();
    expect(await eventually(() => looks > 0, DEADLINE_MS)).toBe(true);
    expect([...stopped.emitted, ...ended.emitted]).toEqual([]);
  });

  it('are left to another daemon that leads, and wait while Asterisk is away or there is no policy', () => {
    for (const rest of [{ leads: () => false }, { isUp: () => false }, { rights: () => null }]) {
      const { alerts, emitted, told } = world(rest);
      alerts.onRinging([call()]);
      expect([...emitted, ...told]).toEqual([]);
    }
    const rights = compileRights(pickupPolicy({ groups }));
    expect(world({ rights: () => rights }).alerts.isWanted()).toBe(false);
  });

  it('never disturb who looks at the board, whatever goes wrong', () => {
    const { alerts, lines } = world({
      telling: () => {
        throw new Error('broken');
      },
    });
    expect(() => alerts.onRinging([call()])).not.toThrow();
    expect(lines).toEqual(['alert', 'alerts']);
  });
});
