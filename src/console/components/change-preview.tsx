// `ChangeList`: what a change does, before and after, one line each.
import type { ComponentChildren } from 'preact';
import { t } from '../i18n/t.tsx';

/** Without before and after, the words alone say it: `12 users lose France`. */
export interface ChangeLine {
  readonly what: ComponentChildren;
  readonly before?: ComponentChildren;
  readonly after?: ComponentChildren;
  readonly tone?: 'good' | 'warn' | 'bad';
}

const LINES_SHOWN = 12;

export function ChangeList({ changes }: { readonly changes: readonly ChangeLine[] }) {
  if (changes.length === 0) return <p class="quiet">{t('ui.noChange')}</p>;
  const hidden = changes.length - LINES_SHOWN;
  return (
    <ul class="change-list">
      {changes.slice(0, LINES_SHOWN).map((line, place) => (
        <li key={place} data-tone={line.tone}>
          <span class="change-what">{line.what}</span>
          {line.before === undefined && line.after === undefined ? null : (
            <span class="change-values">
              <span class="visually-hidden">{t('ui.before')}</span>
              <del>{line.before ?? '–'}</del>
              <span aria-hidden="true"> → </span>
              <span class="visually-hidden">{t('ui.after')}</span>
              <ins>{line.after ?? '–'}</ins>
            </span>
          )}
        </li>
      ))}
      {hidden > 0 ? <li class="quiet">{t('ui.andMore', { count: hidden })}</li> : null}
    </ul>
  );
}
