// Outbound calls as they were judged: filtered, searched, paged, and each with the way to “Try a number”.
import { useState } from 'preact/hooks';
import type { z } from 'zod';
import type { callForm } from '../../../http/api/routes/record-forms.ts';
import { usePages } from '../../api/use-pages.ts';
import { Badge } from '../../components/badge.tsx';
import { IconButton } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { ExportLink } from '../../components/export-link.tsx';
import { SelectField } from '../../components/fields.tsx';
import { Flag } from '../../components/flag.tsx';
import { Person } from '../../components/person.tsx';
import { Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Table, type Column } from '../../components/table.tsx';
import { countryName, formatList, formatMoment } from '../../i18n/format.ts';
import { t } from '../../i18n/t.tsx';
import { useAddress } from '../../shell/address.ts';
import { DecisionDialog } from './decision-dialog.tsx';
import { reasonWord, verdictTone, verdictWord } from './names.ts';
import { tryAddress } from './try-address.ts';
import { RecordFilters, useRecords } from './record-filters.tsx';

export type Call = z.infer<typeof callForm>;

type VerdictChoice = 'all' | 'continue' | 'deny' | 'unscreened' | 'observed';

/** Countries that are named; more of a shared code are counted. */
const REGIONS_SHOWN_MAX = 2;

export function Decisions() {
  const records = useRecords('week');
  const [words, setWords] = useAddress<{ readonly verdict: string }>({ verdict: 'all' });
  const verdict = asVerdict(words.verdict);
  const [opened, setOpened] = useState<Call | null>(null);
  const chosen = {
    ...records.query,
    ...(verdict === 'all' ? {} : verdict === 'observed' ? { observed: true } : { verdict }),
  };
  const { rows, paging, problem, reload } = usePages<Call>('/calls', { kind: 'decision', ...chosen });
  return (
    <Section flush>
      <RecordFilters
        of={records}
        label={t('calls.search')}
        hint={t('calls.searchHint')}
        filter={
          <SelectField
            label={t('calls.verdict')}
            value={verdict}
            options={verdictOptions()}
            onChange={(next) => setWords({ verdict: next })}
            bare
          />
        }
      >
        <IconButton icon="refresh" label={t('calls.refresh')} onClick={reload} />
        <ExportLink path="/calls.csv" query={{ kind: 'decision', ...chosen }} file="calls.csv" />
      </RecordFilters>
      {problem === null ? null : <ProblemNote problem={problem} onRetry={reload} />}
      <Table
        label={t('calls.decisions')}
        rows={rows}
        rowKey={({ seq }) => String(seq)}
        columns={columns(setOpened)}
        paging={paging}
        tone={({ verdict: said }) => (said === 'deny' ? 'bad' : undefined)}
        empty={
          <Empty
            title={t('calls.none')}
            text={paging.next === null ? t('calls.noneText') : t('calls.goOn')}
          />
        }
      />
      {opened === null ? null : <DecisionDialog call={opened} onClose={() => setOpened(null)} />}
    </Section>
  );
}

function asVerdict(word: string): VerdictChoice {
  return verdictOptions().find(({ value }) => value === word)?.value ?? 'all';
}

function verdictOptions(): readonly { readonly value: VerdictChoice; readonly label: string }[] {
  return [
    { value: 'all', label: t('calls.everyVerdict') },
    { value: 'deny', label: t('calls.refused') },
    { value: 'continue', label: t('calls.allowed') },
    { value: 'observed', label: t('calls.observedOnly') },
    { value: 'unscreened', label: t('calls.unscreened') },
  ];
}

function columns(open: (call: Call) => void): readonly Column<Call>[] {
  return [
    {
      key: 'time',
      title: t('calls.time'),
      render: ({ atMs }) => <span class="nowrap">{formatMoment(atMs)}</span>,
    },
    {
      key: 'from',
      title: t('calls.from'),
      render: ({ party }) => (party === null ? t('calls.nobody') : <Person extension={party} />),
    },
    { key: 'to', title: t('calls.to'), render: (call) => <Destination call={call} /> },
    {
      key: 'verdict',
      title: t('calls.verdict'),
      render: ({ verdict, detail }) => (
        <>
          <Badge tone={verdictTone(verdict)}>{verdictWord(verdict)}</Badge>
          {Array.isArray(detail['observed']) ? (
            <>
              {' '}
              <Badge tone="warn">{t('calls.wouldRefuse')}</Badge>
            </>
          ) : null}
        </>
      ),
    },
    {
      key: 'reason',
      title: t('calls.reason'),
      render: (call) => (
        <button
          type="button"
          class="link"
          aria-label={t('calls.showSteps', { reason: reasonWord(call.reason), number: call.dialled })}
          onClick={() => open(call)}
        >
          {reasonWord(call.reason)}
        </button>
      ),
    },
    {
      key: 'why',
      title: t('calls.actions'),
      bare: true,
      render: ({ dialled, party, via, atMs, verdict }) => (
        <a class="nowrap" href={tryAddress({ number: dialled, from: party ?? '', via: via ?? '', atMs })}>
          {verdict === 'deny' ? t('calls.whyRefused') : t('calls.whyAllowed')}
        </a>
      ),
    },
  ];
}

export function Destination({
  call,
}: {
  readonly call: Pick<Call, 'e164' | 'dialled' | 'number' | 'regions'>;
}) {
  const { e164, dialled, number, regions } = call;
  const named = regions.slice(0, REGIONS_SHOWN_MAX).map(countryName);
  const more = regions.length - named.length;
  const [only = ''] = regions;
  return (
    <>
      <Person extension={e164 ?? (number || dialled)} />
      {named.length === 0 ? null : (
        <span class="quiet">
          {' '}
          {regions.length === 1 ? <Flag region={only} /> : null}{' '}
          {formatList(more > 0 ? [...named, t('ui.andMore', { count: more })] : named)}
        </span>
      )}
    </>
  );
}
