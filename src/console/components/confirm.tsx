// `await confirm({ title, changes })`: asks before something is done, with the list of what would change.
import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { t } from '../i18n/t.tsx';
import { Button } from './button.tsx';
import { ChangeList, type ChangeLine } from './change-preview.tsx';
import { Dialog } from './dialog.tsx';

interface Question {
  readonly title: string;
  readonly text?: ComponentChildren;
  /** What would change, one line each. */
  readonly changes?: readonly ChangeLine[];
  /** The words of the button that goes on. */
  readonly action?: string;
  readonly danger?: boolean;
}

const open = signal<(Question & { readonly answer: (yes: boolean) => void }) | null>(null);

/** True where the person goes on. One question at a time: a new one answers the old one with no. */
export function confirm(question: Question): Promise<boolean> {
  open.value?.answer(false);
  return new Promise((resolve) => {
    open.value = {
      ...question,
      answer: (yes) => {
        open.value = null;
        resolve(yes);
      },
    };
  });
}

/** Stands once in the frame. */
export function Confirms() {
  const question = open.value;
  if (question === null) return null;
  const { title, text, changes, action, danger, answer } = question;
  const footer = (
    <>
      <Button onClick={() => answer(false)}>{t('ui.cancel')}</Button>
      <Button kind={danger === true ? 'danger' : 'primary'} onClick={() => answer(true)}>
        {action ?? t('ui.confirm')}
      </Button>
    </>
  );
  return (
    <Dialog title={title} onClose={() => answer(false)} footer={footer}>
      {text === undefined ? null : <p>{text}</p>}
      {changes === undefined ? null : <ChangeList changes={changes} />}
    </Dialog>
  );
}
