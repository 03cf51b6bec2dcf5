// `Badge`: a state in one or two words, such as a verdict; the colour repeats what the words say.
import type { ComponentChildren } from 'preact';

export type BadgeTone = 'good' | 'bad' | 'warn' | 'info' | 'plain';

export function Badge({
  tone = 'plain',
  children,
}: {
  readonly tone?: BadgeTone;
  readonly children: ComponentChildren;
}) {
  return (
    <span class="badge" data-tone={tone}>
      {children}
    </span>
  );
}
