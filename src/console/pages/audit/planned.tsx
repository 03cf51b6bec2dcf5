// What a change would do, one line for each thing that it touches, before it is made.
import { Note } from '../../components/note.tsx';
import { said } from '../../i18n/said.ts';
import { t } from '../../i18n/t.tsx';
import './audit.css';
import { Difference, subjectText } from './difference.tsx';
import './planned.css';

/** Changes that are shown; the rest is counted. */
const SHOWN_MAX = 100;

/** As every changing route answers it. */
export interface Plan {
  readonly changes: readonly {
    readonly action: string;
    readonly subject: string;
    readonly before?: unknown;
    readonly after?: unknown;
  }[];
  readonly changeCount?: number | undefined;
  readonly notices: readonly string[];
}

export const plannedCount = ({ changes, changeCount }: Plan): number => changeCount ?? changes.length;

export function Planned({ plan }: { readonly plan: Plan }) {
  const count = plannedCount(plan);
  return (
    <div aria-live="polite">
      {plan.notices.map((notice) => (
        <Note key={notice} tone="warn">
          {said(notice)}
        </Note>
      ))}
      {count === 0 ? <p>{t('ui.noChange')}</p> : <h3>{t('ui.whatChanges')}</h3>}
      <ul class="planned">
        {plan.changes.slice(0, SHOWN_MAX).map((change, place) => (
          <li key={place}>
            <strong>{subjectText(change.action, change.subject)}</strong>{' '}
            <Difference record={{ ...change, before: change.before ?? null, after: change.after ?? null }} />
          </li>
        ))}
        {count > SHOWN_MAX ? <li>{t('ui.andMore', { count: count - SHOWN_MAX })}</li> : null}
      </ul>
    </div>
  );
}
