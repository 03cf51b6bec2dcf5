// Another end for one exception or for several: until Friday, in a week, or a day of one's own.
import { useState } from 'preact/hooks';
import type { z } from 'zod';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Form } from '../../components/form.tsx';
import { inAWeek, UntilField } from '../../components/until-field.tsx';
import { formatEnd } from '../../i18n/format.ts';
import { t } from '../../i18n/t.tsx';
import type { outcomeForm } from '../../../http/api/forms.ts';
import { targetWords } from '../users/user-columns.tsx';
import type { ExceptionRow } from './exception-columns.tsx';

export type Outcome = z.infer<typeof outcomeForm>;

interface ExtendExceptionsProps {
  readonly rows: readonly ExceptionRow[];
  readonly onDone: (outcome: Outcome) => void;
  readonly onClose: () => void;
}

export function ExtendExceptions({ rows, onDone, onClose }: ExtendExceptionsProps) {
  const [untilMs, setUntil] = useState<number | null>(inAWeek);
  const save = useAction(async () => {
    const chosen = { ids: rows.map(({ id }) => id), ends: rows.map((row) => row.untilMs) };
    onDone(await api.post<Outcome>('/exceptions/extend', { ...chosen, untilMs }));
  });
  const [only] = rows;
  const isOne = rows.length === 1 && only !== undefined;
  const title = isOne
    ? t('exceptions.extendTitle', { extension: only.extension, target: targetWords(only.target) })
    : t('exceptions.extendMany', { count: rows.length });
  const shortened = rows.filter((row) => row.untilMs === null || (untilMs !== null && row.untilMs > untilMs));
  return (
    <Dialog title={title} onClose={onClose}>
      <Form action={save} submit={t('exceptions.extend')} unchanged={untilMs === null} onCancel={onClose}>
        {isOne ? (
          <p class="quiet">
            {only.untilMs === null
              ? t('exceptions.hasNoEnd')
              : t(only.state === 'expired' ? 'exceptions.ended' : 'exceptions.endsNow', {
                  day: formatEnd(only.untilMs),
                })}
          </p>
        ) : null}
        <UntilField label={t('exceptions.newEnd')} value={untilMs} onChange={setUntil} noEnd={false} />
        {shortened.length === 0 ? null : (
          <p class="quiet">
            {isOne ? t('exceptions.shortenedOne') : t('exceptions.shortened', { count: shortened.length })}
          </p>
        )}
      </Form>
    </Dialog>
  );
}
