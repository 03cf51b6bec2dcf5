// Webhooks against receivers that behave badly in every way: events arrive in order and signed, or are given up in bounds.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventually } from '../lab/processes.ts';
import { event, make, SECRET } from './hooks.ts';
import { startReceiver, status, type Answer, type Receiver } from './receiver.ts';

const DEADLINE_MS = 10_000;
const MANY = 1024 ** 3;

const numbers = (receiver: Receiver) =>
  receiver.received.map(({ body }) => (JSON.parse(body) as { data: { number: number } }).data.number);

/** As docs/notifications.md prints it. */
async function documentedVerify(): Promise<(headers: object, body: string, secret: string) => boolean> {
  const document = readFileSync(join(import.meta.dirname, '../../docs/notifications.md'), 'utf8');
  const [, code = ''] = /```js\n(.*?)```/s.exec(document) ?? [];
  const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
    verify: (headers: object, body: string, secret: string) => boolean;
  };
  return module.verify;
}

describe('a webhook', () => {
  it('gets events in order, once, with a signature that the documented lines verify', async () => {
    await using receiver = await startReceiver();
    const made = make(receiver.url);
    await using hook = made.hook;
    const { problems } = made;
    for (let number = 0; number < 50; number += 1) hook.put(event(number));
    // Sent is what was answered.
    expect(await eventually(() => hook.state().sent === 50, DEADLINE_MS)).toBe(true);
    expect(numbers(receiver)).toEqual(Array.from({ length: 50 }, (_, number) => number));
    const [first] = receiver.received;
    if (!first) throw new Error('nothing came');
    expect(first).toMatchObject({ method: 'POST', path: '/hooks/s3cret-place' });
    expect(JSON.parse(first.body)).toEqual(event(0));
    expect(first.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'callwarden/1.2.3',
      'x-callwarden-event': 'pickup',
      'x-callwarden-id': 'event-0',
    });
    const verify = await documentedVerify();
    expect(verify(first.headers, first.body, SECRET)).toBe(true);
    expect(verify(first.headers, `${first.body} `, SECRET)).toBe(false);
    expect(verify(first.headers, first.body, `${SECRET}!`)).toBe(false);
    const old = {
      'x-callwarden-signature': first.headers['x-callwarden-signature']?.toString().replace(/t=\d/, 't=0'),
    };
    expect(verify(old, first.body, SECRET)).toBe(false);
    expect(verify({}, first.body, SECRET)).toBe(false);
    expect(hook.state()).toMatchObject({ queued: 0, sent: 50, failed: 0, dropped: 0, working: true });
    expect([problems, hook.name]).toEqual([[], `http://127.0.0.1:${receiver.port}`]);
    expect([hook.wants('pickup'), hook.wants('alert')]).toEqual([true, false]);
  });

  it('tries again after 500, 429 and cut connections, and the order is kept', async () => {
    await using receiver = await startReceiver();
    const misdeeds: Answer[] = [
      status(500),
      (response) => void response.socket?.destroy(),
      status(429),
      (response) => void response.socket?.resetAndDestroy(),
    ];
    receiver.answer = (response, received) => (misdeeds.shift() ?? status(200))(response, received);
    const made = make(receiver.url);
    await using hook = made.hook;
    const { problems } = made;
    for (const number of [1, 2, 3]) hook.put(event(number));
    expect(await eventually(() => hook.state().sent === 3, DEADLINE_MS)).toBe(true);
    expect(numbers(receiver)).toEqual([1, 1, 1, 1, 1, 2, 3]);
    const ids = new Set(receiver.received.map(({ headers }) => headers['x-callwarden-id']));
    expect(ids.size).toBe(3);
    // One line when it began, one when it ended.
    expect(problems).toEqual([`${hook.name} answers 500`, `${hook.name} `]);
  });

  it('gives an event up after eight tries, and goes on with the next', async () => {
    await using receiver = await startReceiver();
    receiver.answer = (response, { body }) =>
      status(body.includes('event-1') ? 503 : 200)(response, { body } as never);
    await using hook = make(receiver.url).hook;
    hook.put(event(1));
    hook.put(event(2));
    expect(await eventually(() => hook.state().sent === 1, DEADLINE_MS)).toBe(true);
    expect(numbers(receiver)).toEqual([...Array.from({ length: 8 }, () => 1), 2]);
    expect(hook.state()).toMatchObject({ failed: 1, dropped: 0, lastProblem: 'answers 503', working: true });
  });

  it('gives up what is too old, and drops the oldest of too many', async () => {
    await using receiver = await startReceiver();
    receiver.answer = status(500);
    await using hook = make(
      receiver.url,
      {},
      { bounds: { firstPauseMs: 50, pauseMaxMs: 50, ageMaxMs: 300, queueMax: 5 } },
    ).hook;
    for (let number = 0; number < 20; number += 1) hook.put(event(number));
    expect(hook.state().queued).toBeLessThanOrEqual(5);
    expect(await eventually(() => hook.state().queued === 0, DEADLINE_MS)).toBe(true);
    const { failed, dropped, sent } = hook.state();
    expect(sent).toBe(0);
    expect(
      await eventually(() => hook.state().failed + hook.state().dropped === 20, DEADLINE_MS),
      `${failed} ${dropped}`,
    ).toBe(true);
    // The first one is on its way, of the rest the five newest waited.
    expect(new Set(numbers(receiver))).not.toContain(5);
  });

  it.each([301, 302, 307, 308])(
    'follows no redirect (%i), not even to where it would be let in',
    async (code) => {
      await using receiver = await startReceiver();
      await using inside = await startReceiver();
      receiver.answer = status(code, { location: inside.url });
      await using hook = make(receiver.url).hook;
      const result = await hook.tryOnce(event(1));
      expect(result).toMatchObject({
        kind: 'refused',
        problem: expect.stringContaining('redirects are not followed'),
      });
      hook.put(event(2));
      expect(await eventually(() => hook.state().failed === 1, DEADLINE_MS)).toBe(true);
      expect([numbers(receiver), inside.received]).toEqual([[1, 2], []]);
    },
  );

  it('gives up at once what the receiver will never take', async () => {
    await using receiver = await startReceiver();
    receiver.answer = status(404);
    await using hook = make(receiver.url).hook;
    hook.put(event(1));
    expect(await eventually(() => hook.state().failed === 1, DEADLINE_MS)).toBe(true);
    expect(receiver.received).toHaveLength(1);
  });

  it('has enough of an answer of a gigabyte after a few kilobytes', async () => {
    await using receiver = await startReceiver();
    let written = 0;
    receiver.answer = (response) => {
      response.writeHead(200, { 'content-length': String(MANY) });
      const chunk = Buffer.alloc(64 * 1024, 'x');
      const more = () => {
        while (!response.destroyed && written < MANY) {
          written += chunk.length;
          if (!response.write(chunk)) return;
        }
      };
      response.on('drain', more);
      more();
    };
    await using hook = make(receiver.url).hook;
    expect(await hook.tryOnce(event(1))).toEqual({ kind: 'sent' });
    expect(await eventually(() => receiver.connections() === 0, DEADLINE_MS)).toBe(true);
    // What fits the buffers of the system between two processes.
    expect(written).toBeLessThan(64 * 1024 * 1024);
  });

  it('waits three seconds and no longer for one that is silent, drips, or never ends its head', async () => {
    const drip = (text: string) => (response: Parameters<Answer>[0]) => {
      const timer = setInterval(() => response.socket?.write(text), 100);
      response.on('close', () => clearInterval(timer));
    };
    const answers: Answer[] = [
      () => undefined,
      drip('HTTP/1.1 100 Continue\r\n\r\n'),
      drip('HTTP/1.1 200 OK\r\nx'),
    ];
    const results = answers.map(async (answer) => {
      await using receiver = await startReceiver();
      receiver.answer = answer;
      await using hook = make(receiver.url).hook;
      const result = await hook.tryOnce(event(1));
      expect(await eventually(() => receiver.connections() === 0, DEADLINE_MS)).toBe(true);
      return result;
    });
    const [silent, ...others] = await Promise.all(results);
    expect(silent).toEqual({ kind: 'failed', problem: 'does not answer within 3 s' });
    expect(others.map(({ kind }) => kind)).toEqual(['failed', 'failed']);
  }, 30_000);

  it('stops within its deadline though its queue is full and the receiver is silent', async () => {
    await using receiver = await startReceiver();
    receiver.answer = () => undefined;
    const { hook, problems } = make(receiver.url);
    for (let number = 0; number < 600; number += 1) hook.put(event(number));
    expect(await eventually(() => receiver.received.length === 1, DEADLINE_MS)).toBe(true);
    const startedMs = performance.now();
    await hook[Symbol.asyncDispose]();
    // Its deadline is one second.
    expect(performance.now() - startedMs).toBeLessThan(DEADLINE_MS);
    hook.put(event(1));
    const { queued, sent, failed, dropped } = hook.state();
    expect([queued, sent, failed + dropped]).toEqual([0, 0, 601]);
    expect(problems).toEqual([]);
    expect(await eventually(() => receiver.connections() === 0, DEADLINE_MS)).toBe(true);
  });

  it('hands over what waits when it is stopped and the receiver is well', async () => {
    await using receiver = await startReceiver();
    const { hook } = make(receiver.url);
    for (let number = 0; number < 20; number += 1) hook.put(event(number));
    await hook[Symbol.asyncDispose]();
    expect(receiver.received).toHaveLength(20);
  });

  it('sends no event that is larger than the bound', async () => {
    await using receiver = await startReceiver();
    await using hook = make(receiver.url).hook;
    hook.put({ ...event(1), data: { text: 'x'.repeat(100_000) } });
    hook.put(event(2));
    expect(await eventually(() => hook.state().sent === 1, DEADLINE_MS)).toBe(true);
    expect([hook.state().dropped, receiver.received.length]).toEqual([1, 1]);
  });
});
