// `Empty`: there is nothing to show, why, and what to do about it.
import type { ComponentChildren } from 'preact';

interface EmptyProps {
  readonly title: string;
  readonly text?: ComponentChildren;
  readonly action?: ComponentChildren;
}

export function Empty({ title, text, action }: EmptyProps) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {text === undefined ? null : <p>{text}</p>}
      {action === undefined ? null : <div class="actions">{action}</div>}
    </div>
  );
}
