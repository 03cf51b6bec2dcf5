// Exceptions that have ended are cleared away: first the list of what goes, then the button.
import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { usePages } from '../../api/use-pages.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Empty } from '../../components/empty.tsx';
import { SelectField } from '../../components/fields.tsx';
import { Form } from '../../components/form.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Table, type Column } from '../../components/table.tsx';
import { formatEnd } from '../../i18n/format.ts';
import { t } from '../../i18n/t.tsx';
import type { ListedException } from '../../../http/api/routes/exceptions.ts';
import { targetWords } from '../users/user-columns.tsx';
import type { Outcome } from './extend-exceptions.tsx';
import { useExceptionCount, whoOf } from './who.ts';

/** Kept for so many days, so that people can look up what was open. */
const spans = ['30', '7', '0'] as const;
type Span = (typeof spans)[number];

const ROWS = 25;

interface PruneExceptionsProps {
  readonly onDone: (outcome: Outcome) => void;
  readonly onClose: () => void;
}

export function PruneExceptions({ onDone, onClose }: PruneExceptionsProps) {
  const [days, setDays] = useState<Span>('30');
  const query = { show: 'expired', endedForDays: days, order: 'end' };
  const pages = usePages<ListedException>('/exceptions', { ...query, limit: ROWS });
  const count = useExceptionCount(query);
  const prune = useAction(async () => {
    onDone(await api.post<Outcome>('/exceptions/prune', { olderThanDays: Number(days) }));
  });
  return (
    <Dialog title={t('exceptions.prune')} onClose={onClose} wide>
      <Form
        action={prune}
        submit={t('exceptions.pruneNow', { count })}
        unchanged={count === 0 || pages.loading}
        onCancel={onClose}
        danger
      >
        <p>{t('exceptions.pruneText')}</p>
        <SelectField
          label={t('exceptions.which')}
          value={days}
          onChange={setDays}
          options={spans.map((value) => ({
            value,
            label:
              value === '0' ? t('exceptions.allEnded') : t('exceptions.endedFor', { count: Number(value) }),
          }))}
        />
        {pages.problem === null ? null : <ProblemNote problem={pages.problem} onRetry={pages.reload} />}
        <Table
          label={t('exceptions.whatGoes')}
          rows={pages.rows}
          columns={columns()}
          rowKey={({ id }) => String(id)}
          paging={pages.paging}
          empty={<Empty title={t('exceptions.nothingGoes')} />}
        />
      </Form>
    </Dialog>
  );
}

const columns = (): readonly Column<ListedException>[] => [
  { key: 'who', title: t('exceptions.who'), render: whoOf },
  { key: 'target', title: t('user.target'), render: ({ target }) => targetWords(target) },
  {
    key: 'ended',
    title: t('exceptions.endedOn'),
    render: ({ untilMs }) => (untilMs === null ? '' : formatEnd(untilMs)),
  },
  { key: 'reason', title: t('user.reason'), render: ({ reason }) => reason },
];
