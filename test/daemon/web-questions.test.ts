// What the web thread asks of the one that decides: a flood of one question takes no place from another.
import { describe, expect, it } from 'vitest';
import { createWebQuestions } from '../../src/daemon/web-questions.ts';
import type { WebQuestion } from '../../src/daemon/web-messages.ts';

const TAKES_MAX = 200;
const request = { target: 'call-1', picker: '1001', by: 'user:maria' };

function asking() {
  const sent: (readonly [id: number, question: WebQuestion])[] = [];
  const questions = createWebQuestions((id, question) => void sent.push([id, question]));
  const ofKind = (kind: WebQuestion['ask']) => sent.filter(([, { ask }]) => ask === kind);
  return { port: questions.port, questions, ofKind };
}

describe('questions to the thread that decides', () => {
  it('have a bound of their own kind: people who take calls leave status and metrics their places', async () => {
    const { port, questions, ofKind } = asking();
    const takes = Array.from({ length: TAKES_MAX }, () => port.take(request));
    await expect(port.take(request)).rejects.toMatchObject({ code: 'unavailable' });
    const [status, metrics] = [port.status(), port.metrics()];
    for (const [id] of ofKind('status')) questions.onAnswer(id, null);
    for (const [id] of ofKind('metrics')) questions.onAnswer(id, 'x 1');
    expect([await status, await metrics]).toEqual([null, 'x 1']);
    for (const [id] of ofKind('take')) questions.onAnswer(id, null);
    expect(await Promise.all(takes)).toHaveLength(TAKES_MAX);
  });

  it('of everybody are asked once for all who wait, and anew for who comes later', async () => {
    const { port, questions, ofKind } = asking();
    const flood = Array.from({ length: 1_000 }, () => port.status());
    expect(ofKind('status')).toHaveLength(1);
    for (const [id] of ofKind('status')) questions.onAnswer(id, null);
    expect(new Set(await Promise.all(flood))).toEqual(new Set([null]));
    const later = [port.status(), port.status()];
    questions.onFailure(ofKind('status').at(-1)?.[0] ?? 0, 'unavailable', 'busy');
    for (const one of later) await expect(one).rejects.toThrow('busy');
    expect(ofKind('status')).toHaveLength(2);
    port.status().catch(() => undefined);
    expect(ofKind('status')).toHaveLength(3);
    questions.onAnswer(ofKind('status').at(-1)?.[0] ?? 0, null);
  });
});
