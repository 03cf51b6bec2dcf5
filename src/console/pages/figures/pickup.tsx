// The figures of pickup: what became of the calls that rang, how long that took, and who took whose.
import { Chart } from '../../components/chart.tsx';
import { Empty } from '../../components/empty.tsx';
import { ExportLink } from '../../components/export-link.tsx';
import { Stats } from '../../components/figures.tsx';
import { Person } from '../../components/person.tsx';
import { Section } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { formatDuration, formatNumber, formatPercent } from '../../i18n/format.ts';
import { t } from '../../i18n/t.tsx';
import { CHART_DAYS_MIN, everyDay } from './every-day.ts';
import type { FiguresQuery, Pickups } from './figures.tsx';

interface PickupFiguresProps {
  readonly figures: Pickups;
  /** Null until they are there. */
  readonly groups: Pickups | null;
  readonly query: FiguresQuery;
}

const time = (ms: number | null) => (ms === null ? '–' : formatDuration(ms));
const share = (part: number | null) => (part === null ? '–' : formatPercent(part));

export function PickupFigures({ figures, groups, query }: PickupFiguresProps) {
  const { total, takers } = figures;
  return (
    <>
      <h2 class="figures-title">{t('figures.pickup')}</h2>
      <Stats
        stats={[
          { label: t('figures.rang'), value: formatNumber(total.calls) },
          {
            label: t('figures.abandonRate'),
            value: share(total.abandonRate),
            text: t('figures.abandonedCount', { count: total.abandoned }),
            ...(total.abandoned === 0 ? {} : { tone: 'bad' as const }),
          },
          {
            label: t('figures.rescued'),
            value: formatNumber(total.rescued),
            text: t('figures.rescuedShare', { share: share(total.rescuedShare) }),
            ...(total.rescued === 0 ? {} : { tone: 'good' as const }),
          },
          {
            label: t('figures.ringTime'),
            value: time(total.ringToAnswer.medianMs),
            text: t('figures.ringP90', { time: time(total.ringToAnswer.p90Ms) }),
          },
        ]}
      />
      {total.calls === 0 ? (
        <Section>
          <Empty title={t('figures.noRang')} text={t('figures.noCallsText')} />
        </Section>
      ) : (
        <>
          <ByDay figures={figures} query={query} />
          <Groups groups={groups} />
        </>
      )}
      {takers.length === 0 ? null : (
        <Section title={t('figures.takers')} flush>
          <Table
            label={t('figures.takers')}
            rows={takers}
            rowKey={({ picker, from }) => `${picker ?? ''} ${from ?? ''}`}
            columns={[
              {
                key: 'picker',
                title: t('figures.picker'),
                render: ({ picker }) =>
                  picker === null ? t('figures.nobody') : <Person extension={picker} />,
              },
              {
                key: 'from',
                title: t('figures.from'),
                render: ({ from }) => (from === null ? t('figures.nobody') : <Person extension={from} />),
              },
              {
                key: 'count',
                title: t('figures.calls'),
                align: 'end',
                sort: ({ count }) => count,
                render: ({ count }) => formatNumber(count),
              },
            ]}
          />
        </Section>
      )}
    </>
  );
}

function ByDay({ figures, query }: Pick<PickupFiguresProps, 'figures' | 'query'>) {
  const { moments, rows } = everyDay(figures.rows, ({ key }) => key, query.since, Date.now());
  const file = { ...query, by: 'day' };
  return (
    <Section
      title={t('figures.rangByDay')}
      actions={<ExportLink path="/statistics/pickup.csv" query={file} file="pickup-figures.csv" />}
    >
      {moments.length < CHART_DAYS_MIN ? (
        <p class="quiet">{t('figures.oneDay')}</p>
      ) : (
        <Chart
          label={t('figures.rangByDayLabel')}
          moments={moments}
          series={[
            { label: t('figures.answered'), values: rows.map((row) => row?.answered ?? 0), colour: 1 },
            { label: t('figures.rescued'), values: rows.map((row) => row?.rescued ?? 0), colour: 3 },
            { label: t('figures.abandoned'), values: rows.map((row) => row?.abandoned ?? 0), colour: 2 },
          ]}
        />
      )}
    </Section>
  );
}

function Groups({ groups }: { readonly groups: Pickups | null }) {
  if (groups === null || groups.rows.length === 0) return null;
  return (
    <Section title={t('figures.byGroup')} flush>
      <Table
        label={t('figures.byGroup')}
        rows={groups.rows}
        rowKey={({ key }) => key}
        columns={[
          { key: 'group', title: t('figures.group'), render: ({ key }) => key || t('figures.noGroup') },
          {
            key: 'calls',
            title: t('figures.calls'),
            align: 'end',
            render: ({ calls }) => formatNumber(calls),
          },
          {
            key: 'answered',
            title: t('figures.answered'),
            align: 'end',
            render: ({ answered }) => formatNumber(answered),
          },
          {
            key: 'rescued',
            title: t('figures.rescued'),
            align: 'end',
            render: ({ rescued }) => formatNumber(rescued),
          },
          {
            key: 'abandon',
            title: t('figures.abandonRate'),
            align: 'end',
            sort: ({ abandonRate }) => abandonRate ?? 0,
            render: ({ abandonRate }) => share(abandonRate),
          },
          {
            key: 'median',
            title: t('figures.median'),
            align: 'end',
            render: ({ ringToAnswer }) => time(ringToAnswer.medianMs),
          },
          {
            key: 'p90',
            title: t('figures.p90'),
            align: 'end',
            render: ({ ringToAnswer }) => time(ringToAnswer.p90Ms),
          },
        ]}
      />
    </Section>
  );
}
