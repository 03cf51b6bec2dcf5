// `POST /pickup/take` under wrong and hostile bodies, and what it answers.
import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import type { TakeOutcome, TakeRequest } from '../../src/pickup/take.ts';

const taken: TakeOutcome = {
  outcome: 'taken',
  callId: '1763.1',
  from: '1002',
  callerNumber: '1001',
  callerName: '',
};

function scene(outcome: TakeOutcome | null = taken) {
  const asked: TakeRequest[] = [];
  const app = createApp({
    status: () => null,
    ringing: () => [],
    take: (request) => {
      asked.push(request);
      return Promise.resolve(outcome);
    },
    live: () => null,
    testNotice: () => null,
    metrics: () => null,
  });
  const post = (body: string) => app.request('/pickup/take', { method: 'POST', body });
  return { asked, post };
}

describe('a call taken over the local socket', () => {
  it('is answered with what came of it', async () => {
    const { asked, post } = scene();
    const answer = await post('{"target": "1002", "for": "1003"}');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual(taken);
    expect(asked).toEqual([{ target: '1002', picker: '1003' }]);
  });

  it.each([
    '',
    'null',
    '[]',
    '{"target": "1002"}',
    '{"target": "", "for": "1003"}',
    '{"target": "1002", "for": 1003}',
    '{"target": "1002", "for": "1003", "force": true}',
    '{"target": "10\\r\\n02", "for": "1003"}',
    `{"target": "${'1'.repeat(201)}", "for": "1003"}`,
    '{"target": "1002", "for": "1003"',
  ])('asks nobody for the body %j', async (body) => {
    const { asked, post } = scene();
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'invalid' });
    expect(asked).toEqual([]);
  });

  it('does not read a long body', async () => {
    const { asked, post } = scene();
    expect((await post(`{"target": "1002", "for": "1003"${' '.repeat(5000)}}`)).status).toBe(413);
    expect(asked).toEqual([]);
  });

  it('is unavailable without a policy or a connection', async () => {
    const { post } = scene(null);
    const answer = await post('{"target": "1002", "for": "1003"}');
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: 'unavailable' });
  });
});
