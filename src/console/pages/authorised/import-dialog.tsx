// People from a table: first what would happen, line by line, then the import itself.
import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { Badge, type BadgeTone } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { SwitchField } from '../../components/choices.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FileField, SelectField } from '../../components/fields.tsx';
import { Form } from '../../components/form.tsx';
import { Note } from '../../components/note.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Table, type Column } from '../../components/table.tsx';
import { formatNumber } from '../../i18n/format.ts';
import { said } from '../../i18n/said.ts';
import { t } from '../../i18n/t.tsx';
import { listPath, type PeopleImport } from './lists.ts';

interface ImportDialogProps {
  readonly lists: readonly string[];
  readonly list: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

type Line = PeopleImport['lines'][number];

export function ImportDialog({ lists, list: first, onDone, onClose }: ImportDialogProps) {
  const [list, setList] = useState(first || (lists[0] ?? ''));
  const [file, setFile] = useState<File | null>(null);
  const [replace, setReplace] = useState(false);
  const [skipBad, setSkipBad] = useState(false);
  const [report, setReport] = useState<PeopleImport | null>(null);
  const send = (dryRun: boolean) => {
    const options = { query: { dryRun, replace, skipBad }, file: { type: 'text/csv', content: file ?? '' } };
    return api.post<PeopleImport>(`${listPath(list)}/people.csv`, undefined, options);
  };
  const look = useAction(async () => setReport(await send(true)));
  const apply = useAction(async () => {
    const done = await send(false);
    if (done.applied) onDone();
    else setReport(done);
  });
  const forget =
    <Value,>(set: (value: Value) => void) =>
    (value: Value) => {
      set(value);
      setReport(null);
    };
  return (
    <Dialog title={t('authorised.importTitle')} onClose={onClose} wide>
      <Form
        action={look}
        unchanged={file === null || list === ''}
        submit={t('authorised.importLook')}
        onCancel={onClose}
      >
        <SelectField
          label={t('authorised.list')}
          value={list}
          options={lists.map((value) => ({ value, label: value }))}
          onChange={forget(setList)}
        />
        <FileField
          label={t('authorised.importFile')}
          hint={t('authorised.importColumns')}
          accept=".csv,text/csv"
          onChange={forget(setFile)}
        />
        <SwitchField label={t('authorised.importReplace')} checked={replace} onChange={forget(setReplace)} />
        <SwitchField label={t('authorised.importSkip')} checked={skipBad} onChange={forget(setSkipBad)} />
      </Form>
      {report === null ? null : <Report report={report} />}
      {apply.problem === null ? null : <ProblemNote problem={apply.problem} />}
      {report === null ? null : (
        <Button
          kind="primary"
          busy={apply.busy}
          disabled={report.counts.refused > 0 && !skipBad}
          onClick={() => void apply.run()}
        >
          {t('authorised.importApply')}
        </Button>
      )}
    </Dialog>
  );
}

const outcomeTones: Readonly<Record<Line['outcome'], BadgeTone>> = {
  added: 'good',
  changed: 'info',
  unchanged: 'plain',
  refused: 'bad',
};
const outcomeWords = {
  added: 'authorised.added',
  changed: 'authorised.changed',
  unchanged: 'authorised.unchanged',
  refused: 'authorised.refused',
} as const;

const columns = (): readonly Column<Line>[] => [
  { key: 'line', title: t('authorised.line'), align: 'end', render: ({ line }) => formatNumber(line) },
  {
    key: 'outcome',
    title: t('authorised.outcome'),
    render: ({ outcome }) => <Badge tone={outcomeTones[outcome]}>{t(outcomeWords[outcome])}</Badge>,
  },
  {
    key: 'number',
    title: t('authorised.number'),
    render: ({ number }) => <span class="number">{number}</span>,
  },
  { key: 'name', title: t('authorised.name'), render: ({ name }) => name },
  { key: 'reason', title: t('authorised.reason'), render: ({ problem }) => said(problem) },
];

function Report({ report }: { readonly report: PeopleImport }) {
  const { counts, lines, notices } = report;
  const shown = [
    ['authorised.added', counts.added, 'good'],
    ['authorised.changed', counts.changed, 'info'],
    ['authorised.unchanged', counts.unchanged, 'plain'],
    ['authorised.refused', counts.refused, 'bad'],
    ['authorised.removed', counts.removed, 'warn'],
  ] as const;
  return (
    <section aria-label={t('authorised.importResult')} aria-live="polite">
      <h3>{t('authorised.importResult')}</h3>
      <p class="actions">
        {shown.map(([key, count, tone]) =>
          count === 0 ? null : (
            <Badge key={key} tone={tone}>
              {t(key)}: {formatNumber(count)}
            </Badge>
          ),
        )}
      </p>
      {notices.map((notice) => (
        <Note key={notice}>{said(notice)}</Note>
      ))}
      {lines.length === 0 ? (
        <p class="quiet">{t('authorised.nothingInFile')}</p>
      ) : (
        <Table
          label={t('authorised.importResult')}
          rows={lines}
          rowKey={({ line }) => String(line)}
          columns={columns()}
        />
      )}
    </section>
  );
}
