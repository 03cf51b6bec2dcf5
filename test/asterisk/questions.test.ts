// Questions of channels: each is answered once, and a mistake in one of them ends neither the daemon nor the others.
import { describe, expect, it } from 'vitest';
import { createQuestions } from '../../src/asterisk/questions.ts';
import { createScreeningDesk } from '../../src/asterisk/screening-desk.ts';
import type { ScreeningLine } from '../../src/asterisk/screening-line.ts';

describe('the questions of channels', () => {
  it('are answered once, and again where they were forgotten', async () => {
    const questions = createQuestions(() => undefined);
    let answers = 0;
    const answer = () => Promise.resolve(void (answers += 1));
    questions.takeOnce('a', ['screen', '1'], answer);
    questions.takeOnce('a', ['screen', '1'], answer);
    questions.takeOnce('a', ['screen', '2'], answer);
    await questions.idle();
    expect(answers).toBe(2);
    questions.forget('a', ['screen', '1']);
    questions.takeOnce('a', ['screen', '1'], answer);
    expect(answers).toBe(3);
  });

  it('fail one by one: the failure is told, and idle waits for no more', async () => {
    const failed: string[] = [];
    const questions = createQuestions(
      (channelId, error) => void failed.push(`${channelId} ${String(error)}`),
    );
    questions.takeOnce('a', [], () => Promise.reject(new TypeError('a mistake')));
    questions.takeOnce('b', [], () => Promise.resolve());
    await questions.idle();
    expect(failed).toEqual(['a TypeError: a mistake']);
  });

  it('leave a call without a verdict where judging it throws, and the next one is taken', async () => {
    const problems: string[] = [];
    const said: string[] = [];
    const tell = (name: string) => () => Promise.resolve(void said.push(name)).then(() => 'done' as const);
    const line: ScreeningLine = {
      kind: 'websocket',
      setVariable: tell('variable'),
      continueInDialplan: tell('continue'),
      answer: tell('answer'),
      play: tell('play'),
      stopPlayback: tell('stop'),
    };
    let judged = 0;
    const desk = createScreeningDesk({
      judge: () => {
        judged += 1;
        if (judged === 1) throw new TypeError('a mistake');
        return null;
      },
      isExtension: () => true,
      pins: { ask: () => Promise.reject(new Error('not asked')) },
      refusal: () => ({ announcement: '', cause: 21 }),
      nowMs: () => 0,
      monotonicUs: () => 0,
      record: () => undefined,
      onProblem: (problem) => void problems.push(problem),
    });
    const ask = (id: string) =>
      desk.take(line, { id, name: 'PJSIP/1001-00000001', state: 'Ring' }, [`nonce=${id}`, 'dialled=00331']);
    ask('1');
    await desk.idle();
    expect([problems, said]).toEqual([['a question could not be answered: a mistake'], []]);
    ask('2');
    await desk.idle();
    expect([judged, said]).toEqual([2, ['continue']]);
  });
});
