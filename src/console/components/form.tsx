// `Form`: fields with their button; Enter sends it, what went wrong stands beside the button, and what was typed stays.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { ApiProblem } from '../api/problem.ts';
import { t } from '../i18n/t.tsx';
import { useLeaveWarning } from '../shell/leave.ts';
import { Button } from './button.tsx';
import { ProblemNote } from './problem-note.tsx';

interface FormProps {
  /** What it is for, as `useAction` gives it. */
  readonly action: {
    readonly run: () => unknown;
    readonly busy: boolean;
    readonly problem: ApiProblem | null;
  };
  readonly children: ComponentChildren;
  /** Reads again what somebody else has changed. */
  readonly onReload?: () => void;
  readonly submit?: string;
  readonly onCancel?: () => void;
  /** Nothing to save yet. */
  readonly unchanged?: boolean;
  readonly danger?: boolean;
  /** The button is as wide as the fields. */
  readonly wide?: boolean;
}

export function Form({ action: { run, busy, problem }, children, ...props }: FormProps) {
  const [edited, setEdited] = useState(false);
  // A dialog is left by its own buttons; on a page, a click on any link would take away what was typed.
  useLeaveWarning(edited && props.onReload !== undefined && props.onCancel === undefined);
  const send = async () => {
    if ((await run()) === true) setEdited(false);
  };
  const stale = problem?.code === 'stale' || problem?.code === 'if-match-missing';
  return (
    <form
      class={props.wide === true ? 'form form-wide' : 'form'}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onInput={() => setEdited(true)}
    >
      {children}
      {problem === null ? null : (
        <ProblemNote problem={problem} onRetry={stale ? props.onReload : undefined} />
      )}
      <div class="form-foot">
        <Button
          kind={props.danger === true ? 'danger' : 'primary'}
          type="submit"
          busy={busy}
          disabled={props.unchanged === true}
        >
          {props.submit ?? t('ui.save')}
        </Button>
        {props.onCancel === undefined ? null : <Button onClick={props.onCancel}>{t('ui.cancel')}</Button>}
      </div>
    </form>
  );
}
