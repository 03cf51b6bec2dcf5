// `Loaded`: shows what `useResource` has read, and until then that it is on its way, or why it is not there.
import type { ComponentChildren } from 'preact';
import type { Resource } from '../api/use-resource.ts';
import { t } from '../i18n/t.tsx';
import { ProblemNote } from './problem-note.tsx';
import { Spinner } from './spinner.tsx';

interface LoadedProps<Answer> {
  readonly of: Resource<Answer>;
  readonly children: (data: Answer) => ComponentChildren;
}

/** What was read before stays while it is read again, and with a note when that fails. */
export function Loaded<Answer>({ of, children }: LoadedProps<Answer>) {
  const { data, problem, reload } = of;
  return (
    <>
      {problem === null ? null : <ProblemNote problem={problem} onRetry={reload} />}
      {data !== null ? children(data) : problem === null ? <Spinner label={t('ui.loading')} /> : null}
    </>
  );
}
