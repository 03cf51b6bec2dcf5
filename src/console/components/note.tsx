// `Note`: a sentence that matters on the page itself: information, success, warning or trouble.
import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

export type Tone = 'info' | 'good' | 'warn' | 'bad';

const icons: Readonly<Record<Tone, IconName>> = {
  info: 'info',
  good: 'check',
  warn: 'warning',
  bad: 'warning',
};

interface NoteProps {
  readonly tone?: Tone;
  readonly title?: string | undefined;
  readonly children: ComponentChildren;
}

/** Trouble is told to screen readers at once. */
export function Note({ tone = 'info', title, children }: NoteProps) {
  return (
    <div class="note" data-tone={tone} role={tone === 'bad' || tone === 'warn' ? 'alert' : undefined}>
      <Icon name={icons[tone]} />
      <div class="note-words">
        {title === undefined ? null : <strong>{title}</strong>}
        {children}
      </div>
    </div>
  );
}
