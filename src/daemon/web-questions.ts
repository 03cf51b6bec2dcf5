// Questions of the web thread to the one that decides: each with a deadline, and a bounded number on their way.
import { AppError, type ErrorCode } from '../errors.ts';
import type { DaemonPort } from '../http/api/ports.ts';
import { ANSWER_DEADLINE_MS, NOTICE_DEADLINE_MS, TAKE_DEADLINE_MS } from '../http/client.ts';
import type { WebAnswers, WebQuestion } from './web-messages.ts';

/** Most of them are people whose phone rings, so that they can take a call. */
const PENDING_MAX = 200;

const deadlines: Readonly<Record<WebQuestion['ask'], number>> = {
  status: ANSWER_DEADLINE_MS,
  ringing: ANSWER_DEADLINE_MS,
  metrics: ANSWER_DEADLINE_MS,
  take: TAKE_DEADLINE_MS,
  'test-notice': NOTICE_DEADLINE_MS,
};

export interface WebQuestions {
  readonly port: DaemonPort;
  onAnswer(id: number, answer: unknown): void;
  onFailure(id: number, code: ErrorCode, message: string): void;
}

interface Pending {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: AppError) => void;
}

export function createWebQuestions(send: (id: number, question: WebQuestion) => void): WebQuestions {
  const pending = new Map<number, Pending>();
  let lastId = 0;
  const ask = async <Ask extends WebQuestion['ask']>(
    question: WebQuestion & { readonly ask: Ask },
  ): Promise<WebAnswers[Ask]> => {
    if (pending.size >= PENDING_MAX) throw unavailable('has too much to answer');
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const id = (lastId += 1);
    const deadlineMs = deadlines[question.ask];
    const deadline = setTimeout(
      () => reject(unavailable(`did not answer within ${deadlineMs} ms`)),
      deadlineMs,
    );
    pending.set(id, { resolve, reject });
    send(id, question);
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as the other thread answers
      return (await promise) as WebAnswers[Ask];
    } finally {
      clearTimeout(deadline);
      pending.delete(id);
    }
  };
  return {
    port: {
      status: () => ask({ ask: 'status' }),
      ringing: () => ask({ ask: 'ringing' }),
      take: (request) => ask({ ask: 'take', request }),
      testNotice: (way, to) => ask({ ask: 'test-notice', way, to }),
      metrics: () => ask({ ask: 'metrics' }),
    },
    onAnswer: (id, answer) => pending.get(id)?.resolve(answer),
    onFailure: (id, code, message) => pending.get(id)?.reject(new AppError(code, message)),
  };
}

function unavailable(what: string): AppError {
  return new AppError('unavailable', `The daemon ${what}; calls come first. Try again in a moment.`);
}
