// What a policy file would have done to the calls of the last days: which it would refuse, and which it would let out.
import { useState } from 'preact/hooks';
import type { z } from 'zod';
import type { replayForm } from '../../../http/api/routes/policy.ts';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { Button } from '../../components/button.tsx';
import { NumberField } from '../../components/fields.tsx';
import { Note } from '../../components/note.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Table, Toolbar, type Column } from '../../components/table.tsx';
import { formatMoment } from '../../i18n/format.ts';
import { t } from '../../i18n/t.tsx';
import { reasonWord } from '../calls/names.ts';

type Replayed = z.infer<typeof replayForm>;
type Row = Replayed['refused']['rows'][number];

const DAYS = 7;
const DAYS_MAX = 90;

interface ReplayProps {
  readonly file: File;
  readonly type: string;
}

export function Replay({ file, type }: ReplayProps) {
  const [days, setDays] = useState(DAYS);
  const [replayed, setReplayed] = useState<Replayed | null>(null);
  const run = useAction(async () => {
    const options = { query: { days }, file: { type, content: file } };
    setReplayed(await api.post<Replayed>('/policy/replay', undefined, options));
  });
  return (
    <section>
      <h3>{t('system.replay')}</h3>
      <p class="quiet">{t('system.replayLead')}</p>
      <Toolbar>
        <NumberField
          label={t('system.replayDays')}
          value={days}
          min={1}
          max={DAYS_MAX}
          unit={t('ui.reportDays', { count: days })}
          onChange={(next) => {
            if (next !== null && next >= 1 && next <= DAYS_MAX) setDays(next);
          }}
        />
        <Button busy={run.busy} onClick={() => void run.run()}>
          {t('system.replayRun')}
        </Button>
      </Toolbar>
      {run.problem === null ? null : <ProblemNote problem={run.problem} />}
      <div aria-live="polite">{replayed === null ? null : <Result replayed={replayed} />}</div>
    </section>
  );
}

function Result({ replayed }: { readonly replayed: Replayed }) {
  const { calls, more, denied, challenged, refused, opened } = replayed;
  const same = refused.count + opened.count === 0;
  return (
    <>
      <p>{t('system.replayed', { count: calls, denied, challenged })}</p>
      {more ? <Note>{t('system.replayMore', { count: calls })}</Note> : null}
      {same ? <Note tone="good">{t('system.replaySame')}</Note> : null}
      <Calls title={t('system.replayRefused', { count: refused.count })} {...refused} />
      <Calls title={t('system.replayOpened', { count: opened.count })} {...opened} />
    </>
  );
}

function Calls({ title, count, rows }: Replayed['refused'] & { readonly title: string }) {
  if (count === 0) return null;
  return (
    <>
      <h4>{title}</h4>
      <Table label={title} rows={rows} rowKey={({ seq }) => String(seq)} columns={columns()} />
      {count > rows.length ? <p class="quiet">{t('ui.andMore', { count: count - rows.length })}</p> : null}
    </>
  );
}

const columns = (): readonly Column<Row>[] => [
  { key: 'time', title: t('calls.time'), render: ({ atMs }) => formatMoment(atMs) },
  { key: 'who', title: t('users.extension'), render: ({ extension }) => extension ?? '–' },
  {
    key: 'dialled',
    title: t('system.replayDialled'),
    render: ({ dialled }) => <span class="number">{dialled}</span>,
  },
  { key: 'now', title: t('system.replayNow'), render: ({ reasonNow }) => reasonWord(reasonNow) },
  { key: 'then', title: t('system.replayThen'), render: ({ reason }) => reasonWord(reason) },
];
