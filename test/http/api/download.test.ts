// Files over the API: few at once for one account and for all, and none for who does not read.
import { Hono } from 'hono';
import { expect, it, onTestFinished, vi } from 'vitest';
import { download, rememberAsker } from '../../../src/http/api/download.ts';
import { AppError } from '../../../src/errors.ts';

const STALL_MS = 30_000;

/** A server of endless files; `closed` counts those that were ended. */
function files() {
  const house = { closed: 0, ask: async (account: string) => app.request(`/${account}`) };
  function* rows() {
    try {
      for (;;) yield 'a line\n';
    } finally {
      house.closed += 1;
    }
  }
  const app = new Hono();
  app.get('/:account', (context) => {
    rememberAsker(context, context.req.param('account'));
    return download(context, { name: 'a.csv', type: 'text/csv' }, rows());
  });
  app.onError((error, context) => context.text('', error instanceof AppError ? 503 : 500));
  return house;
}

it('an account has two files at once, and leaves room for others', async () => {
  const { ask } = files();
  const own = [await ask('maria'), await ask('maria')];
  expect((await ask('maria')).status).toBe(503);
  const others = await Promise.all(['a', 'a', 'b', 'b', 'c', 'c'].map(ask));
  expect(others.map(({ status }) => status)).toEqual(others.map(() => 200));
  expect((await ask('d')).status).toBe(503);
  await own[0]?.body?.cancel();
  expect((await ask('d')).status).toBe(200);
  for (const { body } of [...own.slice(1), ...others]) await body?.cancel();
});

it('who reads nothing for half a minute is cut off, who reads slowly is not', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const house = files();
  const [slow, stuck] = [await house.ask('eve'), await house.ask('eve')];
  const reader = slow.body?.getReader();
  for (let piece = 0; piece < 5; piece += 1) {
    expect((await reader?.read())?.done).toBe(false);
    vi.advanceTimersByTime(STALL_MS - 1);
  }
  expect(house.closed).toBe(1);
  await expect(stuck.text()).rejects.toThrow('too long');
  await reader?.cancel();
  expect(house.closed).toBe(2);
});
