// `toast(text)`: says at the edge of the page what was done, and goes by itself; trouble stays until it is dismissed.
import { signal } from '@preact/signals';
import { saidSoon } from '../i18n/said.ts';
import { t } from '../i18n/t.tsx';
import { IconButton } from './button.tsx';
import { Icon } from './icon.tsx';

interface Told {
  readonly id: number;
  readonly text: string;
  readonly tone: 'good' | 'bad';
}

const TOASTS_MAX = 4;
const SHOWN_MS = 6000;
const told = signal<readonly Told[]>([]);
let lastId = 0;

export function toast(text: string, tone: Told['tone'] = 'good'): void {
  lastId += 1;
  const id = lastId;
  told.value = [...told.value, { id, text, tone }].slice(-TOASTS_MAX);
  if (tone === 'good') setTimeout(() => dismiss(id), SHOWN_MS);
}

/** Of what a change did, as every changing route answers it. */
export function toastOutcome(outcome: {
  readonly changes: readonly unknown[];
  readonly notices: readonly string[];
}): void {
  toast(outcome.changes.length === 0 ? t('ui.nothingChanged') : t('ui.saved'));
  for (const notice of outcome.notices) toastSaid(notice);
}

/** A sentence of the daemon's. */
export function toastSaid(sentence: string): void {
  void saidSoon(sentence).then((text) => toast(text));
}

function dismiss(id: number): void {
  told.value = told.value.filter((one) => one.id !== id);
}

/** Stands once in the frame. */
export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {told.value.map(({ id, text, tone }) => (
        <div key={id} class="toast" data-tone={tone}>
          <Icon name={tone === 'good' ? 'check' : 'warning'} />
          <span>{text}</span>
          <IconButton icon="close" label={t('ui.dismiss')} onClick={() => dismiss(id)} />
        </div>
      ))}
    </div>
  );
}
