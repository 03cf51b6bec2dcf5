// What the API says instead of an answer, as an error with a sentence for a person.
import type { ProblemCode } from '../../http/api/problem.ts';
import { saidSoon } from '../i18n/said.ts';
import { t } from '../i18n/t.tsx';

/** `unreachable`: there was no answer at all. */
export class ApiProblem extends Error {
  readonly code: ProblemCode | 'unreachable';
  readonly status: number;
  /** More sentences, where there is more than one. */
  readonly errors: readonly string[];

  constructor(code: ApiProblem['code'], status: number, message: string, errors: readonly string[] = []) {
    super(message);
    this.name = 'ApiProblem';
    this.code = code;
    this.status = status;
    this.errors = errors;
  }
}

interface ProblemBody {
  readonly code?: ProblemCode;
  readonly detail?: string;
  readonly errors?: readonly string[];
}

/** Reads the body of an answer that is no success; one that is no problem document is told in general. */
export async function problemOfAnswer(answer: Response): Promise<ApiProblem> {
  const general = answer.status === 502 || answer.status === 504 ? t('ui.unreachable') : t('ui.failed');
  const body: ProblemBody | null = await answer.json().catch(() => null);
  const code = body?.code ?? (answer.status === 401 ? 'not-signed-in' : 'internal');
  const [message, ...errors] = await Promise.all([
    body?.detail === undefined ? general : saidSoon(body.detail),
    ...(body?.errors ?? []).map(saidSoon),
  ]);
  return new ApiProblem(code, answer.status, message, errors);
}

/** Of whatever was thrown. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  return new ApiProblem('internal', 0, error instanceof Error ? error.message : t('ui.failed'));
}
