// Questions of the web thread to the one that decides: each with a deadline, and a bounded number of each kind on their way.
import { AppError, type ErrorCode } from '../errors.ts';
import type { DaemonPort } from '../http/api/ports.ts';
import { ANSWER_DEADLINE_MS, NOTICE_DEADLINE_MS, TAKE_DEADLINE_MS } from '../http/client.ts';
import type { WebAnswers, WebQuestion } from './web-messages.ts';

/**
 * On their way at once. What is asked for by everybody is asked once for all who wait: neither strangers at `/health` nor people
 * who take calls leave the other questions without a place.
 */
const PENDING_MAX: Readonly<Record<WebQuestion['ask'], number>> = {
  status: 1,
  ringing: 1,
  metrics: 1,
  take: 200,
  'test-notice': 8,
};

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
  readonly ask: WebQuestion['ask'];
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: AppError) => void;
}

export function createWebQuestions(send: (id: number, question: WebQuestion) => void): WebQuestions {
  const pending = new Map<number, Pending>();
  let lastId = 0;
  const ask = async <Ask extends WebQuestion['ask']>(
    question: WebQuestion & { readonly ask: Ask },
  ): Promise<WebAnswers[Ask]> => {
    const ofKind = [...pending.values()].filter((other) => other.ask === question.ask).length;
    if (ofKind >= PENDING_MAX[question.ask]) throw unavailable('has too much to answer');
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const id = (lastId += 1);
    const deadlineMs = deadlines[question.ask];
    const deadline = setTimeout(
      () => reject(unavailable(`did not answer within ${deadlineMs} ms`)),
      deadlineMs,
    );
    pending.set(id, { ask: question.ask, resolve, reject });
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
      status: forAll(() => ask({ ask: 'status' })),
      ringing: forAll(() => ask({ ask: 'ringing' })),
      take: (request) => ask({ ask: 'take', request }),
      testNotice: (way, to) => ask({ ask: 'test-notice', way, to }),
      metrics: forAll(() => ask({ ask: 'metrics' })),
    },
    onAnswer: (id, answer) => pending.get(id)?.resolve(answer),
    onFailure: (id, code, message) => pending.get(id)?.reject(new AppError(code, message)),
  };
}

/** Whoever asks while an answer is on its way gets that one. */
function forAll<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let asked: Promise<Answer> | null = null;
  return () => {
    asked ??= ask().finally(() => (asked = null));
    return asked;
  };
}

function unavailable(what: string): AppError {
  return new AppError('unavailable', `The daemon ${what}; calls come first. Try again in a moment.`);
}
