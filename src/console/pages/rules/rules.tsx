// Rules by number and prefix: found, added, taken away, and set to observe; the block-list is among them.
import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import type { Rule } from '../../../http/api/routes/rules.ts';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { usePages } from '../../api/use-pages.ts';
import { useResource } from '../../api/use-resource.ts';
import { Badge, type BadgeTone } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { confirm } from '../../components/confirm.tsx';
import { Empty } from '../../components/empty.tsx';
import { ExportLink } from '../../components/export-link.tsx';
import { SearchField, SelectField } from '../../components/fields.tsx';
import { Note } from '../../components/note.tsx';
import { Page, Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Table, Toolbar, type Column } from '../../components/table.tsx';
import { toastOutcome } from '../../components/toast.tsx';
import { formatEnd } from '../../i18n/format.ts';
import { t, tOr } from '../../i18n/t.tsx';
import { useAddress } from '../../shell/address.ts';
import { may } from '../../shell/session.ts';
import { useSettled } from '../calls/use-settled.ts';
import { AddRule, type RuleAction } from './add-rule.tsx';
import { ImportRules } from './import-rules.tsx';

interface Outcome {
  readonly changes: readonly unknown[];
  readonly notices: readonly string[];
}

const actionTones: Readonly<Record<RuleAction, BadgeTone>> = {
  allow: 'good',
  deny: 'bad',
  pin: 'info',
  block: 'bad',
};
export const actionWords = {
  allow: 'rules.allow',
  deny: 'rules.deny',
  pin: 'rules.pin',
  block: 'rules.block',
} as const;

/** What can be asked of the API as a number that is dialled. */
const NUMBER = /^[+\d][\d\s()-]{4,}$/;

interface RuleFilter {
  readonly text: string;
  readonly action: RuleAction | '';
}

export default function RulesPage() {
  const [filter, setFilter] = useAddress<RuleFilter>({ text: '', action: '' });
  const { text, action } = filter;
  const [open, setOpen] = useState<'add' | 'import' | null>(null);
  const wanted = useSettled(text.trim());
  const byNumber = NUMBER.test(wanted);
  const pages = usePages<Rule>('/rules', {
    action,
    ...(byNumber ? { number: wanted.replaceAll(/[\s()-]/g, '') } : { text: wanted }),
  });
  const editable = may('system.write');
  return (
    <Page
      title={t('rules.title')}
      lead={t('rules.lead')}
      up={{ href: '/barring', title: t('barring.title') }}
      actions={
        <>
          <ExportLink path="/rules.csv" file="rules.csv" />
          {editable ? <Button onClick={() => setOpen('import')}>{t('rules.import')}</Button> : null}
          {editable ? (
            <Button kind="primary" icon="add" onClick={() => setOpen('add')}>
              {t('rules.add')}
            </Button>
          ) : null}
        </>
      }
    >
      <Asked />
      <Section flush>
        <Toolbar>
          <SearchField
            label={t('rules.search')}
            placeholder={t('rules.searchHint')}
            value={text}
            onChange={(next) => setFilter({ ...filter, text: next })}
          />
          <SelectField
            label={t('rules.action')}
            value={action}
            options={[
              { value: '' as const, label: t('rules.anyAction') },
              ...(['allow', 'deny', 'pin', 'block'] as const).map((value) => ({
                value,
                label: t(actionWords[value]),
              })),
            ]}
            onChange={(next) => setFilter({ ...filter, action: next })}
          />
        </Toolbar>
        {byNumber ? <p class="quiet inset">{t('rules.byNumber', { number: wanted })}</p> : null}
        {pages.problem === null ? null : <ProblemNote problem={pages.problem} onRetry={pages.reload} />}
        <RuleTable
          rows={pages.problem !== null && byNumber ? [] : pages.rows}
          paging={pages.paging}
          editable={editable}
          onChanged={pages.reload}
          filtered={wanted !== '' || action !== ''}
        />
      </Section>
      {open === 'add' ? <AddRule onClose={() => setOpen(null)} onAdded={pages.reload} /> : null}
      {open === 'import' ? <ImportRules onClose={() => setOpen(null)} onDone={pages.reload} /> : null}
    </Page>
  );
}

/** The rule that a link leads to: the one that decided about a call. */
function Asked() {
  const wanted = Number(useLocation().query['rule'] ?? '');
  const isAsked = Number.isInteger(wanted) && wanted > 0;
  const { data } = useResource<{ readonly rows: readonly Rule[] }>(isAsked ? '/rules' : null, {
    cursor: wanted - 1,
    limit: 1,
  });
  if (!isAsked || data === null) return null;
  const rule = data.rows.find(({ id }) => id === wanted);
  if (rule === undefined) return <Note tone="warn">{t('rules.gone', { id: wanted })}</Note>;
  return (
    <Note title={t('rules.asked', { id: wanted })}>
      {t(actionWords[rule.action])} {rule.numbers}
      {rule.reason === '' ? '' : ` · ${rule.reason}`}
    </Note>
  );
}

interface RuleTableProps {
  readonly rows: readonly Rule[] | null;
  readonly paging: ReturnType<typeof usePages<Rule>>['paging'];
  readonly editable: boolean;
  readonly filtered: boolean;
  readonly onChanged: () => void;
}

function RuleTable({ rows, paging, editable, filtered, onChanged }: RuleTableProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const change = useAction(async (path: string, body: unknown) => {
    toastOutcome(await api.post<Outcome>(path, body));
    setChosen(new Set());
    onChanged();
  });
  const remove = async (ids: readonly number[]) => {
    const title = t('rules.removeTitle', { count: ids.length });
    if (!(await confirm({ title, action: t('rules.remove'), danger: true }))) return;
    await change.run('/rules/remove', { ids });
  };
  const observe = (ids: readonly number[], on: boolean) => change.run('/rules/observe', { ids, observe: on });
  const ids = [...chosen].map(Number);
  const bar = (
    <>
      <Button onClick={() => void observe(ids, true)}>{t('rules.observe')}</Button>
      <Button onClick={() => void observe(ids, false)}>{t('rules.enforce')}</Button>
      <Button kind="danger" icon="trash" onClick={() => void remove(ids)}>
        {t('rules.remove')}
      </Button>
    </>
  );
  return (
    <>
      {change.problem === null ? null : <ProblemNote problem={change.problem} />}
      <Table
        label={t('rules.title')}
        rows={rows}
        rowKey={(row) => String(row.id)}
        rowName={(row) => row.numbers}
        columns={columns()}
        paging={paging}
        {...(editable ? { selection: { chosen, onChange: setChosen, bar } } : {})}
        empty={
          filtered ? (
            <Empty title={t('ui.noMatches')} />
          ) : (
            <Empty title={t('rules.none')} text={t('rules.noneText')} />
          )
        }
      />
    </>
  );
}

const columns = (): readonly Column<Rule>[] => [
  {
    key: 'numbers',
    title: t('rules.numbers'),
    render: (row) => <code>{row.numbers}</code>,
  },
  {
    key: 'action',
    title: t('rules.action'),
    render: (row) => <Badge tone={actionTones[row.action]}>{t(actionWords[row.action])}</Badge>,
  },
  {
    key: 'for',
    title: t('rules.for'),
    render: (row) => row.group ?? t('rules.everybody'),
  },
  {
    key: 'state',
    title: t('rules.state'),
    render: (row) => (
      <span class="badges">
        <Badge tone={row.state === 'active' ? 'good' : 'plain'}>{tOr(`rules.${row.state}`, row.state)}</Badge>
        {row.premium ? <Badge tone="info">{t('rules.alsoPremium')}</Badge> : null}
        {row.untilMs === null ? null : (
          <span class="quiet">{t('rules.untilDay', { day: formatEnd(row.untilMs) })}</span>
        )}
      </span>
    ),
  },
  {
    key: 'reason',
    title: t('rules.reason'),
    render: (row) => row.reason || '–',
  },
  { key: 'id', title: t('rules.id'), render: (row) => <span class="quiet">{row.id}</span> },
];
