// `ProblemNote`: what the API said instead of an answer, in its own sentence; where somebody else was faster, the way out.
import type { ApiProblem } from '../api/problem.ts';
import { t } from '../i18n/t.tsx';
import { may } from '../shell/session.ts';
import { Button } from './button.tsx';
import { Note } from './note.tsx';

interface ProblemNoteProps {
  readonly problem: ApiProblem;
  /** Reads again what stands on the page. */
  readonly onRetry?: (() => void) | undefined;
}

export function ProblemNote({ problem, onRetry }: ProblemNoteProps) {
  const stale = problem.code === 'stale' || problem.code === 'if-match-missing';
  return (
    <Note tone={stale ? 'warn' : 'bad'} title={stale ? t('ui.staleTitle') : undefined}>
      <p>{stale ? t('ui.staleText') : problem.message}</p>
      {problem.errors.length === 0 ? null : (
        <ul>
          {problem.errors.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      {stale && may('audit.read') ? (
        <p>
          <a href="/audit" target="_blank">
            {t('ui.staleWho')}
          </a>
        </p>
      ) : null}
      {onRetry === undefined ? null : (
        <Button onClick={onRetry}>{stale ? t('ui.reload') : t('ui.retry')}</Button>
      )}
    </Note>
  );
}
